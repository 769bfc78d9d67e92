"""No holes in a class's day: free rows lie at its end, never between lessons."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Portion, Violation
from scheduler.constraints.counting import excess_table, on_day
from scheduler.constraints.day_rows import Row
from scheduler.constraints.primitives import (
    InWeek,
    PatternCost,
    PatternSumCost,
    Primitive,
)
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import ClassGroup, Level, ResourceKind, Unavailability
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, LESSON_ROWS, Period, overlap
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class FillClassDays(Constraint):
    """A class's lessons on a day leave no empty period before or between them.

    A hole is an open lesson row of the class's bell that is empty in a week, odd and
    even weeks looked at separately, while a later lesson row of that day is taken.
    Rows closed to the class in unavailable.csv are none, nor are rows that a walk or
    another taken row covers by the clock. ``allowed`` holes of a class and week cost
    nothing; of those beyond it the week's last are told. Amount: holes beyond it, over
    both weeks. Level: hard. Source: data-format.md, "No holes in a class's day".
    """

    title: ClassVar[Text] = Text("班级中间不空节", "No holes in a class's day")
    fault: ClassVar[Text] = Text("班级中间空节", "Empty periods within a class's day")
    allowed: int = 0

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each hole beyond those allowed."""
        for group, layer in product(timetable.problem.classes, LAYERS):
            found = list(_holes(timetable, group, layer))
            for day, row in found[self.allowed :]:
                yield Violation(
                    1,
                    (),
                    (group.class_id,),
                    day,
                    row.start,
                    row.end,
                    layer,
                    (row.number,),
                )

    def culprits(self, timetable: Timetable, violation: Violation) -> tuple[str, ...]:
        """The day's last lesson of that week: without it the hole may be none."""
        class_id, layer = violation.resource_ids[0], violation.layer
        layers = LAYERS if layer is None else (layer,)
        here = [
            m
            for m in timetable.by_class[class_id]
            if any(on_day(m, violation.day or 0, x) for x in layers)
        ]
        last = max((m.end for m in here), default=0)
        return tuple(m.lesson.lesson_id for m in here if m.end == last)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pattern for each class, week and day; with holes allowed, their sum."""
        for group, layer in product(problem.classes, LAYERS):
            patterns = self.of_class(problem, group, layer)
            if not self.allowed:
                yield from patterns
            elif patterns:
                table = excess_table(self.allowed)
                yield PatternSumCost(group.class_id, patterns, table)

    @staticmethod
    def of_class(
        problem: Problem, group: ClassGroup, layer: int
    ) -> tuple[PatternCost, ...]:
        """Days of a class in a week, each of which costs its holes."""
        if not problem.lessons_of_class[group.class_id]:
            return ()
        days = problem.bell[group.bell_id].school_days
        return tuple(_pattern(problem, group, day, layer) for day in days)

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The class."""
        assert isinstance(primitive, PatternCost | PatternSumCost)
        return Portion(self.name, (primitive.resource,))

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The class's days."""
        name = problem.class_name[ids[0]]
        return Text(f"{name}中间不空节", f"no empty period within {name}'s day")

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the class and the empty period."""
        name = problem.class_name[violation.resource_ids[0]]
        assert violation.day is not None
        slot = describe.slot(violation.day, violation.numbers[0])
        clock = describe.when(None, violation.start, violation.end)
        week = describe.week_of(violation.layer)
        return Text(
            f"{name}{slot.zh}（{clock.zh}）{week.zh}空着，后面还有课。",
            f"{name} has nothing on {slot.en} ({clock.en}){week.en}, "
            "and lessons after it.",
        )


def most_holes(timetable: Timetable) -> int:
    """The most holes of a class in a week."""
    weeks = product(timetable.problem.classes, LAYERS)
    return max((len(list(_holes(timetable, c, x))) for c, x in weeks), default=0)


def _holes(
    timetable: Timetable, group: ClassGroup, layer: int
) -> Iterator[tuple[int, Period]]:
    """(day, row) of a class's holes in one week, in order of time."""
    problem = timetable.problem
    meetings = timetable.by_class[group.class_id]
    for day in problem.bell[group.bell_id].school_days:
        here = [m for m in meetings if on_day(m, day, layer)]
        if not here:
            continue
        rows = problem.bell[group.bell_id].rows(day, LESSON_ROWS)
        busy = [r for r in rows if any(_covers(m, group.class_id, r) for m in here)]
        last = max((r.start for r in busy), default=-1)
        closed = closed_rows(problem, group, day, layer)
        for row in rows:
            if row.start < last and row not in busy and row not in closed:
                yield day, row


