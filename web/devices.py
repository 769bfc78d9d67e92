"""The way to subscribe on the device that asks, by how its browser names itself."""

from dataclasses import dataclass

from flask import request

from scheduler.model.text import Text


@dataclass(frozen=True, slots=True)
class Way:
    """How to subscribe on one kind of device.

    ``marks`` are words of the browser's name; ``inside`` says that it is an app whose
    own browser cannot subscribe, so that the first step leads out of it.
    """

    name: Text
    steps: tuple[Text, ...]
    marks: tuple[str, ...]
    inside: bool = False


def _phone(zh: str, en: str, where_zh: str, where_en: str, marks: str) -> Way:
    """A maker's phone, whose calendar takes an address somewhere in its settings."""
    return Way(
        Text(zh, en),
        (
            Text("点“复制”，复制链接地址。", "Copy the address."),
            Text(where_zh, where_en),
            Text(
                "粘贴链接地址并保存。机型和系统版本不同，菜单名称可能略有差别；找不到时请用"
                "“网页课表”，或询问本校信息老师。",
                "Paste the address and save. Menus differ by model; if yours "
                "has none, use the timetable on the web.",
            ),
        ),
        tuple(marks.split()),
    )


def _app(zh: str, en: str, out_zh: str, out_en: str, marks: str) -> Way:
    return Way(
        Text(zh, en),
        (
            Text(
                f"{zh}里不能订阅日历。{out_zh}",
                f"{en} cannot subscribe to calendars. {out_en}",
            ),
            Text(
                "在浏览器里再点上面的订阅按钮；也可以复制链接地址。",
                "There press the subscribe button; or copy the address.",
            ),
        ),
        tuple(marks.split()),
        inside=True,
    )


# In this order: what an app calls itself stands beside the phone's own name.
WAYS = {
    "wework": _app(
        "企业微信",
        "WeCom",
        "请点右上角“···”，选择“在默认浏览器打开”。",
        "Tap ··· at the top right, then “Open in default browser”.",
        "wxwork",
    ),
    "wechat": _app(
        "微信",
        "WeChat",
        "请点右上角“···”，选择“在浏览器打开”（或“在默认浏览器中打开”）。",
        "Tap ··· at the top right, then “Open in Browser”.",
        "micromessenger",
    ),
    "dingtalk": _app(
        "钉钉",
        "DingTalk",
        "请点右上角“···”，选择“在浏览器中打开”。",
        "Tap ··· at the top right, then “Open in browser”.",
        "dingtalk",
    ),
    "feishu": _app(
        "飞书",
        "Feishu",
        "请点右上角“···”，选择“在浏览器打开”。",
        "Tap ··· at the top right, then “Open in browser”.",
        "lark feishu",
    ),
    "apple": Way(
        Text("iPhone、iPad、Mac", "iPhone, iPad, Mac"),
        (
            Text(
                "点上面的“在手机或电脑上订阅”，再点“订阅”“添加”。",
                "Press “Subscribe on this device”, then Subscribe and Add.",
            ),
            Text(
                "没有反应时：打开“日历”→ 底部“日历”→“添加日历”→“添加订阅日历”，"
                "粘贴链接地址。",
                "If nothing happens: Calendar, Calendars, Add Calendar, Add "
                "Subscription Calendar, and paste the address.",
            ),
        ),
        ("iphone", "ipad", "macintosh"),
    ),
    "huawei": _phone(
        "华为、荣耀",
        "Huawei, Honor",
        "打开系统“日历”→ 右上角菜单 →“设置”→“日历账户”，添加网络日历（URL）。",
        "Calendar, menu, Settings, Calendar accounts: add a calendar by URL.",
        "huawei honor harmony",
    ),
    "xiaomi": _phone(
        "小米、红米",
        "Xiaomi, Redmi",
        "打开系统“日历”→ 右上角菜单 →“设置”→“日程导入”或“日历账号”→“URL 导入”。",
        "Calendar, menu, Settings, import of events or accounts: import by URL.",
        "xiaomi redmi miui",
    ),
    "oppo": _phone(
        "OPPO、一加、realme",
        "OPPO, OnePlus, realme",
        "打开系统“日历”→ 右上角菜单 →“设置”→“日历订阅”或“账户管理”，添加网络日历。",
        "Calendar, menu, Settings, subscriptions or accounts: add one by URL.",
        "oppo heytap oneplus realme",
    ),
    "vivo": _phone(
        "vivo、iQOO",
        "vivo, iQOO",
        "打开系统“日历”→ 右上角菜单 →“设置”→“日历订阅”或“账户管理”，添加网络日历。",
        "Calendar, menu, Settings, subscriptions or accounts: add one by URL.",
        "vivo iqoo",
    ),
    "android": _phone(
        "其他安卓手机",
        "Other Android phones",
        "打开系统“日历”的设置，找“日历订阅”“网络日历”或“URL 导入”。",
        "In the calendar's settings look for a subscription by URL.",
        "android",
    ),
    "desktop": Way(
        Text("电脑：Outlook、Thunderbird", "Computers: Outlook, Thunderbird"),
        (
            Text("点“复制”，复制链接地址。", "Copy the address."),
            Text(
                "Outlook：日历 → 添加日历 → 从 Internet（从网络订阅），粘贴链接地址；"
                "Thunderbird：新建日历 → 在网络上。",
                "Outlook: Calendar, Add calendar, From Internet (Subscribe from web); "
                "Thunderbird: New calendar, On the network. Paste the address.",
            ),
        ),
        ("windows", "linux"),
    ),
}


def device() -> str:
    """The way that fits who asks; the last where the browser says nothing known."""
    name = request.user_agent.string.lower()
    return next(
        (key for key, way in WAYS.items() if any(mark in name for mark in way.marks)),
        "desktop",
    )
