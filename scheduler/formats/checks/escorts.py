"""Escorts: adults who are free for the lesson and its walks."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text
from scheduler.model.times import format_clock, overlap

_ANOTHER = Text("请换一位随行教师。", "Maybe another adult can go along?")


def teaching_escorts(draft: Draft) -> Iterator[DataError]:
    """Nobody goes along to a lesson that he or she gives."""
    for row in draft.rows["requirements"]:
        given = (*row.item.teacher_ids, *_only(row.item.teacher_pool))
        for name in row.item.escort_ids:
            if name in given:
                yield row.fault(
                    "escort_ids",
                    "自己上这节课，不能再算一位随行教师",
                    "gives this very lesson and is no adult more for it",
                    _ANOTHER,
                    name,
                )


def _only(pool: tuple[str, ...]) -> tuple[str, ...]:
    return pool if len(pool) == 1 else ()


def busy_escorts(draft: Draft) -> Iterator[DataError]:
    """A fixed lesson's escort has no other fixed lesson then, its walks included."""
    problem = draft.problem
    placed = [
        (row, meeting)
        for row in draft.rows["fixed"]
        if (meeting := _meeting(problem, row)) is not None
    ]
    for (first, one), (second, two) in combinations(placed, 2):
        for row, meeting, other in ((first, one, two), (second, two, one)):
            escorts = set(meeting.lesson.requirement.escort_ids)
            taught = other.lesson.requirement
            present = {*taught.teacher_ids, *taught.escort_ids}
            for name in sorted(escorts & present):
                if _at_once(meeting, other):
                    yield _busy(row, name, other)
                    break
            else:
                continue
            break


def _meeting(problem: Problem, row: Located) -> Meeting | None:
    """A fixed lesson by the clock; None where its row has a fault of its own."""
    item = row.item
    requirement = problem.requirement[item.requirement_id]
    lessons = requirement.lessons
    if item.index > len(lessons):
        return None
    lesson = lessons[item.index - 1]
    if problem.bell_of(requirement).find(item.day, item.period) is None:
        return None
    week = item.week or lesson.weeks[0]
    layout_id = item.layout_id or HOME
    placement = Placement(week, item.day, item.period, layout_id, (), lesson.length)
    return Meeting.of(problem, lesson, placement)


def _at_once(a: Meeting, b: Meeting) -> bool:
    same = a.day == b.day and set(a.layers) & set(b.layers)
    return bool(same) and overlap(*a.adult_busy, *b.adult_busy)


def _busy(row: Located, name: str, other: Meeting) -> DataError:
    clock = f"{format_clock(other.start)}–{format_clock(other.end)}"
    lesson_id = other.lesson.lesson_id
    return row.fault(
        "requirement_id",
        f"的随行教师 {name} 此时有固定课 {lesson_id}（{clock}，含步行）",
        f"has the escort {name}, who has the fixed lesson {lesson_id} then ({clock}, "
        "walks included)",
        _ANOTHER,
    )
