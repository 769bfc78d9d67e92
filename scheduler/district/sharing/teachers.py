"""Dividing teachers of several schools (走教): whole half-days, each at one of them.

Each teacher is divided alone: nothing but the teacher ties the schools.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from scheduler.district.parts import Part
from scheduler.district.sharing.halves import HALVES, HalfDay, at_most, half_days
from scheduler.district.sharing.needs import periods
from scheduler.district.sharing.venues import Liked
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import ResourceKind, Teacher, Unavailability
from scheduler.model.settings.district import DistrictSettings
from scheduler.model.times import MINUTES_A_DAY
from scheduler.solver.sharing.division import Claim, Divided, Division, Row
from scheduler.solver.sharing.leximin import leximin

_HALF, _FIRST, _CHANGE, _LIKED = 20, 60, 5, 30
"""What a half-day left over is worth, more for a school's first ones, what a change of
schools at noon costs beside its minutes, and what a wanted lesson is worth."""
AWAY = "在其他学校"
"""Why a teacher is not available: elsewhere then."""


@dataclass(frozen=True)
class TeacherShare:
    """One teacher's half-days by part, and what each part needs and gets."""

    teacher: Teacher
    parts: tuple[str, ...]
    needs: tuple[int, ...]
    met: tuple[int, ...]
    halves: tuple[tuple[HalfDay, ...], ...]
    divided: Divided


def shared_teachers(whole: Problem, parts: Sequence[Part]) -> tuple[str, ...]:
    """Ids of the teachers with lessons in several parts."""
    found: dict[str, int] = defaultdict(int)
    for part in parts:
        for name, lessons in part.problem.lessons_of_teacher.items():
            found[name] += bool(lessons)
    return tuple(t.teacher_id for t in whole.teachers if found[t.teacher_id] > 1)


def divide_teacher(
    whole: Problem,
    parts: Sequence[Part],
    teacher_id: str,
    seconds: float,
    liked: Liked,
) -> TeacherShare:
    """Divide one teacher's week.

    Parameters:
        liked: Decides between divisions that are equally fair.

    Raises:
        ValueError: fixed lessons contradict each other.
    """
    teacher = whole.teacher[teacher_id]
    here = [p for p in parts if p.problem.lessons_of_teacher.get(teacher_id)]
    model = _Model(whole, teacher, here, liked)
    divided = leximin(model.division(), seconds)
    needs = tuple(claim.need for claim in model.claims)
    return TeacherShare(
        teacher,
        tuple(p.key for p in here),
        needs,
        divided.met,
        tuple(tuple(each) for each in model.halves(divided.amounts)),
        divided,
    )


def closed_times(share: TeacherShare, key: str) -> Iterator[Unavailability]:
    """When the teacher is not at one of the parts: rows for its problem."""
    mine = share.halves[share.parts.index(key)]
    days: dict[int, list[HalfDay]] = defaultdict(list)
    for half in mine:
        days[half.day].append(half)
    for day in range(1, 8):
        given = days.get(day, [])
        spans = _between([h.span for h in given])
        for start, end in spans:
            yield Unavailability(
                ResourceKind.TEACHER,
                share.teacher.teacher_id,
                day,
                start=start,
                end=end,
                reason=AWAY,
            )


