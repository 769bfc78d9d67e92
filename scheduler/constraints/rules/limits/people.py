"""Whom a limit speaks of, and the frame of their days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from scheduler.constraints.day_rows import Row, given, possible_rows, taken
from scheduler.constraints.primitives import InWeek
from scheduler.model.limits import Limit, LimitOn
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level, ResourceKind, Unavailability
from scheduler.model.times import Bell, Period, RowKind, overlap
from scheduler.model.timetable import Timetable

Whom = tuple[LimitOn, str, frozenset[str]]
"""Teacher, class or group, its id, and the members of a group."""


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher, class or group under a limit, and the lessons of theirs that count.

    Of a class those count that it attends as a whole; of a group of teachers, who are
    its ``members``, those of any of them.
    """

    on: LimitOn
    person_id: str
    lessons: tuple[Lesson, ...]
    members: frozenset[str]

    @property
    def resource(self) -> str:
        """A name that no other person has."""
        return f"{self.on}_{self.person_id}"

    @property
    def clash_rule(self) -> str:
        """The rule that keeps the person's lessons apart; of a group none does."""
        return {
            LimitOn.CLASS: "AvoidClassClashes",
            LimitOn.TEACHER: "AvoidTeacherClashes",
            LimitOn.GROUP: "",
        }[self.on]

    @property
    def whom(self) -> Whom:
        """The person without the lessons that count."""
        return self.on, self.person_id, self.members

    def attends(self) -> Callable[[Meeting], bool]:
        """Tell whether the person is in a meeting of one of the lessons."""
        return attendance(*self.whom)


def attendance(
    on: LimitOn, name: str, members: frozenset[str]
) -> Callable[[Meeting], bool]:
    """Tell whether somebody is in a meeting."""
    if on is LimitOn.CLASS:
        return lambda meeting: name in meeting.class_ids
    if on is LimitOn.TEACHER:
        return lambda meeting: name in meeting.teacher_ids
    return lambda meeting: not members.isdisjoint(meeting.teacher_ids)


def people(problem: Problem, limit: Limit) -> Iterator[Person]:
    """Everybody the limit names who has a lesson that counts."""
    everybody: Iterable[str] = problem.teacher
    if limit.on is LimitOn.CLASS:
        everybody = problem.class_group
    elif limit.on is LimitOn.GROUP:
        everybody = problem.teachers_of_group
    for name in limit.ids or everybody:
        lessons = _lessons(problem, limit.on, name)
        if limit.tags:
            lessons = tuple(x for x in lessons if _counts(limit, x))
        if lessons:
            members = _members(problem, limit.on, name)
            yield Person(limit.on, name, lessons, frozenset(members))


def meetings(timetable: Timetable, limit: Limit, person: Person) -> list[Meeting]:
    """The person's placed lessons that count."""
    found: dict[str, Meeting] = {}
    if limit.on is LimitOn.CLASS:
        own = timetable.by_class[person.person_id]
        found = {
            m.lesson.lesson_id: m for m in own if not m.lesson.requirement.is_partial
        }
    else:
        for name in sorted(person.members):
            found |= {m.lesson.lesson_id: m for m in timetable.by_teacher[name]}
    return [m for m in found.values() if _counts(limit, m.lesson)]


def _lessons(problem: Problem, on: LimitOn, name: str) -> tuple[Lesson, ...]:
    if on is LimitOn.CLASS:
        return problem.whole_lessons_of_class[name]
    if on is LimitOn.TEACHER:
        return given(problem, name)
    members = problem.teachers_of_group.get(name, ())
    return tuple(dict.fromkeys(x for t in members for x in given(problem, t)))


def _members(problem: Problem, on: LimitOn, name: str) -> tuple[str, ...]:
    return problem.teachers_of_group[name] if on is LimitOn.GROUP else (name,)


