"""Send a text to a chat robot of WeCom, DingTalk, Feishu (企业微信、钉钉、飞书).

Addresses are those of the three providers, or of hosts the operator has allowed; they
hold a secret, so only the host is ever shown.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from scheduler.model.text import Text
from scheduler.services.outbound.fetching import FetchError, Limits, post

_MOST_BYTES = 2000
"""Of a text: the strictest robot takes 2,048."""


class Form(StrEnum):
    """Whose robot it is, which says how the text is wrapped."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"

    @property
    def text(self) -> Text:
        """The provider's name."""
        return _NAMES[self]


_NAMES = {
    Form.WECOM: Text("企业微信", "WeCom"),
    Form.DINGTALK: Text("钉钉", "DingTalk"),
    Form.FEISHU: Text("飞书", "Feishu"),
}
HOSTS = {
    Form.WECOM: ("qyapi.weixin.qq.com",),
    Form.DINGTALK: ("oapi.dingtalk.com",),
    Form.FEISHU: ("open.feishu.cn", "open.larksuite.com"),
}
LIMITS = Limits(size=64 * 1024, seconds=5)


@dataclass(frozen=True, slots=True)
class Robot:
    """A chat robot: form and secret address; ``host`` was allowed by the operator.

    It gets nothing while it is not ``on``.
    """

    form: Form
    address: str
    on: bool = False
    host: str = ""

    @property
    def shown(self) -> str:
        """What may be shown of the address."""
        return urlsplit(self.address).hostname or ""

    @property
    def allowed(self) -> bool:
        """Whether its address may be sent to."""
        parts = urlsplit(self.address)
        if self.host:
            return parts.hostname == self.host and parts.scheme in ("http", "https")
        return parts.scheme == "https" and parts.hostname in HOSTS[self.form]


def send(robot: Robot, text: str) -> None:
    """Send a text; it is cut where it is too long.

    Raises:
        FetchError: the address is not allowed, cannot be reached in time, or the robot
            refuses.
    """
    if not robot.allowed:
        raise FetchError(NOT_ALLOWED)
    limits = Limits(LIMITS.size, LIMITS.seconds, allow_private=bool(robot.host))
    answer = post(robot.address, _body(robot.form, _cut(text)), limits)
    try:
        said = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode", 0)))
    except (ValueError, AttributeError):
        raise FetchError(_NO_ANSWER) from None
    if code != 0:
        why = str(said.get("errmsg") or said.get("msg") or "")[:80]
        raise FetchError(Text(f"机器人拒绝（{code} {why}）", f"refuses ({code} {why})"))


def _body(form: Form, text: str) -> bytes:
    if form is Form.FEISHU:
        body = {"msg_type": "text", "content": {"text": text}}
    else:
        body = {"msgtype": "text", "text": {"content": text}}
    return json.dumps(body, ensure_ascii=False).encode()


def _cut(text: str) -> str:
    """The text within what every robot takes, cut between lines."""
    kept: list[str] = []
    size = 0
    for line in text.splitlines():
        size += len(line.encode()) + 1
        if size > _MOST_BYTES:
            return "\n".join([*kept, "……"])
        kept.append(line)
    return "\n".join(kept)


NOT_ALLOWED = Text("不是允许的机器人网址", "is not an allowed address of a robot")
_NO_ANSWER = Text("回答不是机器人的回答", "does not answer as a robot does")