def _between(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What these stretches leave of a day."""
    free_from = 0
    for start, end in sorted(spans):
        if start > free_from:
            yield free_from, start
        free_from = max(free_from, end)
    if free_from < MINUTES_A_DAY:
        yield free_from, MINUTES_A_DAY


class _Model:
    """One teacher's division: a choice for each half-day and part, and its lessons."""

    def __init__(
        self, whole: Problem, teacher: Teacher, parts: Sequence[Part], liked: Liked
    ) -> None:
        self._whole, self._teacher, self._parts = whole, teacher, parts
        self._liked = liked
        self._most: list[int] = []
        self._rows: list[Row] = []
        self._charges: dict[int, int] = {}
        self._half: dict[tuple[int, int, int], tuple[int, HalfDay]] = {}
        self._day: dict[tuple[int, int], int] = {}
        self.claims: tuple[Claim, ...] = ()

    def division(self) -> Division:
        """The whole division."""
        for k, part in enumerate(self._parts):
            self._offer(k, part)
        self._hold()
        self._spread()
        self.claims = tuple(
            Claim(
                part.key,
                tuple(c for (owner, _), c in self._day.items() if owner == k),
                _needed(part.problem, self._teacher),
                max(part.problem.school[s].priority for s in part.school_ids),
            )
            for k, part in enumerate(self._parts)
        )
        return Division(self._most, self._rows, self.claims, self._charges)

    def halves(self, amounts: Sequence[int]) -> Iterator[list[HalfDay]]:
        """The half-days of each part."""
        given = {key: half for key, (c, half) in self._half.items() if amounts[c]}
        at = {(day, half): (k, given[k, day, half]) for k, day, half in given}
        for k, _ in enumerate(self._parts):
            mine = []
            for (owner, day, half), own in given.items():
                if owner == k:
                    other = at.get((day, 1 - half))
                    away = other is not None and other[0] != k
                    mine.append(self._shortened(own) if away else own)
            yield mine

    def _choice(self, most: int, charge: int = 0) -> int:
        self._most.append(most)
        if charge:
            self._charges[len(self._most) - 1] = charge
        return len(self._most) - 1

    def _offer(self, k: int, part: Part) -> None:
        days: dict[int, dict[int, int]] = defaultdict(dict)
        for half in half_days(part, self._teacher):
            count = sum(
                (name, day) == (self._teacher.teacher_id, half.day)
                and half.span[0] <= minute < half.span[1]
                for name, day, minute in self._liked.get(part.key, ())
            )
            choice = self._choice(1, -_HALF - _LIKED * count)
            self._half[k, half.day, half.half] = choice, half
            days[half.day][choice] = -at_most(half, self._teacher)
        for day, halves in days.items():
            lessons = self._choice(-sum(halves.values()))
            self._day[k, day] = lessons
            self._rows.append(Row({lessons: 1, **halves}, most=0))
        for day, part_of_day in _fixed_halves(part, self._teacher):
            held = self._half.get((k, day, part_of_day))
            if held is not None:
                self._rows.append(Row({held[0]: 1}, least=1))

    def _hold(self) -> None:
        """One school at a time, so many a day, time to travel, so many lessons."""
        settings = DistrictSettings.of(self._whole.rules)
        days = sorted({day for _, day in self._day})
        for day in days:
            for half in HALVES:
                here = {
                    c: 1
                    for (_, d, h), (c, _) in self._half.items()
                    if (d, h) == (day, half)
                }
                self._rows.append(Row(here, most=1))
            lessons = {c: 1 for (_, d), c in self._day.items() if d == day}
            if self._teacher.max_per_day is not None:
                self._rows.append(Row(lessons, most=self._teacher.max_per_day))
            self._change_at_noon(day, settings)

    def _spread(self) -> None:
        """What is left over goes round: a school's first half-days are worth more."""
        slots = {(day, half) for _, day, half in self._half}
        for k, _ in enumerate(self._parts):
            mine = {c: -1 for (owner, _, _), (c, _) in self._half.items() if owner == k}
            first = self._choice(max(1, len(slots) // len(self._parts)), -_FIRST)
            self._rows.append(Row({first: 1, **mine}, most=0))

    def _change_at_noon(self, day: int, settings: DistrictSettings) -> None:
        """Two schools on one day: allowed, in time, what it costs."""
        numbers = range(len(self._parts))
        for a, b in product(numbers, numbers):
            one, other = self._half.get((a, day, 0)), self._half.get((b, day, 1))
            if a == b or one is None or other is None:
                continue
            minutes = self._whole.travel_minutes(one[1].site, other[1].site)
            late = minutes is None or other[1].first - one[1].last < minutes
            if late or settings.schools_a_day < 2 or self._teacher.max_per_day == 1:
                self._rows.append(Row({one[0]: 1, other[0]: 1}, most=1))
                continue
            both = self._choice(1, (minutes or 0) + _CHANGE)
            self._rows.append(Row({one[0]: 1, other[0]: 1, both: -1}, most=1))
            for k, half in ((a, one[1]), (b, other[1])):
                lessons = self._day[k, day]
                whole = self._most[lessons]
                less = whole - at_most(self._shortened(half), self._teacher)
                self._rows.append(Row({lessons: 1, both: less}, most=whole))

    def _shortened(self, half: HalfDay) -> HalfDay:
        """A half-day of a day that goes on at another school: half of the day's most.

        So that both schools together, whatever they do, keep to the teacher's limit.
        """
        most = self._teacher.max_per_day
        return half if most is None else half.first_rows(max(1, most // 2))


def _needed(problem: Problem, teacher: Teacher) -> int:
    """Periods a week for which a part needs a teacher; a pool's are shared out."""
    name, total = teacher.teacher_id, 0
    for r in dict.fromkeys(x.requirement for x in problem.lessons_of_teacher[name]):
        count = periods(r)
        alone = name in r.teacher_ids or name in r.escort_ids
        total += count if alone else -(-count // len(r.teacher_pool))
    return max(1, total)


def _fixed_halves(part: Part, teacher: Teacher) -> Iterator[tuple[int, int]]:
    """Day and half of the lessons of a teacher that are fixed."""
    problem, cuts = part.problem, {}
    for half in half_days(part, teacher):
        cuts[half.day] = half.cut
    for meeting in fixed_meetings(problem, teacher.teacher_id):
        if meeting.day in cuts:
            yield meeting.day, int(meeting.start >= cuts[meeting.day])


def fixed_meetings(problem: Problem, teacher_id: str) -> Iterator[Meeting]:
    """Fixed lessons that a teacher gives or escorts, by the clock."""
    for lesson in problem.lessons_of_teacher.get(teacher_id, ()):
        fixed = problem.fixed_at.get(lesson.lesson_id)
        r = lesson.requirement
        if fixed is None or teacher_id not in (*r.teacher_ids, *r.escort_ids):
            continue
        layout = fixed.layout_id or HOME
        week = fixed.week or lesson.weeks[0]
        placement = Placement(
            week, fixed.day, fixed.period, layout, r.teacher_ids, lesson.length
        )
        yield Meeting.of(problem, lesson, placement)
