"""Pages for what went wrong; the same in one JSON shape for programs."""

import re
from collections.abc import Mapping
from typing import NoReturn

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from werkzeug.exceptions import Forbidden, HTTPException, NotFound, TooManyRequests
from werkzeug.wrappers import Response as BaseResponse

from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.access.acting import NotAllowed
from scheduler.services.access.permissions import ACTION_NAMES, Action, role_name
from scheduler.services.school.drafts.refusals import DraftUnknown
from web.access import rule_of
from web.context import NoTimetable, office_key, site
from web.language import say
from web.security import account

TEXTS = {
    400: Text(
        "表单已失效或不完整，请返回上一页，刷新后重试。",
        "The form has expired or is incomplete. Go back, reload the page, try again.",
    ),
    401: Text("请先登录。", "Please log in first."),
    403: Text("没有权限。", "You may not do this."),
    404: Text(
        "没有这个页面。班级、教师或场地可能已改名或删除。",
        "There is no such page. A class, teacher or venue may have been renamed.",
    ),
    405: Text("这个地址不接受这种请求。", "This address does not take such requests."),
    410: Text("这个链接已经停用。", "This link has been revoked."),
    413: Text("提交的内容太大。", "The form is too large."),
    429: Text("请求太频繁，请稍后再试。", "Too many requests. Please try again later."),
    500: Text(
        "服务器出错了，数据没有受影响。请把时间和所做的操作告诉管理员。",
        "The server failed; nothing was lost. Please tell the administrator when it "
        "happened and what you were doing.",
    ),
}
# For programs that fetch calendars, and show this to people at best in a message.
FEEDS = re.compile("/o/[^/]*/feeds/")
PLAIN = "text/plain; charset=utf-8"
REFUSALS = {
    400: "没有这样的参数 · no such parameter\n",
    404: "没有这个日历链接 · no such calendar link\n",
    405: "日历链接只能读取 · calendars can only be read\n",
    410: "这个日历链接已停用，请向教务处索取新链接 · this calendar link was revoked\n",
    413: "请求太长 · the request is too long\n",
    429: "请求太频繁 · too many requests\n",
    500: "服务器出错了 · the server failed\n",
}
NOTHING_PUBLISHED = Text(
    "还没有发布过课表。排好并发布以后，这里才有内容。",
    "No timetable has been published yet: there is nothing to show here before.",
)


def register(app: Flask) -> None:
    """Answer every error with a page or with JSON."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(InputError, _unavailable)
    app.register_error_handler(DraftUnknown, lambda _: _answer(NotFound()))
    app.register_error_handler(NotAllowed, lambda e: _answer(Forbidden(), e.action))


def _not_allowed(refused: Action | None) -> Text | None:
    """What whoever is logged in lacks here, and who can help.

    Parameters:
        refused: What a service refused; None: the page itself.
    """
    person, rule = account(), rule_of(current_app, request.endpoint or "")
    role = person.role_in(office_key()) if person else None
    action = refused or (rule.action if rule else None)
    if person is None or role is None or action is None:
        return None
    name, what = role_name(role, len(site().offices())), ACTION_NAMES[action]
    return Text(
        f"您以“{person.name}”（{name.zh}）登录，这个账号不能{what.zh}。需要的话，请找本校教务处。",
        f'You are logged in as "{person.name}" ({name.en}), who may not {what.en}. Ask '
        "the academic office if you need to.",
    )


def _unavailable(error: InputError) -> Response:
    """A database that refuses: no page, for pages ask it, too."""
    lines = [x for code in ("zh", "en") for x in sentences(error.errors, code)]
    text = "\n".join((*lines, ""))
    return Response(text, 503, {"Cache-Control": "no-store"}, content_type=PLAIN)


def too_many(retry_after: int) -> NoReturn:
    """Answer 429; ``retry_after`` is in seconds."""
    raise TooManyRequests(retry_after=retry_after)


def refusal(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a program that asked for a calendar."""
    text = REFUSALS.get(status, REFUSALS[500] if status >= 500 else REFUSALS[400])
    response = Response(text, status, headers, content_type=PLAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(error: HTTPException, refused: Action | None = None) -> BaseResponse:
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    kept = {
        name: value
        for name, value in error.get_headers()
        if name not in ("Content-Type", "Content-Length")
    }
    if FEEDS.match(request.path):
        return refusal(status, kept)
    text = TEXTS.get(status, TEXTS[500] if status >= 500 else TEXTS[400])
    if isinstance(error, NoTimetable):
        text = NOTHING_PUBLISHED
    elif status == 403:
        text = _not_allowed(refused) or text
    if request.accept_mimetypes.best == "application/json":
        body = jsonify(
            error={"status": status, "message": {"zh": text.zh, "en": text.en}}
        )
    else:
        early = isinstance(error, NoTimetable)
        page = render_template(
            "error.html", status=status, message=say(text), early=early
        )
        body = make_response(page)
    body.status_code = status
    body.headers.update(kept)
    return body
