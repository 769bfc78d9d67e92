"""Official days off and make-up days (法定节假日、调休) of a year, as announced.

The days come from the package ``chinesecalendar``, which follows the notices of the
State Council. A notice says which Saturdays and Sundays are worked, never which
weekday is taught on them: schools say that. The rule here is that the k make-up days
of a holiday stand, in the order of dates, for the k weekdays of its block that are off
in exchange (not by statute); where these are not k, for its last k weekdays.
Source: regulations on make-up days; the mapping is an assumption, each day of it can
be stated otherwise in ``term.toml``.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import groupby

from chinese_calendar import Holiday, constants

from scheduler.model.term import ClosedDays, MakeUpDay
from scheduler.model.text import Text, weekday

_ZH = {holiday.value: holiday.chinese for holiday in Holiday}
# When the State Council's notice was made public. Years without one here are known to
# the package alone.
_NOTICES = {
    2024: dt.date(2023, 10, 25),
    2025: dt.date(2024, 11, 12),
    2026: dt.date(2025, 11, 4),
}


@dataclass(frozen=True, slots=True)
class OfficialMakeUp:
    """A working Saturday or Sunday, and the day off that it stands for."""

    date: dt.date
    stands_for: dt.date
    holiday: str

    @property
    def day(self) -> MakeUpDay:
        """A row of ``term.toml``."""
        off = self.stands_for
        name = f"{self.holiday}调休，补{off.month}月{off.day}日"
        return MakeUpDay(self.date, off.isoweekday(), name=name)


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """What is off and what is worked in a year, in order; ``source`` says who says so.

    A year that is not ``announced`` yet has neither.
    """

    year: int
    announced: bool
    closed: tuple[ClosedDays, ...]
    make_up: tuple[OfficialMakeUp, ...]
    source: Text


@cache
def official_year(year: int) -> OfficialYear:
    """The holidays of a year."""
    off = {day: name for day, name in constants.holidays.items() if day.year == year}
    blocks = _blocks(off)
    make_up = tuple(_make_up(year, blocks)) if off else ()
    return OfficialYear(year, bool(off), blocks, make_up, _source(year, bool(off)))


def _blocks(off: dict[dt.date, str]) -> tuple[ClosedDays, ...]:
    """Runs of dates off under one name."""
    found = []
    for (_, name), days in groupby(
        enumerate(sorted(off)), key=lambda p: (p[1].toordinal() - p[0], off[p[1]])
    ):
        dates = [day for _, day in days]
        found.append(ClosedDays(dates[0], dates[-1], _ZH[name]))
    return tuple(found)


def _make_up(year: int, blocks: tuple[ClosedDays, ...]) -> list[OfficialMakeUp]:
    """Working days off, each with what it stands for; what has nothing is left out."""
    worked: dict[tuple[dt.date, ...], list[tuple[dt.date, str]]] = defaultdict(list)
    for day, name in sorted(constants.workdays.items()):
        own = [b for b in blocks if b.name == _ZH[name]]
        if day.year == year and day.isoweekday() > 5 and own:
            nearest = min(own, key=lambda b: abs(b.first - day))
            worked[_run(nearest, blocks)].append((day, _ZH[name]))
    found = []
    for run, days in worked.items():
        off = [day for day in run if day.isoweekday() < 6]
        bridged = [day for day in off if day in constants.in_lieu_days]
        off = bridged if len(bridged) == len(days) else off
        pairs = zip(days[-len(off) :], off[-len(days) :], strict=True)
        found += [OfficialMakeUp(day, lost, name) for (day, name), lost in pairs]
    return sorted(found, key=lambda made: made.date)


def _run(block: ClosedDays, blocks: tuple[ClosedDays, ...]) -> tuple[dt.date, ...]:
    """Dates of a holiday and of those that touch it."""
    day, off = dt.timedelta(1), {d for b in blocks for d in _dates(b)}
    first, last = block.first, block.last
    while first - day in off:
        first -= day
    while last + day in off:
        last += day
    return _dates(ClosedDays(first, last))


def _dates(days: ClosedDays) -> tuple[dt.date, ...]:
    count = (days.last - days.first).days + 1
    return tuple(days.first + dt.timedelta(k) for k in range(count))


def _source(year: int, announced: bool) -> Text:
    if not announced and year < min(constants.holidays).year:
        return Text(
            f"没有{year}年的放假调休资料。", f"No calendar of {year} is at hand."
        )
    if not announced:
        return Text(
            f"{year}年的放假调休安排尚未公布，未公布的日期按上课处理；公布后请核对。",
            f"The holidays of {year} are not announced yet; its dates are treated as "
            "open. Look again once they are.",
        )
    package = f"chinesecalendar {version('chinesecalendar')}"
    zh = f"国务院办公厅关于{year}年部分节假日安排的通知"
    en = f"the State Council's notice of holidays in {year}"
    if year in _NOTICES:
        zh += f"（{_NOTICES[year]}发布）"
        en += f" (of {_NOTICES[year]})"
    return Text(
        f"来源：{zh}，取自{package}；调休日按星期几上课由学校公布，此处按“依次补换休"
        "的工作日”推定。",
        f"Source: {en}, by way of {package}. Which weekday a make-up day follows is "
        "the school's to say; here they stand in order for the weekdays that are "
        "off in exchange.",
    )


def describe_closed(days: ClosedDays) -> Text:
    """Days off in words."""
    if days.first == days.last:
        return Text(f"{days.first} {days.name}放假", f"{days.first} off ({days.name})")
    return Text(
        f"{days.first} 至 {days.last} {days.name}放假",
        f"{days.first} to {days.last} off ({days.name})",
    )


def describe_day(day: MakeUpDay) -> Text:
    """A make-up day of a term in words."""
    own, as_ = weekday(day.date.isoweekday()), weekday(day.acts_as)
    return Text(
        f"{day.date}（{own.zh}）{day.name}，按{as_.zh}课表上课",
        f"{day.date} ({own.en}) is taught as {as_.en} ({day.name})",
    )


def describe_make_up(made: OfficialMakeUp) -> Text:
    """A make-up day in words."""
    own, as_ = weekday(made.date.isoweekday()), weekday(made.stands_for.isoweekday())
    return Text(
        f"{made.date}（{own.zh}）上班，按{as_.zh}课表上课（补{made.stands_for}）",
        f"{made.date} ({own.en}) is worked and follows {as_.en} (for "
        f"{made.stands_for})",
    )
