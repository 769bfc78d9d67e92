"""The tables of a problem, written once: names, titles, types, references.

Reading, checking, writing, the template and docs/data.md all go by it. The order
is such that a table refers to earlier ones only. Source: data-format.md.
"""

from scheduler.formats.tables.declared.activity_table import ACTIVITIES
from scheduler.formats.tables.declared.date_tables import (
    BOOKINGS,
    CALENDARS,
    CLOSURES,
    REPLACEMENTS,
)
from scheduler.formats.tables.declared.place_tables import (
    AGREEMENTS,
    LAYOUTS,
    SITES,
    VENUE_TARGETS,
    VENUES,
    ZONES,
)
from scheduler.formats.tables.declared.rule_tables import LIMITS, RELATIONS
from scheduler.formats.tables.declared.term_tables import CLOSED, MAKE_UP, TERM
from scheduler.formats.tables.rows import BellRow
from scheduler.formats.tables.schema import (
    NO_LIMIT,
    Column,
    Kind,
    Table,
    choice,
    clock,
    count,
    day,
    flag,
    ident,
    ref,
    refs,
    text,
)
from scheduler.formats.tables.words import HOME_NOTE, HOME_WORDS
from scheduler.model.closures import ClosureKind
from scheduler.model.requirements import HOME, FixedLesson, Requirement, WeekRule
from scheduler.model.resources import (
    ClassGroup,
    Level,
    Post,
    ResourceKind,
    School,
    Stage,
    Subject,
    SubjectKind,
    Teacher,
    Unavailability,
)
from scheduler.model.text import Text
from scheduler.model.times import RowKind, SlotKind, Week

MOST_A_WEEK = 100
"""Lessons of one requirement a week; more is a slip of the keyboard."""
SPREAD_NOTE = Text(
    "周一至周日，也可写“周一至周五”或“一、三、五”，一行代表这几天",
    "1 (Monday) to 7; also Mon; 1-5 or 1;3;5 stand for a row each",
)
_BOTH_WEEKS = Text("不填表示每周", "empty: every week")