def _counts(limit: Limit, lesson: Lesson) -> bool:
    tags = lesson.requirement.tags
    return not limit.tags or any(tag in tags for tag in limit.tags)


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows of a person's bells on one day: usable lessons, all lessons, dividing ones.

    Usable is what no hard row of unavailable.csv takes away. Dividing are all rows
    but breaks; one of them between two lessons parts them.
    """

    usable: tuple[Row, ...]
    lessons: tuple[Row, ...]
    dividing: tuple[Row, ...]


View = tuple[tuple[Row, ...], Callable[[Meeting], int]]
"""Rows of a day on which a person's lessons may lie, and the bits a meeting takes."""


class Calendar:
    """Frames and views of people's days, each worked out once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._bells: dict[tuple[LimitOn, str], tuple[Bell, ...]] = {}
        self._frames: dict[tuple[LimitOn, str, int, int], Frame] = {}
        # By the lessons' identity, which the person of the entry keeps alive.
        self._views: dict[tuple[int, str, int, int], tuple[Person, View]] = {}

    def days(self, person: Person) -> tuple[int, ...]:
        """Weekdays on which the person's lessons may lie."""
        bells = {self.problem.bell_of(x.requirement).bell_id for x in person.lessons}
        found = {day for name in bells for day in self.problem.bell[name].days}
        return tuple(sorted(found))

    def frame(self, person: Person, day: int, layer: int) -> Frame:
        """Rows of one day in one week."""
        key = (person.on, person.person_id, day, layer)
        if key not in self._frames:
            self._frames[key] = self._frame(*key)
        return self._frames[key]

    def view(self, person: Person, day: int, layer: int) -> View:
        """Rows and bits of one day in one week; limits on the same lessons share it."""
        key = (id(person.lessons), person.resource, day, layer)
        if key not in self._views:
            rows = possible_rows(self.problem, person.lessons, day)
            view = (rows, InWeek(_mask(person.whom, rows, day), layer))
            self._views[key] = person, view
        return self._views[key][1]

    def _frame(self, on: LimitOn, name: str, day: int, layer: int) -> Frame:
        rows = [row for bell in self._bells_of(on, name) for row in bell.on(day)]
        lessons = [row for row in rows if row.kind is RowKind.LESSON]
        kind = ResourceKind(on.value)
        closed = [
            u
            for u in self.problem.unavailability_of.get((kind, name), ())
            if u.level is Level.HARD and u.day == day and layer in u.week.layers
        ]
        usable = [row for row in lessons if not any(_takes(u, row) for u in closed)]
        dividing = [row for row in rows if row.kind is not RowKind.BREAK]
        return Frame(_times(usable), _times(lessons), _times(dividing))

    def _bells_of(self, on: LimitOn, name: str) -> tuple[Bell, ...]:
        """A class's own bell; of a teacher the bells of the classes taught."""
        key = (on, name)
        if key not in self._bells:
            problem = self.problem
            taught = (x.requirement for x in _lessons(problem, on, name))
            ids = [problem.bell_of(r).bell_id for r in taught]
            if on is LimitOn.CLASS:
                ids = [problem.class_group[name].bell_id]
            self._bells[key] = tuple(problem.bell[x] for x in dict.fromkeys(ids))
        return self._bells[key]


@lru_cache(maxsize=8192)
def _mask(whom: Whom, rows: tuple[Row, ...], day: int) -> Callable[[Meeting], int]:
    """Bits of the rows that a meeting takes on a day; limits share the function."""
    bits = {row: 1 << k for k, row in enumerate(rows)}
    attends = attendance(*whom)

    def mask(meeting: Meeting) -> int:
        if meeting.day != day or not attends(meeting):
            return 0
        return sum([bits[row] for row in taken(meeting)])

    return mask


def _takes(row: Unavailability, period: Period) -> bool:
    """Whether an unavailable time of this day covers a bell row or part of it."""
    if row.period is not None:
        return row.period == period.number
    if row.start is not None and row.end is not None:
        return overlap(row.start, row.end, period.start, period.end)
    return True


def _times(rows: list[Period]) -> tuple[Row, ...]:
    return tuple(sorted({(row.start, row.end) for row in rows}))
