"""Tables of single dates: closed times and events, venues' calendars, moves."""

from scheduler.formats.tables.schema import (
    Column,
    Kind,
    Table,
    choice,
    clock,
    date,
    ident,
    ref,
    text,
)
from scheduler.formats.tables.words import HOME_WORDS
from scheduler.model.closures import (
    Booking,
    Calendar,
    Closure,
    ClosureKind,
    Replacement,
)
from scheduler.model.requirements import HOME
from scheduler.model.text import Text

CLOSURES = Table(
    "closures",
    "停用与活动",
    Closure,
    ("closure_id",),
    (
        ident("closure_id", "停用编号"),
        choice("kind", "对象", ClosureKind, required=True),
        ident("id", "编号", refers_by="kind", field="resource_id"),
        date("date", "日期", required=True),
        date("to_date", "截止日期", note=Text("不填为一天", "empty: one date only")),
        clock("start", "开始", note=Text("不填为全天", "empty: all day")),
        clock("end", "结束"),
        text("name", "名称", note=Text("如运动会、维修", "as sports day, repairs")),
        text("reason", "原因"),
    ),
    note=Text(
        "场地停用时，当天的课换地点；学校或班级有活动时，当天的课停上",
        "lessons of a closed place go elsewhere on that date; lessons of a school or "
        "class with an event do not take place",
    ),
)
CALENDARS = Table(
    "calendars",
    "场地日历",
    Calendar,
    ("calendar_id",),
    (
        ident("calendar_id", "日历编号"),
        ref("venue_id", "场地编号", "venues", required=True),
        ref("zone_id", "分区编号", "zones", note=Text("不填为整个场地", "empty: all")),
        text(
            "source",
            "来源",
            required=True,
            note=Text(
                "数据文件夹内的 .ics 文件，或 https 网址",
                "an .ics file in the folder, or an https address",
            ),
        ),
        text("name", "名称"),
    ),
)
BOOKINGS = Table(
    "bookings",
    "场地预订",
    Booking,
    (),
    (
        ident("calendar_id", "日历编号"),
        date("date", "日期", required=True),
        clock("start", "开始", required=True),
        clock("end", "结束", required=True),
        text("name", "名称"),
    ),
    note=Text(
        "由 cuofeng calendars --refresh 写入，不必手填",
        "written by `cuofeng calendars --refresh`, not by hand",
    ),
)
REPLACEMENTS = Table(
    "replacements",
    "单日换场",
    Replacement,
    ("date", "lesson_id"),
    (
        date("date", "日期", required=True),
        Column("lesson_id", "课次", Kind.LESSON, required=True, refers="requirements"),
        ref(
            "layout_id",
            "用法编号",
            "layouts",
            required=True,
            also=(HOME,),
            aliases=HOME_WORDS,
        ),
        text("reason", "原因"),
    ),
    note=Text(
        "由 cuofeng dates --apply 写入，可以修改",
        "written by `cuofeng dates --apply`; may be edited",
    ),
)
