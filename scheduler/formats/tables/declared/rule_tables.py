"""Tables of rules that a school says row by row: limits on days, relations."""

from scheduler.formats.tables.schema import (
    NO_NOTE,
    Column,
    Kind,
    Table,
    choice,
    clock,
    count,
    ident,
    refs,
    text,
)
from scheduler.formats.tables.words import HOME_NOTE, HOME_WORDS
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level
from scheduler.model.settings import MOST_WEIGHT
from scheduler.model.text import Text


def _last_columns() -> tuple[Column, ...]:
    """How much a row weighs, and why it is there."""
    weight = Text("软性行每单位的代价；不填为1", "cost of a soft row's unit; empty: 1")
    return (
        choice("level", "级别", Level, note=Text("不填为必须", "empty: hard")),
        count("weight", "权重", maximum=MOST_WEIGHT, note=weight),
        text("reason", "原因"),
    )


LIMITS = Table(
    "limits",
    "限制",
    Limit,
    ("limit_id",),
    (
        ident("limit_id", "限制编号"),
        choice("kind", "类型", LimitKind, required=True),
        choice("on", "对象", LimitOn, required=True),
        Column(
            "ids",
            "编号",
            Kind.ID,
            many=True,
            refers_by="on",
            note=Text(
                "教师、班级或教研组；不填为全部",
                "of teachers, classes or groups; empty: all",
            ),
        ),
        count("value", "数值", 0, required=True),
        clock(
            "start",
            "开始",
            note=Text("仅用于“该时段……”的类型", "of kinds with within only"),
        ),
        clock("end", "结束"),
        text(
            "tags",
            "标签",
            many=True,
            note=Text("只算有其中一个标签的课", "only lessons with one of these tags"),
        ),
        *_last_columns(),
    ),
    note=Text("各类型的含义见规则说明", "docs/constraints.md says what the kinds mean"),
)
RELATIONS = Table(
    "relations",
    "关系",
    Relation,
    ("relation_id",),
    (
        ident("relation_id", "关系编号"),
        choice("kind", "类型", RelationKind, required=True),
        Column(
            "lessons",
            "课次",
            Kind.LESSON,
            many=True,
            refers="requirements",
            note=Text(
                "顺序有意义的类型按此顺序；学科类型不填",
                "in this order where it matters; empty for kinds of subjects",
            ),
        ),
        count("value", "数值", 0),
        Column("slots", "时段", Kind.SLOT, many=True, note=NO_NOTE),
        refs(
            "layouts",
            "场地用法",
            "layouts",
            also=(HOME,),
            aliases=HOME_WORDS,
            note=HOME_NOTE,
        ),
        *_last_columns(),
        refs(
            "subjects",
            "学科",
            "subjects",
            note=Text("仅用于学科类型：两个学科", "of kinds of subjects only: two"),
        ),
        refs(
            "classes",
            "班级",
            "classes",
            note=Text("仅用于学科类型；不填为全部", "of kinds of subjects; empty: all"),
        ),
    ),
    note=Text("各类型的含义见规则说明", "docs/constraints.md says what the kinds mean"),
)
