"""Escorts: adults who are free for the lesson and its walks."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.escorting import AT_LEAST, escorts_named, escorts_needed
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import Level
from scheduler.model.settings import parameters_of
from scheduler.model.text import Text
from scheduler.model.times import format_clock, overlap

_RULE = "BringEscorts"
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


def too_few_escorts(draft: Draft) -> Iterator[DataError]:
    """Where rules.toml demands escorts, those who have to go out name them."""
    problem = draft.problem
    setting = next((s for s in problem.rules if s.name == _RULE), None)
    is_hard = setting and setting.level is Level.HARD and setting.enabled is not False
    at_least = parameters_of(problem.rules, _RULE).get("at_least", AT_LEAST)
    known = isinstance(at_least, int)  # else that is the fault
    if not is_hard or not known or draft.partial & {"agreements", "classes", "layouts"}:
        return
    for row in draft.rows["requirements"]:
        names = problem.allowed_layouts(row.item)
        least = min(_adults(problem, row.item, name, at_least) for name in names)
        named = escorts_named(row.item)
        if named < least:
            yield row.fault(
                "escort_ids",
                f"只指定了{named}位随行的大人，所去场地的协议至少要{least}位",
                f"names {named} of the {least} adults beside the teacher whom the "
                "agreements ask for",
                Text("请指定随行教师。", "Maybe name who goes along?"),
            )


def _adults(
    problem: Problem, requirement: Requirement, layout_id: str, at_least: int
) -> int:
    """Adults needed on a layout under the agreement that asks for fewest; 0 at home."""
    if layout_id == HOME:
        return 0
    layout, found = problem.layout[layout_id], 0
    for school, classes in problem.classes_by_school(requirement.class_ids).items():
        here = problem.agreements_at.get((school, layout.venue_id), ())
        given = [a for a in here if a.opens(layout)]
        if given and problem.venue[layout.venue_id].owner != school:
            found += min(
                escorts_needed(problem, requirement, agreement, classes, at_least)
                for agreement in given
            )
    return found


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
