"""Words of cells: what an office writes for the few fixed values of a column.

The first word of each is the one that is shown and written; every one is read, and
so are the English ones of the data contract.
"""

from collections.abc import Iterable
from enum import StrEnum

from scheduler.model.activities import ActivityKind, Waves
from scheduler.model.closures import ClosureKind
from scheduler.model.limits import LimitKind, LimitOn
from scheduler.model.relations import RelationKind
from scheduler.model.requirements import HOME, WeekRule
from scheduler.model.resources import (
    Level,
    Post,
    ResourceKind,
    Stage,
    SubjectKind,
)
from scheduler.model.text import Text
from scheduler.model.times import RowKind, SlotKind, Week
from scheduler.model.venues import ANY_SUBJECT

HOME_WORDS = tuple((word, HOME) for word in ("本班教室", "班级教室", "教室", "本班"))
ANY_WORDS = tuple((word, ANY_SUBJECT) for word in ("任何", "全部", "不限", "所有学科"))
VENUE_WORDS = tuple(
    (word, kind)
    for kind, words in (
        ("field", ("操场", "田径场", "运动场", "足球场")),
        ("court", ("球场", "篮球场", "排球场", "羽毛球场")),
        ("gym", ("体育馆", "风雨操场", "室内馆")),
        ("room", ("教室", "专用教室", "功能室", "音乐教室", "美术教室")),
        ("lab", ("实验室", "计算机房", "机房")),
        ("public", ("公共场地", "社区场地", "公园", "广场")),
    )
    for word in words
)
GRADE_WORDS = tuple(
    (f"{word}年级", f"grade:{grade}")
    for grade, word in enumerate("一二三四五六七八九", 1)
)