SCHOOLS = Table(
    "schools",
    "学校",
    School,
    ("school_id",),
    (
        ident("school_id", "学校编号", as_in="name"),
        text(
            "name",
            "学校名称",
            required=True,
            as_in="school_id",
            called=("学校", "校名", "名称"),
        ),
        choice("stage", "学段", Stage, required=True),
        Column("group_id", "教联体", Kind.ID),
        Column(
            "site_id",
            "校址",
            Kind.ID,
            note=Text("不填则与学校编号相同", "empty: the school_id"),
        ),
        count(
            "priority",
            "分配优先",
            maximum=10,
            aside=True,
            note=Text(
                "区域分配时薄弱学校填2等，不填为1",
                "2 or more serves a weak school first in a district; empty: 1",
            ),
        ),
    ),
    required=True,
)
BELLS = Table(
    "bells",
    "作息时间表",
    BellRow,
    ("bell_id", "day", "period"),
    (
        ident("bell_id", "作息编号", called=("作息", "作息名称")),
        day(required=True, spread=True, note=SPREAD_NOTE),
        count(
            "period",
            "节次",
            required=True,
            note=Text(
                "正课按时间顺序编为1、2、3…，其他行用当天不重复的其他数字",
                "lessons are 1, 2, 3… in time order; other rows any other number",
            ),
        ),
        choice("kind", "类型", RowKind, required=True, called=("类别",)),
        clock("start", "开始", required=True, called=("开始时间", "上课时间")),
        clock("end", "结束", required=True, called=("结束时间", "下课时间")),
        text("name", "名称"),
    ),
    required=True,
)
SUBJECTS = Table(
    "subjects",
    "学科",
    Subject,
    ("subject_id",),
    (
        ident("subject_id", "学科编号", as_in="name"),
        text(
            "name",
            "学科名称",
            required=True,
            as_in="subject_id",
            called=("学科", "科目", "课程", "课程名称"),
        ),
        text("name_en", "英文名称"),
        Column(
            "standard_code",
            "课程标准代码",
            Kind.ID,
            note=Text("不填则按常用名称识别", "empty: told by the usual names"),
        ),
        choice("kind", "学科类别", SubjectKind, required=True, called=("类别", "类型")),
        flag("outdoor", "户外", aside=True),
        text(
            "short_name",
            "简称",
            note=Text(
                "总课表等窄格里用，如“道法”；不填则用常用简称",
                "for narrow cells; empty: the usual short name",
            ),
        ),
    ),
    required=True,
)
CLASSES = Table(
    "classes",
    "班级",
    ClassGroup,
    ("class_id",),
    (
        ident("class_id", "班级编号", as_in="name"),
        ref("school_id", "学校编号", "schools", required=True, sole=True),
        count("grade", "年级", required=True, maximum=9, note=Text("1–9", "1 to 9")),
        text(
            "name",
            "班级名称",
            required=True,
            as_in="class_id",
            called=("班级", "班名"),
        ),
        count("size", "人数", required=True, called=("学生数", "学生人数", "班额")),
        ref(
            "bell_id",
            "作息编号",
            "bells",
            required=True,
            sole=True,
            called=("作息", "作息名称"),
        ),
    ),
    required=True,
)
TEACHERS = Table(
    "teachers",
    "教师",
    Teacher,
    ("teacher_id",),
    (
        ident("teacher_id", "教师编号", as_in="name", called=("工号",)),
        text(
            "name",
            "教师姓名",
            required=True,
            as_in="teacher_id",
            called=("姓名", "教师", "老师"),
        ),
        ref("school_id", "学校编号", "schools", required=True, sole=True),
        refs(
            "subjects",
            "任教学科",
            "subjects",
            aside=True,
            called=("学科", "任教科目", "任课学科"),
        ),
        count("max_per_day", "每天最多节数", 0, aside=True, note=NO_LIMIT),
        count(
            "max_per_week",
            "每周最多节数",
            0,
            aside=True,
            note=NO_LIMIT,
            called=("周课时上限", "每周上限"),
        ),
        choice("post", "岗位", Post, aside=True),
        text("group", "教研组"),
    ),
    required=True,
)
REQUIREMENTS = Table(
    "requirements",
    "教学要求",
    Requirement,
    ("requirement_id",),
    (
        ident("requirement_id", "要求编号", called=("编号",)),
        refs(
            "class_ids",
            "班级",
            "classes",
            required=True,
            note=Text("多个班级合班上课", "several are taught together"),
        ),
        ref(
            "subject_id",
            "学科编号",
            "subjects",
            required=True,
            called=("学科", "科目", "课程"),
        ),
        refs(
            "teacher_ids",
            "教师",
            "teachers",
            called=("任课教师", "老师", "教师姓名"),
            note=Text("全部到场；与候选教师至少填一项", "all are present"),
        ),
        refs(
            "teacher_pool",
            "候选教师",
            "teachers",
            note=Text("由排课选定其中一位", "one of them takes all lessons"),
        ),
        Column(
            "per_week",
            "每周节数",
            Kind.HALVES,
            called=("周课时", "周节数", "课时", "节数"),
            required=True,
            maximum=MOST_A_WEEK,
            note=Text("可为半数：0.5 即隔周一节", "0.5 is one every other week"),
        ),
        Column(
            "blocks",
            "连堂",
            Kind.LENGTH,
            many=True,
            note=Text("每次的节数，如 2;1;1", "lengths, as 2;1;1"),
        ),
        choice("week", "单双周", WeekRule, note=_BOTH_WEEKS),
        refs(
            "layouts",
            "可用场地用法",
            "layouts",
            also=(HOME,),
            aliases=HOME_WORDS,
            note=HOME_NOTE,
        ),
        choice("slots", "时段", SlotKind),
        count("max_per_day", "每天最多次数", aside=True, note=NO_LIMIT),
        refs("escort_ids", "随行教师", "teachers"),
        text(
            "tags",
            "标签",
            many=True,
            note=Text(
                "自定，如运动项目；供限制表选课、场地用法表排除",
                "your own labels, as a sport; limits select by them, layouts bar them",
            ),
        ),
        flag(
            "no_teacher",
            "无教师",
            note=Text("自习等不需要教师的课填“是”", "1 where nobody teaches it"),
        ),
    ),
    required=True,
)
FIXED = Table(
    "fixed",
    "固定课",
    FixedLesson,
    ("requirement_id", "index"),
    (
        ref("requirement_id", "要求编号", "requirements", required=True),
        count("index", "第几次", required=True),
        day(required=True),
        count("period", "节次", required=True),
        choice("week", "单双周", Week, note=Text("不填则不限", "empty: left open")),
        ref(
            "layout_id",
            "用法编号",
            "layouts",
            also=(HOME,),
            aliases=HOME_WORDS,
            note=Text("不填则不限", "empty: left open"),
        ),
    ),
)
UNAVAILABLE = Table(
    "unavailable",
    "不可用时间",
    Unavailability,
    (),
    (
        choice("kind", "对象", ResourceKind, required=True),
        ident(
            "id",
            "编号",
            refers_by="kind",
            field="resource_id",
            called=("姓名", "名称"),
        ),
        day(required=True, spread=True, note=SPREAD_NOTE),
        count("period", "节次"),
        clock(
            "start",
            "开始",
            note=Text("节次、开始和结束都不填表示全天", "with neither: all day"),
        ),
        clock("end", "结束"),
        choice("week", "单双周", Week, note=_BOTH_WEEKS),
        choice("level", "级别", Level, note=Text("不填为必须", "empty: hard")),
        text("reason", "原因"),
    ),
)

TERM_TABLES = (TERM, CLOSED, MAKE_UP)
FOLDER_TABLES = (
    SCHOOLS,
    BELLS,
    SUBJECTS,
    CLASSES,
    TEACHERS,
    VENUES,
    ZONES,
    LAYOUTS,
    AGREEMENTS,
    SITES,
    VENUE_TARGETS,
    ACTIVITIES,
    REQUIREMENTS,
    FIXED,
    UNAVAILABLE,
    LIMITS,
    RELATIONS,
    CLOSURES,
    CALENDARS,
    BOOKINGS,
    REPLACEMENTS,
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
