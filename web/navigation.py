"""The pages of the main navigation: groups, names, and what each is for."""

from dataclasses import dataclass, replace

from flask import Flask

from scheduler.model.text import Text
from web.access import may_open, shows_everything
from web.context import office_key, settings
from web.security import account


@dataclass(frozen=True, slots=True)
class Area:
    """One entry; ``what`` is the sentence beside it on the first page.

    Pages written to files have no ``served`` entry: it needs a server. An entry
    ``for_accounts`` is shown to whoever is logged in.
    """

    endpoint: str
    name: Text
    what: Text
    served: bool = False
    for_accounts: bool = False


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """Entries that belong together."""

    title: Text
    areas: tuple[Area, ...]


HOME = Area("home.index", Text("总览", "Overview"), Text("", ""))
GROUPS = (
    AreaGroup(
        Text("查看课表", "Timetables"),
        (
            Area(
                "weeks.classes",
                Text("班级", "Classes"),
                Text("每个班的一周", "the week of each class"),
            ),
            Area(
                "weeks.teachers",
                Text("教师", "Teachers"),
                Text("每位教师的一周", "the week of each teacher"),
            ),
            Area(
                "weeks.venues",
                Text("场地", "Venues"),
                Text(
                    "每处场地、每个分区的一周；使用登记二维码",
                    "the week of each venue, zone by zone; codes to check in",
                ),
            ),
            Area(
                "weeks.first_school",
                Text("总课表", "School"),
                Text("全校一张表", "the whole school in one table"),
            ),
        ),
    ),
    AreaGroup(
        Text("检查", "Checks"),
        (
            Area(
                "conflicts.index",
                Text("冲突", "Conflicts"),
                Text("逐条规则核对，点到那一格", "rule by rule, with links to cells"),
            ),
            Area(
                "hours.index",
                Text("足额开设", "Hours"),
                Text(
                    "课时对照课程方案", "lessons held against the curriculum standard"
                ),
            ),
            Area(
                "activity_time.index",
                Text("体育时间", "PE time"),
                Text(
                    "每班每天体育活动多少分钟",
                    "minutes of PE activity, class by class and day by day",
                ),
            ),
            Area(
                "load.index",
                Text("场地负荷", "Venue load"),
                Text(
                    "各时段几个班、最低高峰、使用率、达标情况",
                    "classes at once, least peaks, use, norms",
                ),
            ),
        ),
    ),
    AreaGroup(
        Text("场地与变动", "Places and changes"),
        (
            Area(
                "agreements.index",
                Text("协议", "Agreements"),
                Text(
                    "借用场地的条款、到期和每周使用",
                    "terms, expiry and weeks of places of others",
                ),
            ),
            Area(
                "agreements.dates",
                Text("单日变动", "Single dates"),
                Text(
                    "某天停用、被预订、有活动时换到哪里",
                    "where lessons go on dates with closures, bookings, events",
                ),
            ),
            Area(
                "rain.index",
                Text("雨天预案", "Bad weather"),
                Text(
                    "雨天、高温、雾霾时各班去哪里，一键启用",
                    "where classes go in rain, heat and smog; applied at one click",
                ),
            ),
        ),
    ),
    AreaGroup(
        Text("比较与订阅", "Plans and calendars"),
        (
            Area(
                "what_if.index",
                Text("投入比较", "What-if"),
                Text(
                    "多一块场地、多一份协议能改善多少",
                    "what one more place or agreement would bring",
                ),
            ),
            Area(
                "jobs.index",
                Text("后台任务", "Jobs"),
                Text(
                    "正在算什么、算到哪里、结果如何",
                    "what is being computed, how far it is, what came of it",
                ),
                served=True,
                for_accounts=True,
            ),
            Area(
                "subscriptions.index",
                Text("日历订阅", "Calendars"),
                Text(
                    "把课表送到每个人的手机日历",
                    "the timetable in everybody's own calendar",
                ),
                served=True,
            ),
        ),
    ),
)

AUDIT = AreaGroup(
    Text("审查", "Audit"),
    (
        Area(
            "audit.index",
            Text("课表审查", "Audit"),
            Text(
                "审查结果、待核对的格子，点到表格里那一格",
                "outcomes, cells to review, down to the cell of the spreadsheet",
            ),
            served=True,
        ),
    ),
)


def groups() -> tuple[AreaGroup, ...]:
    """What this site has pages of that open: an audit, a timetable, or both."""
    served = settings()
    shown = GROUPS if office_key() is not None and not served.audit_alone else ()
    groups = shown if served.audit is None else (*shown, AUDIT)
    some = (replace(g, areas=tuple(filter(_is_shown, g.areas))) for g in groups)
    return tuple(group for group in some if group.areas)


def _is_shown(area: Area) -> bool:
    if settings().frozen:
        return not area.served
    if may_open(area.endpoint):
        return True
    # Visitors who see everything learn what else a login opens.
    return not area.for_accounts and account() is None and shows_everything()


def register(app: Flask) -> None:
    """Give the templates the navigation."""
    app.jinja_env.globals.update(navigation=groups, home_area=HOME)