def _covers(meeting: Meeting, class_id: str, row: Period) -> bool:
    """Whether the lesson or a walk to it leaves the class no time for a row."""
    return overlap(*meeting.class_busy(class_id), row.start, row.end)


def closed_rows(
    problem: Problem, group: ClassGroup, day: int, layer: int
) -> tuple[Period, ...]:
    """Lesson rows of a day that are closed to a class in one week."""
    rows = problem.bell[group.bell_id].rows(day, LESSON_ROWS)
    given = problem.unavailability_of.get((ResourceKind.CLASS, group.class_id), ())
    hours = [
        _hours(problem, group, x)
        for x in given
        if x.level is Level.HARD and x.day == day and layer in x.week.layers
    ]
    return tuple(r for r in rows if any(overlap(r.start, r.end, *h) for h in hours))


def _hours(
    problem: Problem, group: ClassGroup, closed: Unavailability
) -> tuple[int, int]:
    """Clock time that is closed: a period of the class's bell, minutes or the day."""
    if closed.period is not None:
        row = problem.bell[group.bell_id].find(closed.day, closed.period)
        return (row.start, row.end) if row else (0, 0)
    if closed.start is not None and closed.end is not None:
        return closed.start, closed.end
    return 0, 24 * 60


def _pattern(problem: Problem, group: ClassGroup, day: int, layer: int) -> PatternCost:
    rows = problem.bell[group.bell_id].rows(day, LESSON_ROWS)
    closed = closed_rows(problem, group, day, layer)
    times = tuple((r.start, r.end) for r in rows)
    walked = _walked(problem, group, day)
    alone = not walked and apart(problem, group, day)
    return PatternCost(
        group.class_id,
        problem.lessons_of_class[group.class_id],
        times,
        InWeek(_mask(group.class_id, times, day), layer),
        _table(times, sum(1 << k for k, row in enumerate(rows) if row not in closed)),
        day,
        "AvoidClassClashes" if alone else "",
        by_layout=walked,
    )


@lru_cache(maxsize=8192)
def _mask(class_id: str, rows: tuple[Row, ...], day: int) -> Callable[[Meeting], int]:
    """Bits of the rows that a class's meeting leaves no time for."""

    @cache
    def bits(start: int, end: int) -> int:
        return sum([1 << k for k, row in enumerate(rows) if overlap(start, end, *row)])

    def mask(meeting: Meeting) -> int:
        if meeting.day != day or class_id not in meeting.class_ids:
            return 0
        return bits(*meeting.class_busy(class_id))

    return mask


@lru_cache(maxsize=1024)
def _table(rows: tuple[Row, ...], usable: int) -> Callable[[int], int]:
    """Holes of every mask of busy rows; ``usable`` are the bits of open ones."""

    @cache
    def table(whole: int) -> int:
        last = max((r[0] for k, r in enumerate(rows) if whole >> k & 1), default=-1)
        before = sum(1 << k for k, row in enumerate(rows) if row[0] < last)
        return (before & usable & ~whole).bit_count()

    return table


def _walked(problem: Problem, group: ClassGroup, day: int) -> bool:
    """Whether a lesson of the class may be under an agreement on a day."""
    needs = _requirements(problem, group)
    layouts = {x for r in needs for x in problem.allowed_layouts(r) if x != HOME}
    return any(
        agreement.day == day
        for venue_id in {problem.layout[x].venue_id for x in layouts}
        for agreement in problem.agreements_at.get((group.school_id, venue_id), ())
    )


def apart(problem: Problem, group: ClassGroup, day: int) -> bool:
    """Whether two lessons on one row would be a clash of the class.

    All count in its own bell, whose rows do not overlap, and none on lesson rows is of
    some pupils only.
    """
    bell = problem.bell[group.bell_id]
    if any(overlap(a.start, a.end, b.start, b.end) for a, b in pairwise(bell.on(day))):
        return False
    return all(
        problem.bell_of(r) is bell and not (r.is_partial and r.rows & LESSON_ROWS)
        for r in _requirements(problem, group)
    )


def _requirements(problem: Problem, group: ClassGroup) -> Iterable[Requirement]:
    lessons = problem.lessons_of_class[group.class_id]
    return dict.fromkeys(x.requirement for x in lessons)
