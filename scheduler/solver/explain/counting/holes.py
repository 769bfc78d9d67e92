"""Holes in a class's day that no timetable avoids, by counting rows and lessons."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import PatternCost
from scheduler.constraints.rules.fill_class_days import FillClassDays, apart
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, every_week, lesson_ids
from scheduler.solver.options import LessonGroup


@dataclass(frozen=True, slots=True)
class _End:
    """A day whose last taken row is a certain one.

    ``rows`` up to it are open, of all up to it lessons can take ``usable``; ``dead``
    are open and none can take them.
    """

    rows: int
    usable: int
    dead: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a lesson at one of its times takes of a class's week: bits of the rows of a
    day that it leaves no time for, and how many rows it lies on."""

    day: int
    mask: int
    rows: int


_Lessons = tuple[int, tuple[_Taken, ...]]
"""How many alike lessons, and what each may take."""


def unavoidable_holes(view: HardView) -> Iterator[Statement]:
    """Classes with more holes in a week than are allowed, whatever is placed where."""
    rule = next((r for r in view.rules if isinstance(r, FillClassDays)), None)
    if rule is None:
        return
    for class_id, least in _least_by_class(view).items():
        if least > rule.allowed:
            yield _statement(view, class_id, least, rule.allowed)


def least_allowed(problem: Problem) -> int:
    """Holes of a class and week that every timetable has at the least, proven.

    Raises:
        InputError: the rule settings are wrong.
    """
    return max(_least_by_class(HardView.in_force(problem)).values(), default=0)


def _least_by_class(view: HardView) -> dict[str, int]:
    if not view.places_all:
        return {}
    found: dict[str, int] = {}
    for group in view.problem.classes:
        weeks = [FillClassDays.of_class(view.problem, group, x) for x in LAYERS]
        if not any(weeks):
            continue
        lessons = view.groups(view.problem.lessons_of_class[group.class_id])
        groups = _by_time(lessons, group.class_id)
        tables = [tuple(term.table for term in terms) for terms in weeks]
        alike = every_week(groups) and len(set(tables)) == 1
        found[group.class_id] = max(
            _least(view, group, groups, terms, layer)
            for layer, terms in enumerate(weeks[:1] if alike else weeks)
        )
    return found


def _least(
    view: HardView,
    group: ClassGroup,
    groups: tuple[LessonGroup, ...],
    terms: tuple[PatternCost, ...],
    layer: int,
) -> int:
    """The fewest holes of a class in a week.

    For each day the last taken row is chosen. Rows up to it that no lesson can take are
    holes; so are those for which there are no lessons left. All choices are tried, by
    the rows that they open to lessons and the rows that they ask to be taken.
    """
    lessons = _taken(groups, group.class_id, terms, layer)
    most = sum(n * max(x.mask.bit_count() for x in taken) for n, taken in lessons)
    must = _must(view, group, lessons, terms)
    states = {(0, 0): 0}
    for term in terms:
        following: dict[tuple[int, int], int] = {}
        ends = _ends(lessons, term)
        for end, ((rows, usable), dead) in product(ends, states.items()):
            key = rows + end.rows, min(must, usable + end.usable)
            more = dead + end.dead
            following[key] = min(more, following.get(key, more))
        states = following
    return min(
        (max(dead, rows - most) for (rows, ok), dead in states.items() if ok >= must),
        default=0,
    )


def _by_time(groups: tuple[LessonGroup, ...], class_id: str) -> tuple[LessonGroup, ...]:
    """Groups with one of the options that take the same time of the class."""
    return tuple(
        replace(
            g,
            options=tuple(
                {
                    (m.day, m.layers, m.class_busy(class_id)): m for m in g.options
                }.values()
            ),
        )
        for g in groups
    )


def _taken(
    groups: tuple[LessonGroup, ...],
    class_id: str,
    terms: tuple[PatternCost, ...],
    layer: int,
) -> tuple[_Lessons, ...]:
    """What the lessons may take in a week; asked once for each time of the class."""
    term_of = {term.day: term for term in terms}
    masks: dict[Hashable, int] = {}

    def taken(meeting: Meeting) -> _Taken:
        term, busy = term_of.get(meeting.day), meeting.class_busy(class_id)
        key = (meeting.day, meeting.layers, busy)
        if key not in masks:
            masks[key] = term.mask(meeting) if term else 0
        rows = len(meeting.rows) if layer in meeting.layers else 0
        return _Taken(meeting.day, masks[key], rows)

    return tuple((g.count, tuple(map(taken, g.options))) for g in groups)


def _must(
    view: HardView,
    group: ClassGroup,
    lessons: tuple[_Lessons, ...],
    terms: tuple[PatternCost, ...],
) -> int:
    """Rows of a week that lessons take at the least; 0 where they may share rows."""
    days = [t.day for t in terms if t.day is not None]
    if not view.caps(Capped.CLASS):
        return 0
    if not all(apart(view.problem, group, day) for day in days):
        return 0
    return sum(n * min(x.rows if x.mask else 0 for x in taken) for n, taken in lessons)


def _ends(lessons: tuple[_Lessons, ...], term: PatternCost) -> list[_End]:
    """The last rows that a day may have, none at all included."""
    reached, earliest = 0, 0
    for _, taken in lessons:
        here = [x.mask for x in taken if x.day == term.day]
        for mask in here:
            reached |= mask
        if len(here) == len(taken):
            earliest = max(earliest, min(m.bit_length() for m in here))
    ends = [_End(0, 0, 0)] if not earliest else []
    for last in range(max(1, earliest), reached.bit_length() + 1):
        if reached >> (last - 1) & 1:
            usable = reached & ((1 << last) - 1)
            asked = term.table(1 << (last - 1)) + 1
            ends.append(_End(asked, usable.bit_count(), term.table(usable)))
    return ends


def _statement(view: HardView, class_id: str, least: int, allowed: int) -> Statement:
    groups = view.groups(view.problem.lessons_of_class[class_id])
    name = view.problem.class_name[class_id]
    limit = Text(f"，只允许{allowed}节", f" but may have {allowed}")
    if not allowed:
        limit = Text("，而中间不允许空节", " but may have none")
    return Statement(
        Kind.HOLES,
        Text(
            f"{name}无论怎么排，一周中间至少空{least}节{limit.zh}："
            "有的时段没有课可排，而后面的时段必须有课。",
            f"{name} has at least {least} empty period(s) between its lessons in a "
            f"week{limit.en}: no lesson can fill them, and later ones must be taken.",
        ),
        Text(
            "请为空着的时段开放一门课、把固定在后面的课前移，"
            "或在【不可用时间】表中注明这些时段该班不上课。",
            "Let a lesson take place then, fix later lessons earlier, or mark these "
            "periods as closed to the class in unavailable.csv.",
        ),
        (class_id,),
        lesson_ids(groups),
        least,
        allowed,
    )
