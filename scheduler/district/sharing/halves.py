"""Half-days of a part as a shared teacher sees them: rows, capacity, where noon is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.district.parts import Part
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, Teacher
from scheduler.model.times import LESSON_ROWS, MINUTES_A_DAY, Period, RowKind, overlap

NOON = 12 * 60
HALVES = (0, 1)
"""Morning, afternoon."""


@dataclass(frozen=True)
class HalfDay:
    """One half of a day at one part.

    ``rows`` are lesson rows the teacher could give, by clock; ``cut`` is the minute
    that parts the day, ``site`` where the part is, ``walk`` minutes that lessons at
    venues may add at both ends. It ends at ``until`` where the teacher has to leave.
    """

    day: int
    half: int
    rows: tuple[tuple[int, int], ...]
    cut: int
    site: str
    walk: int
    until: int = MINUTES_A_DAY

    @property
    def span(self) -> tuple[int, int]:
        """The minutes that the half takes."""
        if self.half == 0:
            return 0, min(self.cut, self.until)
        return self.cut, self.until

    def first_rows(self, count: int) -> "HalfDay":
        """The half with its first rows only, for the day goes on elsewhere."""
        rows = self.rows[:count]
        return replace(self, rows=rows, until=rows[-1][1] + self.walk)

    @property
    def first(self) -> int:
        """When the teacher must be there at the earliest."""
        return self.rows[0][0] - self.walk

    @property
    def last(self) -> int:
        """When the teacher can leave at the latest."""
        return self.rows[-1][1] + self.walk


def half_days(part: Part, teacher: Teacher) -> Iterator[HalfDay]:
    """Half-days in which a part has rows for a teacher's lessons there."""
    problem = part.problem
    requirements = dict.fromkeys(
        x.requirement for x in problem.lessons_of_teacher[teacher.teacher_id]
    )
    bells = dict.fromkeys(problem.bell_of(r) for r in requirements)
    walk = _walk(problem, teacher)
    site = problem.site_of_school(part.school_ids[0])
    for day in dict.fromkeys(d for b in bells for d in b.school_days):
        rows = [r for b in bells for r in b.rows(day, LESSON_ROWS)]
        others = [r for b in bells for r in b.on(day) if r.kind is RowKind.LUNCH]
        cut = _cut(rows, others)
        for half in HALVES:
            open_rows = tuple(
                sorted(
                    {
                        (r.start, r.end)
                        for r in rows
                        if (r.start >= cut) == bool(half)
                        and not _is_away(problem, teacher, day, r)
                    }
                )
            )
            if open_rows:
                yield HalfDay(day, half, open_rows, cut, site, walk)


def at_most(half: HalfDay, teacher: Teacher) -> int:
    """Lessons that a teacher can give in a half-day, one after the other."""
    count, free_from = 0, 0
    for start, end in sorted(half.rows, key=lambda r: r[1]):
        if start >= free_from:
            count, free_from = count + 1, end
    most = teacher.max_per_day
    return count if most is None else min(count, most)


def _cut(rows: list[Period], lunches: list[Period]) -> int:
    """The middle of what lies between the last morning and the first afternoon row."""
    noon = min((r.start for r in lunches), default=NOON)
    before = max((r.end for r in rows if r.start < noon), default=noon)
    after = min((r.start for r in rows if r.start >= noon), default=before)
    return max(before, (before + after) // 2)


def _walk(problem: Problem, teacher: Teacher) -> int:
    """The longest walk to a venue that a lesson of the teacher may have."""
    venues = {
        problem.layout[name].venue_id
        for x in problem.lessons_of_teacher[teacher.teacher_id]
        for name in problem.allowed_layouts(x.requirement)
        if name in problem.layout
    }
    classes = tuple(c.class_id for c in problem.classes)
    walks = (
        problem.walk_minutes(a, classes)
        for a in problem.agreements
        if a.venue_id in venues
    )
    return max(walks, default=0)


def _is_away(problem: Problem, teacher: Teacher, day: int, row: Period) -> bool:
    """Whether the teacher is unavailable then, in any week."""
    _, table = problem.unavailable_on[Level.HARD].get(day, (frozenset(), {}))
    for line in table.get(("teacher", teacher.teacher_id), ()):
        if line.period is not None:
            if line.period == row.number:
                return True
        elif (
            line.start is None
            or line.end is None
            or overlap(row.start, row.end, line.start, line.end)
        ):
            return True
    return False
