"""Kinds on the first or last lesson of a class's or teacher's day."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Violation
from scheduler.constraints.counting import on_day
from scheduler.constraints.day_rows import given
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.constraints.rules.relations.kind import Breach, Kind, Row
from scheduler.constraints.rules.relations.pairs import Event, PairAmount, weighted
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation, RelationKind
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

NAMED, OTHER = 0, 1
"""What an event carries after the clock: whether the row names its lesson."""


def ends(a: Event, b: Event) -> int:
    """1 where one follows the other, which should be the last."""
    return int(_follows(a, b) or _follows(b, a))


def begins(a: Event, b: Event) -> int:
    """1 where one precedes the other, which should be the first."""
    return int(_precedes(a, b) or _precedes(b, a))


def _follows(last: Event, other: Event) -> bool:
    return last[3] == NAMED and last[0] == other[0] and bool(other[1] >= last[2])


def _precedes(first: Event, other: Event) -> bool:
    return first[3] == NAMED and first[0] == other[0] and bool(other[2] <= first[1])


class EndKind(Kind):
    """The lessons are at one end of the day of everybody in them."""

    ends: ClassVar[bool]

    @abstractmethod
    def people(self, row: Row) -> dict[str, tuple[Lesson, ...]]:
        """Classes or teachers of the lessons, and all lessons of each."""

    @abstractmethod
    def meetings(self, timetable: Timetable, name: str) -> tuple[Meeting, ...]:
        """All meetings of one of them."""

    @abstractmethod
    def attends(self, meeting: Meeting, name: str) -> bool:
        """Tell whether one of them is in a meeting."""

    @abstractmethod
    def name(self, problem: Problem, person_id: str) -> Text:
        """A class or teacher in a sentence."""

    def breaches(self, row: Row, timetable: Timetable) -> Iterator[Breach]:
        """One for each lesson, person and week with others beyond it that day."""
        named = {x.lesson_id for x in row.lessons}
        for name in self.people(row):
            there = self.meetings(timetable, name)
            for own in (m for m in there if m.lesson.lesson_id in named):
                for layer in own.layers:
                    beyond = [
                        m
                        for m in there
                        if on_day(m, own.day, layer) and self._beyond(own, m)
                    ]
                    if beyond:
                        yield Breach(
                            *(len(beyond), (own, *beyond), layer, len(beyond)),
                            *(own.day, (name,)),
                        )

    def _beyond(self, own: Meeting, other: Meeting) -> bool:
        return other.start >= own.end if self.ends else other.end <= own.start

    def primitives(self, row: Row) -> Iterator[Primitive]:
        """One pair cost for each person."""
        named = {x.lesson_id for x in row.lessons}
        of: PairAmount = weighted(ends if self.ends else begins, row.weight)
        for name, lessons in self.people(row).items():
            own = tuple(x for x in lessons if x.lesson_id in named)
            others = tuple(x for x in lessons if x.lesson_id not in named)
            event = self._event(frozenset(named), name)
            yield PairCost(lessons, event, of, (own, others))

    def _event(
        self, named: frozenset[str], name: str
    ) -> Callable[[Meeting], Event | None]:
        def event(meeting: Meeting) -> Event | None:
            if not self.attends(meeting, name):
                return None
            role = NAMED if meeting.lesson.lesson_id in named else OTHER
            return (meeting.day, meeting.start, meeting.end, role)

        return event

    def named(self, lesson_ids: tuple[str, ...]) -> tuple[str, ...]:
        """The lesson at whose side others are."""
        return lesson_ids[:1]

    def sentence(self, problem: Problem, row: Relation, breach: Violation) -> Text:
        """Who has how many lessons beyond."""
        who = self.name(problem, breach.resource_ids[1])
        (count,) = breach.numbers
        if self.ends:
            return Text(
                f"之后，{who.zh}当天还有{count}节课",
                f"should end the day, but {who.en} has {count} lesson(s) after it",
            )
        return Text(
            f"之前，{who.zh}当天已有{count}节课",
            f"should begin the day, but {who.en} has {count} lesson(s) before it",
        )


class ClassEndKind(EndKind):
    """Of classes."""

    def people(self, row: Row) -> dict[str, tuple[Lesson, ...]]:
        """Classes of the lessons."""
        names = [name for x in row.lessons for name in x.requirement.class_ids]
        return {name: row.problem.lessons_of_class[name] for name in names}

    def meetings(self, timetable: Timetable, name: str) -> tuple[Meeting, ...]:
        """Meetings of a class."""
        return timetable.by_class[name]

    def attends(self, meeting: Meeting, name: str) -> bool:
        """A class is in all its lessons."""
        return name in meeting.class_ids

    def name(self, problem: Problem, person_id: str) -> Text:
        """The class's name."""
        return describe.same(problem.class_name[person_id])


class TeacherEndKind(EndKind):
    """Of teachers; escorts are not looked at."""

    def people(self, row: Row) -> dict[str, tuple[Lesson, ...]]:
        """Teachers who give the lessons or may give them."""
        names = [
            name
            for x in row.lessons
            for name in x.requirement.teacher_ids + x.requirement.teacher_pool
        ]
        return {name: given(row.problem, name) for name in dict.fromkeys(names)}

    def meetings(self, timetable: Timetable, name: str) -> tuple[Meeting, ...]:
        """Meetings that a teacher gives."""
        return timetable.by_teacher[name]

    def attends(self, meeting: Meeting, name: str) -> bool:
        """Of a pool one teacher only."""
        return name in meeting.teacher_ids

    def name(self, problem: Problem, person_id: str) -> Text:
        """The teacher's name."""
        name = describe.teacher(problem, person_id)
        return Text(f"教师{name}", name)


class EndsDay(ClassEndKind):
    """Each of the lessons is the last of the day for its classes.

    Amount: lessons of each class after it that day.
    """

    kind: ClassVar[RelationKind] = RelationKind.ENDS_DAY
    asks: ClassVar[Text] = Text("在班级一天的最后", "last of the classes' day")
    ends: ClassVar[bool] = True


class BeginsDay(ClassEndKind):
    """Each of the lessons is the first of the day for its classes.

    Amount: lessons of each class before it that day.
    """

    kind: ClassVar[RelationKind] = RelationKind.BEGINS_DAY
    asks: ClassVar[Text] = Text("在班级一天的最先", "first of the classes' day")
    ends: ClassVar[bool] = False


class EndsTeacherDay(TeacherEndKind):
    """Each of the lessons is the last of the day for its teachers.

    Amount: lessons of each teacher after it that day.
    """

    kind: ClassVar[RelationKind] = RelationKind.ENDS_TEACHER_DAY
    asks: ClassVar[Text] = Text("在教师一天的最后", "last of the teachers' day")
    ends: ClassVar[bool] = True


class BeginsTeacherDay(TeacherEndKind):
    """Each of the lessons is the first of the day for its teachers.

    Amount: lessons of each teacher before it that day.
    """

    kind: ClassVar[RelationKind] = RelationKind.BEGINS_TEACHER_DAY
    asks: ClassVar[Text] = Text("在教师一天的最先", "first of the teachers' day")
    ends: ClassVar[bool] = False
