"""The tables of a problem, written once; their columns stand in ``columns.csv``.

Reading, checking, writing, the template and docs/data.md all go by it. The order
is such that a table refers to earlier ones only. Source: data-format.md.
"""

from collections.abc import Callable
from typing import Any

from scheduler.formats.tables.declared.columns import columns_of
from scheduler.formats.tables.rows import BellRow, ClosedRow, TermRow
from scheduler.formats.tables.schema import Table
from scheduler.model.activities import Activity
from scheduler.model.closures import (
    Booking,
    Calendar,
    Closure,
    ClosureKind,
    Replacement,
)
from scheduler.model.limits import Limit
from scheduler.model.relations import Relation
from scheduler.model.requirements import FixedLesson, Requirement
from scheduler.model.resources import (
    ClassGroup,
    ResourceKind,
    School,
    Subject,
    Teacher,
    Unavailability,
)
from scheduler.model.term import MakeUpDay
from scheduler.model.text import Text
from scheduler.model.venues import (
    Agreement,
    Layout,
    SiteDistance,
    Venue,
    VenueTarget,
    Zone,
)


def _table(
    name: str, title: str, item: Callable[..., Any], key: str = "", **more: Any
) -> Table:
    return Table(name, title, item, tuple(key.split()), columns_of(name), **more)


_KINDS = Text("各类型的含义见规则说明", "docs/constraints.md says what the kinds mean")
SCHOOLS = _table("schools", "学校", School, "school_id", required=True)
BELLS = _table("bells", "作息时间表", BellRow, "bell_id day period", required=True)
SUBJECTS = _table("subjects", "学科", Subject, "subject_id", required=True)
CLASSES = _table("classes", "班级", ClassGroup, "class_id", required=True)
TEACHERS = _table("teachers", "教师", Teacher, "teacher_id", required=True)
VENUES = _table("venues", "场地", Venue, "venue_id")
ZONES = _table(
    *("zones", "分区", Zone, "zone_id"),
    note=Text(
        "没有分区的场地自成一个分区，最多1个班",
        "a venue without zones has one of its own id, for one class",
    ),
)
LAYOUTS = _table("layouts", "场地用法", Layout, "layout_id")
AGREEMENTS = _table("agreements", "场地协议", Agreement, "agreement_id")
SITES = _table(
    *("sites", "路程", SiteDistance, "from_site to_site"),
    note=Text("只填一个方向时，两个方向相同", "both directions unless both are given"),
)
VENUE_TARGETS = _table(
    *("venue_targets", "错峰目标", VenueTarget, "venue_id grade"),
    note=Text("按场地设定错峰的权重与上限", "weights and ceilings, venue by venue"),
)
ACTIVITIES = _table("activities", "活动", Activity, "activity_id")
REQUIREMENTS = _table(
    "requirements", "教学要求", Requirement, "requirement_id", required=True
)
FIXED = _table("fixed", "固定课", FixedLesson, "requirement_id index")
UNAVAILABLE = _table("unavailable", "不可用时间", Unavailability)
LIMITS = _table("limits", "限制", Limit, "limit_id", note=_KINDS)
RELATIONS = _table("relations", "关系", Relation, "relation_id", note=_KINDS)
CLOSURES = _table(
    *("closures", "停用与活动", Closure, "closure_id"),
    note=Text(
        "场地停用时，当天的课换地点；学校或班级有活动时，当天的课停上",
        "lessons of a closed place go elsewhere on that date; lessons of a school or "
        "class with an event do not take place",
    ),
)
CALENDARS = _table("calendars", "场地日历", Calendar, "calendar_id")
BOOKINGS = _table(
    *("bookings", "场地预订", Booking),
    note=Text(
        "由 cuofeng calendars --refresh 写入，不必手填",
        "written by `cuofeng calendars --refresh`, not by hand",
    ),
)
REPLACEMENTS = _table(
    *("replacements", "单日换场", Replacement, "date lesson_id"),
    note=Text(
        "由 cuofeng dates --apply 写入，可以修改",
        "written by `cuofeng dates --apply`; may be edited",
    ),
)
TERM = _table("term", "学期", TermRow, required=True, file="term.toml")
CLOSED = _table(
    *("closed", "放假", ClosedRow),
    file="term.toml",
    note=Text("填日期，或填起始和结束日期", "a date, or both from and to"),
)
MAKE_UP = _table("make_up", "调休", MakeUpDay, "date", file="term.toml")

MOST_A_WEEK = REQUIREMENTS.column["per_week"].maximum or 0
"""Lessons of one requirement a week; more is a slip of the keyboard."""
TERM_TABLES = (TERM, CLOSED, MAKE_UP)
FOLDER_TABLES = (
    *(SCHOOLS, BELLS, SUBJECTS, CLASSES, TEACHERS, VENUES, ZONES, LAYOUTS, AGREEMENTS),
    *(SITES, VENUE_TARGETS, ACTIVITIES, REQUIREMENTS, FIXED, UNAVAILABLE, LIMITS),
    *(RELATIONS, CLOSURES, CALENDARS, BOOKINGS, REPLACEMENTS),
)
TABLES = FOLDER_TABLES + TERM_TABLES
TABLE = {table.name: table for table in TABLES}
REFERRED_BY_KIND: dict[str, str] = {
    ResourceKind.TEACHER: "teachers",
    ResourceKind.CLASS: "classes",
    ResourceKind.VENUE: "venues",
    ResourceKind.ZONE: "zones",
    ResourceKind.GROUP: "groups",
    ClosureKind.SCHOOL: "schools",
}