_ODD, _EVEN, _EVERY = ("单周", "单"), ("双周", "双"), ("每周", "单双周", "全部")
# Members of two kinds can be equal as text, so pairs and no dictionary.
WORDS: tuple[tuple[StrEnum, tuple[str, ...]], ...] = (
    (Stage.PRIMARY, ("小学",)),
    (Stage.JUNIOR, ("初中", "中学")),
    (Stage.NINE_YEAR, ("九年一贯", "九年一贯制", "九年制")),
    (RowKind.LESSON, ("正课", "上课", "课")),
    (RowKind.ACTIVITY, ("活动", "活动课")),
    (RowKind.BIG_BREAK, ("大课间",)),
    (RowKind.BREAK, ("课间", "休息", "眼保健操")),
    (RowKind.LUNCH, ("午餐", "午休", "午间", "午餐午休")),
    (RowKind.AFTER_SCHOOL, ("课后服务", "课后", "延时服务")),
    (SubjectKind.CORE, ("主科", "文化课")),
    (SubjectKind.PE, ("体育", "体育与健康")),
    (SubjectKind.PE_ACTIVITY, ("体育活动", "体锻")),
    (SubjectKind.ARTS, ("艺术", "音美")),
    (SubjectKind.SCIENCE, ("科学", "理科")),
    (SubjectKind.LABOUR, ("劳动",)),
    (SubjectKind.PSYCH, ("心理", "心理健康")),
    (SubjectKind.IT, ("信息", "信息科技", "信息技术")),
    (SubjectKind.OTHER, ("其他", "其它")),
    (Post.FULL_TIME, ("专职", "专任", "全职")),
    (Post.PART_TIME, ("兼职", "兼课", "兼任")),
    (Post.TRAVELLING, ("走教",)),
    (Post.PURCHASED, ("购买服务", "外聘", "购买")),
    (Post.SILVER, ("银龄", "退休返聘", "银龄教师")),
    (Level.HARD, ("必须", "硬性")),
    (Level.SOFT, ("尽量", "软性")),
    (ResourceKind.TEACHER, ("教师", "老师")),
    (ResourceKind.CLASS, ("班级", "班")),
    (ResourceKind.VENUE, ("场地",)),
    (ResourceKind.ZONE, ("分区",)),
    (ResourceKind.GROUP, ("教研组",)),
    (Week.EVERY, _EVERY),
    (Week.ODD, _ODD),
    (Week.EVEN, _EVEN),
    (WeekRule.EVERY, _EVERY),
    (WeekRule.ODD, _ODD),
    (WeekRule.EVEN, _EVEN),
    (WeekRule.ALTERNATE, ("轮换", "单双周轮换", "隔周")),
    (SlotKind.LESSON, ("正课", "课")),
    (SlotKind.ACTIVITY, ("活动",)),
    (ClosureKind.VENUE, ("场地",)),
    (ClosureKind.ZONE, ("分区",)),
    (ClosureKind.SCHOOL, ("学校", "全校")),
    (ClosureKind.CLASS, ("班级", "班")),
    (LimitOn.TEACHER, ("教师", "老师")),
    (LimitOn.CLASS, ("班级", "班")),
    (LimitOn.GROUP, ("教研组",)),
    (ActivityKind.BIG_BREAK, ("大课间",)),
    (ActivityKind.PE_ACTIVITY, ("体育活动",)),
    (ActivityKind.AFTER_SCHOOL, ("课后服务", "课后")),
    (ActivityKind.CLUB, ("社团",)),
    (ActivityKind.TRAINING, ("训练", "校队训练")),
    (Waves.TOGETHER, ("一起", "同时")),
    (Waves.GRADE, ("按年级", "年级")),
    (Waves.CLASS, ("按班", "班级")),
    (LimitKind.MAX_DAYS, ("最多几天",)),
    (LimitKind.MIN_DAYS, ("最少几天",)),
    (LimitKind.MAX_DAYS_WITHIN, ("该时段最多几天",)),
    (LimitKind.MAX_PERIODS_A_DAY, ("每天最多几节",)),
    (LimitKind.MIN_PERIODS_A_DAY, ("到校日最少几节",)),
    (LimitKind.MIN_PERIODS_EVERY_DAY, ("每天最少几节",)),
    (LimitKind.MAX_RUN, ("最多连上几节",)),
    (LimitKind.MAX_IDLE_A_WEEK, ("每周最多空几节",)),
    (LimitKind.MAX_IDLE_A_DAY, ("每天最多空几节",)),
    (LimitKind.MAX_SPAN_A_DAY, ("每天首末最多跨几节",)),
    (LimitKind.MAX_LATE_STARTS, ("最多几天晚开始",)),
    (LimitKind.MAX_PERIODS_A_DAY_WITHIN, ("该时段每天最多几节",)),
    (LimitKind.MIN_FREE_HALF_DAYS, ("最少几个空半天",)),
    (LimitKind.MAX_MOVES_A_DAY, ("每天最多往返几次",)),
    (RelationKind.MIN_DAYS_BETWEEN, ("至少相隔几天",)),
    (RelationKind.MIN_DAYS_BETWEEN_OR_ADJACENT, ("至少相隔几天或相邻",)),
    (RelationKind.MAX_DAYS_BETWEEN, ("至多相隔几天",)),
    (RelationKind.MIN_GAP, ("至少间隔几节",)),
    (RelationKind.MAX_GAP, ("至多间隔几节",)),
    (RelationKind.SAME_START, ("节次相同",)),
    (RelationKind.SAME_DAY, ("同一天",)),
    (RelationKind.SAME_TIME, ("同时",)),
    (RelationKind.NOT_OVERLAPPING, ("不同时",)),
    (RelationKind.CONSECUTIVE, ("紧接",)),
    (RelationKind.ADJACENT, ("相邻",)),
    (RelationKind.ADJACENT_IF_SAME_DAY, ("同天则相邻",)),
    (RelationKind.ORDERED, ("先后",)),
    (RelationKind.ORDERED_IF_SAME_DAY, ("同天则先后",)),
    (RelationKind.ENDS_DAY, ("放在当天最后",)),
    (RelationKind.BEGINS_DAY, ("放在当天最前",)),
    (RelationKind.ENDS_TEACHER_DAY, ("放在教师当天最后",)),
    (RelationKind.BEGINS_TEACHER_DAY, ("放在教师当天最前",)),
    (RelationKind.STARTS_IN, ("从这些时段开始",)),
    (RelationKind.STAYS_IN, ("只在这些时段",)),
    (RelationKind.IN_LAYOUTS, ("只用这些场地",)),
    (RelationKind.MAX_USED_SLOTS, ("最多占用几个时段",)),
    (RelationKind.MIN_USED_SLOTS, ("最少占用几个时段",)),
    (RelationKind.MAX_AT_ONCE, ("同一时段最多几节",)),
    (RelationKind.MIN_AT_ONCE, ("同一时段最少几节",)),
    (RelationKind.MAX_IN, ("这些时段内最多几节",)),
    (RelationKind.MAX_LAYOUTS, ("最多用几处场地",)),
    (RelationKind.SAME_LAYOUT_IF_ADJACENT, ("相邻则场地相同",)),
    (RelationKind.MIN_ROWS_BETWEEN, ("同天至少间隔几行",)),
    (RelationKind.MAX_ROWS_BETWEEN, ("同天至多间隔几行",)),
    (RelationKind.SUBJECTS_NOT_SAME_DAY, ("两学科不同天",)),
    (RelationKind.SUBJECTS_NOT_ADJACENT, ("两学科不相邻",)),
    (RelationKind.SUBJECTS_NOT_BEFORE, ("前一学科不紧接后一学科",)),
)
_WORDS = {(type(member), member.value): words for member, words in WORDS}


def word_of(member: StrEnum) -> str:
    """What people write for a value; the value itself where they have no word."""
    found = _WORDS.get((type(member), member.value))
    return found[0] if found else member.value


def words_of(members: Iterable[StrEnum]) -> Text:
    """Values as people write them and as the data contract has them."""
    listed = tuple(members)
    return Text("、".join(map(word_of, listed)), ", ".join(listed))


def member_of(choices: type[StrEnum], word: str) -> StrEnum | None:
    """The value a word stands for, Chinese or English; None where for none."""
    for member in choices:
        if word in (member.value, *_WORDS.get((choices, member.value), ())):
            return member
    return None


def all_words(choices: type[StrEnum]) -> list[str]:
    """Every Chinese and English word of a column, the Chinese ones first."""
    chinese = [w for m in choices for w in _WORDS.get((choices, m.value), ())]
    return [*chinese, *(member.value for member in choices)]
