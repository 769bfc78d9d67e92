"""The table of recurring activities."""

from scheduler.formats.tables.schema import (
    Column,
    Kind,
    Table,
    choice,
    count,
    flag,
    ident,
    ref,
    refs,
    text,
)
from scheduler.formats.tables.words import GRADE_WORDS, HOME_NOTE, HOME_WORDS
from scheduler.model.activities import Activity, ActivityKind, Waves
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import RowKind

MOST_MEETINGS = 20
"""Meetings of one activity a week; more is a slip of the keyboard."""

ACTIVITIES = Table(
    "activities",
    "活动",
    Activity,
    ("activity_id",),
    (
        ident("activity_id", "活动编号"),
        text("name", "活动名称", required=True),
        choice("kind", "类型", ActivityKind, required=True),
        Column(
            "class_ids",
            "班级",
            Kind.ID,
            required=True,
            many=True,
            aliases=GRADE_WORDS,
            note=Text(
                "班级，或“三年级”（全年级）、“全校”",
                "class ids, or grade:3 (a whole grade), school:S1 (a whole school)",
            ),
        ),
        count(
            "pupils",
            "人数",
            note=Text(
                "不填表示这些班全体参加；填写表示其中部分学生，可与其他社团同时",
                "empty: the classes attend as a whole; given: some of their pupils, "
                "beside other clubs",
            ),
        ),
        ref(
            "subject_id",
            "学科编号",
            "subjects",
            note=Text(
                "可用该学科的场地；不填则只用所列场地或本班教室",
                "it may use the places of this subject; empty: those listed, or home",
            ),
        ),
        Column(
            "per_week",
            "每周次数",
            Kind.HALVES,
            required=True,
            maximum=MOST_MEETINGS,
            note=Text("0.5 即隔周一次", "meetings; 0.5 is one every other week"),
        ),
        count("length", "每次节数", note=Text("不填为1", "empty: 1")),
        choice(
            "rows",
            "可用时段",
            RowKind,
            many=True,
            note=Text(
                "作息时间表里的类型；不填：大课间用“大课间”，体育活动用“活动”和“正课”，"
                "其他用“课后服务”和“活动”",
                "kinds of bell rows; empty: big_break for the big break, activity and "
                "lesson for PE activity, after_school and activity for the others",
            ),
        ),
        refs("teacher_ids", "教师", "teachers", note=Text("全部到场", "all come")),
        refs(
            "teacher_pool",
            "候选教师",
            "teachers",
            note=Text("由排课选定其中一位", "one of them takes all meetings"),
        ),
        refs(
            "layouts",
            "可用场地用法",
            "layouts",
            also=(HOME,),
            aliases=HOME_WORDS,
            note=HOME_NOTE,
        ),
        choice(
            "waves",
            "分批",
            Waves,
            note=Text(
                "一起（不填即是），或各年级、各班分别安排",
                "together (the default), or each grade or class by itself",
            ),
        ),
        flag(
            "pe",
            "计入体育活动",
            note=Text(
                "不填：大课间、体育活动课、训练计入",
                "empty: 1 for big break, PE activity and training",
            ),
        ),
        text(
            "tags",
            "标签",
            many=True,
            note=Text(
                "自定，如运动项目；供限制表选用、场地用法表排除",
                "your own labels, as a sport; limits select by them, layouts bar them",
            ),
        ),
    ),
)
