"""Not too many classes on the stairs at one bell."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.counting import excess_table
from scheduler.constraints.primitives import PatternCost, PatternSumCost, Primitive
from scheduler.constraints.uses import ONE_ROW, is_used
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson
from scheduler.model.resources import ClassGroup, Level
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, LESSON_ROWS, RowKind, format_clock
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class LimitMovesAtOnce(Constraint):
    """No more classes of a school than may change place at one bell.

    A class is on the move at the start of a lesson row when it goes to a lesson
    elsewhere than in its own room, or comes from one with only breaks between; both at
    once count once, also where both are at one place. Activities on other rows and
    what only some pupils attend are left out, and the way home. ``classes_at_most``
    is the ceiling, 0 means none. Amount: classes beyond it at each bell, over both
    weeks. Level: soft. Source: 上下楼梯错峰 (issue of crowds on stairs).
    """

    title: ClassVar[Text] = Text("同铃换场地不拥挤", "Limit moves at one bell")
    fault: ClassVar[Text] = Text("同一时刻换场地的班过多", "Too many moves at one bell")
    needs: ClassVar[tuple[str, ...]] = ("classes_at_most",)
    level: Level = Level.SOFT
    weight: int = 3
    classes_at_most: int = 0

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each school, week and bell with too many classes on the move."""
        for crowd in crowds_on_the_move(timetable) if self.classes_at_most else ():
            n = len(crowd.class_ids)
            if n > self.classes_at_most:
                yield Violation(
                    n - self.classes_at_most,
                    crowd.lesson_ids,
                    (crowd.school_id,),
                    crowd.day,
                    crowd.minute,
                    layer=crowd.layer,
                    numbers=(n, self.classes_at_most),
                )

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """For each school, week and bell, how many of its classes are on the move."""
        if not self.classes_at_most:
            return
        table = excess_table(self.classes_at_most)
        for school in problem.schools:
            movers = _movers(problem, school.school_id)
            for layer, bell in product(
                LAYERS, sorted({b for m in movers for b in m.rings})
            ):
                classes = tuple(m.at(bell, layer) for m in movers if bell in m.rings)
                if len(classes) > self.classes_at_most:
                    yield PatternSumCost(school.school_id, classes, table)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the school, the bell, the classes on the move and the ceiling."""
        school = problem.school[violation.resource_ids[0]].name
        time = describe.when(violation.day, None, None, violation.layer)
        clock = format_clock(violation.start or 0)
        n, most = violation.numbers
        return Text(
            f"{school}{time.zh}{clock}有{n}个班同时换场地，最多{most}个班。",
            f"{n} classes of {school} change place on {time.en} at {clock}, at most "
            f"{most} should.",
        )


@dataclass(frozen=True, slots=True)
class Crowd:
    """Classes of a school on the move at one bell of one week, and their lessons."""

    school_id: str
    layer: int
    day: int
    minute: int
    class_ids: tuple[str, ...]
    lesson_ids: tuple[str, ...]


def crowds_on_the_move(timetable: Timetable) -> Iterator[Crowd]:
    """Every bell at which a class is on the move, school by school in order of time."""
    problem = timetable.problem
    found: dict[tuple[str, int, int, int], list[tuple[str, str]]] = defaultdict(list)
    for group in problem.classes:
        rings = _rings(problem, group)
        for meeting in timetable.by_class[group.class_id]:
            for ring in rings if _is_lesson(meeting.lesson) else ():
                if ring.moves(meeting):
                    named = group.class_id, meeting.lesson.lesson_id
                    for layer in meeting.layers:
                        found[group.school_id, layer, ring.day, ring.minute] += [named]
    for key in sorted(found):
        classes, lessons = zip(*found[key], strict=True)
        yield Crowd(*key, tuple(dict.fromkeys(classes)), tuple(dict.fromkeys(lessons)))


@dataclass(frozen=True, slots=True)
class _Ring:
    """A lesson row's bell: who comes to it from a lesson that ended after ``since``.

    ``since`` is the start of the last row before it that is no break.
    """

    day: int
    since: int
    minute: int

    def moves(self, meeting: Meeting) -> bool:
        """Whether the meeting puts its classes on the move at this bell."""
        if meeting.day != self.day or meeting.layout is None:
            return False
        return meeting.start == self.minute or self.since < meeting.end <= self.minute


def _rings(problem: Problem, group: ClassGroup) -> tuple[_Ring, ...]:
    """Bells of a class's lesson rows, in order of time."""
    bell, found = problem.bell[group.bell_id], []
    for day in bell.days:
        since = -1
        for row in bell.on(day):
            if row.kind is RowKind.LESSON:
                found.append(_Ring(day, since, row.start))
            if row.kind is not RowKind.BREAK:
                since = row.start
    return tuple(found)


def _is_lesson(lesson: Lesson) -> bool:
    """Whether it is for the whole class, on lesson rows."""
    return lesson.requirement.rows == LESSON_ROWS and not lesson.requirement.is_partial


@dataclass(frozen=True)
class _Mover:
    """A class and those of its lessons that may be elsewhere than in its room."""

    class_id: str
    rings: dict[tuple[int, int], _Ring]
    lessons: tuple[Lesson, ...]
    by_layout: bool

    def at(self, bell: tuple[int, int], layer: int) -> PatternCost:
        """Whether the class is on the move at a bell of one week."""
        ring = self.rings[bell]

        def mask(meeting: Meeting) -> int:
            return int(layer in meeting.layers and ring.moves(meeting))

        return PatternCost(
            *(self.class_id, self.lessons, ONE_ROW, mask, is_used, ring.day),
            clash_rule="",
            by_layout=self.by_layout,
        )


def _movers(problem: Problem, school_id: str) -> list[_Mover]:
    """Classes of a school that may have a lesson elsewhere."""
    found = []
    for group in problem.classes:
        places = {
            x: problem.allowed_layouts(x.requirement)
            for x in problem.lessons_of_class[group.class_id]
            if _is_lesson(x)
        }
        away = tuple(x for x, names in places.items() if set(names) != {HOME})
        if away and group.school_id == school_id:
            rings = {(r.day, r.minute): r for r in _rings(problem, group)}
            by_layout = any(HOME in places[x] for x in away)
            found.append(_Mover(group.class_id, rings, away, by_layout))
    return found
