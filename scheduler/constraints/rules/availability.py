"""When teachers, classes, venues and zones cannot, or would rather not, be used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import Cause, Portion, SingleLessonRule, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.resources import (
    Level,
    ResourceKind,
    Unavailability,
    UnavailableDay,
)
from scheduler.model.text import Text
from scheduler.model.times import overlap


class RespectAvailability(SingleLessonRule):
    """No lesson when its teacher, escort, class, venue or zone is unavailable.

    A period of a class means that period of its own bell, whatever the lesson's bell
    calls the time; of anything else the lesson's own period number. Clock times include
    the walks of classes and adults; with neither, the whole day is meant. A row of a
    teaching-research group speaks of each of its teachers. Amount: one for each lesson
    and resource that is unavailable then. Level: hard. Source:
    unavailable.csv.
    """

    title: ClassVar[Text] = Text("不占用不可用时间", "Respect availability")
    fault: ClassVar[Text] = Text("占用了不可用时间", "Taken at unavailable times")
    tells_places: ClassVar[bool] = True

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterable[Violation]:
        """The rows of hard level that the meeting hits, one for each resource."""
        return _hits(problem, meeting, Level.HARD)

    def portion_broken(self, problem: Problem, violation: Violation) -> Portion:
        """Who or what is unavailable."""
        return Portion(self.name, violation.resource_ids[:2])

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """Who or what is unavailable, and when."""
        if not ids:
            return self.title
        name, times = _times_of(problem, ids)
        return Text(f"{name}不可用（{times.zh}）", f"{name} unavailable ({times.en})")

    def cause(self, problem: Problem, violation: Violation, meeting: Meeting) -> Cause:
        """Who or what is unavailable, and when."""
        name, times = _times_of(problem, violation.resource_ids[:2])
        text = Text(
            f"{name}不可用（{times.zh}）", f"{name} is not available ({times.en})"
        )
        return Cause(self.name, violation.resource_ids[1:2], text)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the resource, the time and the reason."""
        return _sentence(problem, violation, Text("不可用", "is not available"))


def _times_of(problem: Problem, ids: tuple[str, ...]) -> tuple[str, Text]:
    kind = ResourceKind(ids[0])
    times = words.closed(problem, kind, ids[1]) or Text("", "")
    return words.resource_name(problem, kind, ids[1]), times


@dataclass(frozen=True)
class RespectWishes(SingleLessonRule):
    """Lessons keep off times marked as unwelcome (``level`` soft).

    Amount: one for each lesson and resource at an unwelcome time. Level: soft.
    Source: unavailable.csv.
    """

    title: ClassVar[Text] = Text("尊重个人意愿", "Respect wishes")
    fault: ClassVar[Text] = Text("没有满足个人意愿", "Wishes not met")
    level: Level = Level.SOFT
    weight: int = 5

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """All where there are wishes."""
        return problem.lessons if problem.unavailable_on[Level.SOFT] else ()

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterable[Violation]:
        """The rows of soft level that the meeting hits, one for each resource."""
        return _hits(problem, meeting, Level.SOFT)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the resource, the time and the reason."""
        return _sentence(problem, violation, Text("不愿安排", "would rather be free"))


def _hits(problem: Problem, meeting: Meeting, level: Level) -> Iterable[Violation]:
    # The names first: most meetings need nothing that has a row on their day.
    names, table = problem.unavailable_on[level].get(meeting.day, _NOTHING)
    if (
        names.isdisjoint(meeting.adult_ids)
        and names.isdisjoint(meeting.class_ids)
        and names.isdisjoint(_places(meeting))
    ):
        return ()
    return _unavailable(meeting, table)


def _unavailable(
    meeting: Meeting, table: dict[tuple[str, str], list[Unavailability]]
) -> Iterator[Violation]:
    for key in _needed(meeting):
        rows = table.get(key)
        if rows is None:
            continue
        span = _minutes(meeting, key)
        hit = next((r for r in rows if _meets(r, meeting, span)), None)
        if hit is not None:
            yield Violation(
                1,
                (meeting.lesson.lesson_id,),
                (hit.kind, hit.resource_id, hit.reason),
                meeting.day,
                meeting.start,
                meeting.end,
            )


_NOTHING: UnavailableDay = (frozenset(), {})
_TEACHER, _CLASS, _VENUE, _ZONE = (
    ResourceKind.TEACHER.value,
    ResourceKind.CLASS.value,
    ResourceKind.VENUE.value,
    ResourceKind.ZONE.value,
)


def _places(meeting: Meeting) -> tuple[str, ...]:
    layout = meeting.layout
    return (layout.venue_id, *layout.zones) if layout else ()


def _needed(meeting: Meeting) -> Iterator[tuple[str, str]]:
    """(kind, id) of all that a meeting needs."""
    for name in meeting.adult_ids:
        yield _TEACHER, name
    for name in meeting.class_ids:
        yield _CLASS, name
    if meeting.layout is not None:
        yield _VENUE, meeting.layout.venue_id
    for name in meeting.zone_ids:
        yield _ZONE, name


def _minutes(meeting: Meeting, key: tuple[str, str]) -> tuple[int, int]:
    """When it needs it, walks of people included."""
    kind, name = key
    if kind == _TEACHER:
        return meeting.adult_busy
    if kind == _CLASS:
        return meeting.class_busy(name)
    return meeting.start, meeting.end


def _meets(row: Unavailability, meeting: Meeting, span: tuple[int, int]) -> bool:
    if not set(row.week.layers) & set(meeting.layers):
        return False
    if row.period is not None:
        return any(p.number == row.period for p in meeting.rows)
    if row.start is not None and row.end is not None:
        return overlap(*span, row.start, row.end)
    return True


def _sentence(problem: Problem, violation: Violation, what: Text) -> Text:
    kind, name, reason = violation.resource_ids
    label = {
        ResourceKind.TEACHER: lambda: describe.teacher(problem, name),
        ResourceKind.CLASS: lambda: problem.class_name[name],
        ResourceKind.VENUE: lambda: problem.venue[name].name,
        ResourceKind.ZONE: lambda: describe.zone(problem, name),
        ResourceKind.GROUP: lambda: name,
    }[ResourceKind(kind)]()
    lesson = describe.lesson(problem, violation.lesson_ids[0])
    time = describe.when(violation.day, violation.start, violation.end)
    why = Text(f"（{reason}）", f" ({reason})") if reason else Text("", "")
    return Text(
        f"{lesson.zh}排在{time.zh}，但{label}此时{what.zh}{why.zh}。",
        f"{lesson.en} is on {time.en}, when {label} {what.en}{why.en}.",
    )
