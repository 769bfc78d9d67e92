"""The school's own rules of covers, as groups of numbers with their names."""

from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.term.cover.settings import CoverSettings


@dataclass(frozen=True, slots=True)
class RuleField:
    """One number; ``value`` is empty where there is no limit, which ``free`` allows."""

    name: str
    label: Text
    value: str
    free: bool = False


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Numbers that belong together."""

    title: Text
    fields: tuple[RuleField, ...]


_NUMBERS = (
    ("swap_days", "几天以内先调课", "days of absence that are swapped", False),
    (
        "cover_days",
        "几天以内代课，再长固定代课",
        "days that are covered",
        False,
    ),
    ("most_a_day", "每人每天最多代几节", "covers a day, at most", True),
    ("most_a_week", "每人每周最多代几节", "covers a week, at most", True),
    ("most_a_month", "每人每月最多代几节", "covers a month, at most", True),
    ("room_pupils", "合班一间教室最多多少人", "pupils in one room, at most", False),
    ("swap_reach", "调课前后几天以内", "days within which lessons are swapped", False),
)
_WEIGHTS = (
    ("swap", "调课", "swap"),
    ("substitute", "代课", "substitute"),
    ("merge", "合班", "joined classes"),
    ("self_study", "自习看班", "self-study"),
    ("cancel", "停课", "cancelled"),
    ("late", "请假长短与方式不合", "the kind does not suit the length"),
    ("other_subject", "不教这门课", "another subject"),
    ("unknown_class", "没教过这个班", "does not know the class"),
    ("other_grade", "不同年级、不同教研组", "another grade and group"),
    ("day_load", "当天每节课", "each lesson of the day"),
    ("week_load", "本周每节课", "each lesson of the week"),
    ("month_covers", "本月每节代课", "each cover of the month"),
    ("term_covers", "本学期每节代课", "each cover of the term"),
    ("day_apart", "调课每隔一天", "each day between swapped lessons"),
)
_PAY = (
    ("lesson", "每节课（分）", "a lesson (fen)"),
    ("self_study", "自习看班（分）", "self-study (fen)"),
    ("activity", "课后服务、活动（分）", "an activity (fen)"),
    ("long", "长期同学科代课（分）", "a long absence, same subject (fen)"),
    ("travel", "走教每节（分）", "a lesson at another site (fen)"),
    ("long_days", "几天以上算长期", "days of a long absence"),
    ("free", "每月前几节不计", "lessons a month that are not paid"),
)


def rule_groups(said: CoverSettings) -> tuple[RuleGroup, ...]:
    """The numbers of a school's rules."""
    own = tuple(
        RuleField(name, Text(zh, en), _text(getattr(said, name)), free)
        for name, zh, en, free in _NUMBERS
    )
    weights = tuple(
        RuleField(f"weight_{name}", Text(zh, en), _text(getattr(said.weights, name)))
        for name, zh, en in _WEIGHTS
    )
    pay = tuple(
        RuleField(f"pay_{name}", Text(zh, en), _text(getattr(said.pay, name)))
        for name, zh, en in _PAY
    )
    most = RuleField(
        "pay_most",
        Text("每月最多计几节", "lessons a month that are paid, at most"),
        _text(said.pay.most),
        True,
    )
    return (
        RuleGroup(Text("请假与代课", "Absences and covers"), own),
        RuleGroup(Text("方案排序的分值", "Points of proposals"), weights),
        RuleGroup(Text("代课费", "Pay"), (*pay, most)),
    )


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
