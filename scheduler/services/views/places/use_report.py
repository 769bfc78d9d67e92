"""Use of places as tables: by place, subject, time of the week, and the norms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.capacity import capacity_checks
from scheduler.model.text import Text, weekday
from scheduler.model.times import LAYERS, format_clock
from scheduler.model.timetable import Timetable
from scheduler.model.utilisation import UseLevel
from scheduler.services.school.usage import CheckIns
from scheduler.services.views.places.load import VenueLoad, venue_loads
from scheduler.services.views.places.weekly_use import WeekUse, weekly_use
from scheduler.term.entries import Entry

Cell = str | Text | Fraction | None


_LEVELS = {UseLevel.RED: Text("红", "red"), UseLevel.AMBER: Text("黄", "amber")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title, heads and rows; shares are of 1, None where nothing is known."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]


def use_report(
    timetable: Timetable,
    entries: Iterable[Entry],
    log: CheckIns | None = None,
) -> tuple[Sheet, ...]:
    """All sheets, in both languages; a week is the mean of odd and even.

    Parameters:
        entries: The lessons of the term, for the sheet of calendar weeks.
        log: What was confirmed, for the same.
    """
    loads = venue_loads(timetable)
    return (
        _by_place(loads),
        _by_subject(timetable),
        _by_time(loads),
        _by_week(timetable, weekly_use(timetable, loads, entries, log)),
        _norms(timetable),
    )


def _heads(*words: str) -> tuple[Text, ...]:
    """Heads written as the Chinese word, a blank and the English ones."""
    return tuple(Text(*word.split(" ", 1)) for word in words)


def _by_place(loads: tuple[VenueLoad, ...]) -> Sheet:
    heads = _heads(
        "场地 venue",
        "高峰班数 peak classes",
        "高峰人数 peak pupils",
        "均衡度 load factor",
        "开放场次 open",
        "已用场次 used",
        "空闲场次 unused",
        "计划使用率 planned",
        "应有使用率 required",
        "级别 level",
        "高峰人均平方米 m² a pupil",
    )
    rows = (
        (
            load.venue.name,
            Fraction(load.heat.peak_classes),
            Fraction(load.heat.peak_pupils),
            load.flatness,
            load.heat.open_zone_periods,
            load.used_zone_periods,
            load.heat.idle_zone_periods,
            load.use,
            load.required_use,
            _LEVELS[load.level] if load.level else None,
            load.square_metres_a_pupil,
        )
        for load in loads
    )
    return Sheet(Text("按场地", "by place"), heads, tuple(rows))


def _by_subject(timetable: Timetable) -> Sheet:
    """Periods a week of each subject at each venue."""
    problem = timetable.problem
    periods: Counter[tuple[str, str]] = Counter()
    for meeting in timetable.meetings:
        if meeting.layout is not None:
            key = meeting.layout.venue_id, meeting.lesson.requirement.subject_id
            periods[key] += len(meeting.rows) * len(meeting.layers)
    rows = (
        (
            problem.venue[venue_id].name,
            problem.subject[subject_id].name,
            Fraction(count, len(LAYERS)),
        )
        for (venue_id, subject_id), count in periods.items()
    )
    heads = _heads(
        "场地 venue",
        "学科 subject",
        "每周节数 periods a week",
    )
    return Sheet(
        Text("按学科", "by subject"), heads, tuple(sorted(rows, key=lambda r: r[:2]))
    )


def _by_time(loads: tuple[VenueLoad, ...]) -> Sheet:
    """Classes and pupils at once in every band of every day, odd and even weeks."""
    heads = _heads(
        "场地 venue",
        "星期 day",
        "开始 start",
        "结束 end",
        "单周班数 classes, odd",
        "双周班数 classes, even",
        "单周人数 pupils, odd",
        "双周人数 pupils, even",
        "可容班数 capacity",
    )
    rows = (
        (
            load.venue.name,
            weekday(day),
            format_clock(cell.start),
            format_clock(cell.end),
            *map(Fraction, (*cell.classes, *cell.pupils, cell.capacity)),
        )
        for load in loads
        for row in load.heat.rows
        for day, cell in zip(load.heat.days, row.cells, strict=True)
        if cell is not None
    )
    return Sheet(Text("按时段", "by time"), heads, tuple(rows))


def _by_week(timetable: Timetable, weeks: Iterable[WeekUse]) -> Sheet:
    heads = _heads(
        "场地 venue",
        "周次 week",
        "周一 Monday",
        "开放场次 open",
        "应有场次 required",
        "计划场次 planned",
        "已确认场次 confirmed",
        "计划使用率 planned use",
    )
    names = timetable.problem.venue
    rows = (
        (
            names[x.venue_id].name,
            Fraction(x.number),
            x.monday.isoformat(),
            *(x.open, x.required, Fraction(x.planned)),
            None if x.confirmed is None else Fraction(x.confirmed),
            x.use,
        )
        for x in weeks
    )
    return Sheet(Text("按周", "by week"), heads, tuple(rows))


def _norms(timetable: Timetable) -> Sheet:
    heads = _heads(
        "学校 school",
        "项目 norm",
        "现有 there is",
        "标准 asked",
        "缺口 missing",
    )
    problem = timetable.problem
    rows = (
        (
            problem.school[c.school_id].name,
            c.what,
            c.have,
            c.need,
            c.missing if c.have is not None else None,
        )
        for c in capacity_checks(problem)
    )
    return Sheet(Text("标准", "norms"), heads, tuple(rows))
