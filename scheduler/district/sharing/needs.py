"""Needs of a part: lessons that may go to contested venues, and how many must.

What a school's own places hold at the times they are open is taken off; the rest is
what it lacks.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.district.parts import Part
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.resources import Level
from scheduler.model.times import LAYERS, LESSON_ROWS, Period, RowKinds, overlap
from scheduler.model.venues import Layout


@dataclass(frozen=True, eq=False)
class Group:
    """Lessons alike: same school, same bell and kinds of rows, same contested layouts.

    ``lessons`` are periods of the fuller week, ``a_day`` the most of them on one day,
    ``spare`` rows that walks may cover in the weeks of their classes, ``at_once`` the
    most of them at one time, for there are only so many teachers.
    """

    school_id: str
    bell_id: str
    kinds: RowKinds
    layouts: frozenset[str]
    requirements: tuple[Requirement, ...]
    lessons: int
    a_day: int
    spare: int
    pupils: int
    at_once: int


@dataclass(frozen=True)
class Need:
    """What one part needs of contested venues: its groups, and how much it lacks.

    ``by_day`` are lessons lacking on a weekday, for a class with a lesson for every
    day has one each day; ``rest`` may be on any day.
    """

    part: Part
    groups: tuple[Group, ...]
    by_day: Mapping[int, int]
    rest: int

    @property
    def lacking(self) -> int:
        """Lessons a week that its own places do not hold."""
        return sum(self.by_day.values()) + self.rest


def need_of(part: Part, contested: Iterable[str]) -> Need:
    """The need of a part, worked out with its own places."""
    problem = part.problem
    shared = {x.layout_id for x in problem.layouts if x.venue_id in set(contested)}
    kinds: dict[tuple[object, ...], list[Requirement]] = defaultdict(list)
    for requirement in problem.requirements:
        allowed = problem.allowed_layouts(requirement)
        wanted = shared.intersection(allowed)
        if wanted and HOME not in allowed:
            bell = problem.bell_of(requirement).bell_id
            school = problem.schools_of(requirement)[0]
            key = (school, bell, requirement.rows, frozenset(wanted))
            kinds[key].append(requirement)
    groups = tuple(
        _group(problem, key, tuple(found))  # type: ignore[arg-type]
        for key, found in kinds.items()
    )
    return Need(part, groups, *_lacking(problem, groups, shared))


def periods(requirement: Requirement) -> int:
    """Periods of a requirement in its fuller week."""
    total = sum(
        Fraction(x.length * x.layers_met, len(LAYERS)) for x in requirement.lessons
    )
    return math.ceil(total)


def _group(
    problem: Problem,
    key: tuple[str, str, RowKinds, frozenset[str]],
    requirements: tuple[Requirement, ...],
) -> Group:
    school_id, bell_id, kinds, layouts = key
    days = max(1, len(problem.bell[bell_id].school_days))
    lessons = sum(periods(r) * r.classes_counted for r in requirements)
    classes = dict.fromkeys(c for r in requirements for c in r.class_ids)
    a_day = sum(
        -(-sum(periods(r) for r in requirements if c in r.class_ids) // days)
        for c in classes
    )
    return Group(
        school_id,
        bell_id,
        kinds,
        layouts,
        requirements,
        lessons,
        a_day,
        sum(_spare(problem, c) for c in classes),
        max(problem.pupils_in(r) for r in requirements),
        min(len(classes), _teachers(requirements) or len(classes)),
    )


def _teachers(requirements: tuple[Requirement, ...]) -> int:
    """How many teachers these lessons have; 0 where some need none."""
    if any(r.no_teacher for r in requirements):
        return 0
    return len({t for r in requirements for t in r.teacher_ids[:1] or r.teacher_pool})


def _spare(problem: Problem, class_id: str) -> int:
    """Lesson rows of a class's week that no lesson of it needs."""
    bell = problem.bell[problem.class_group[class_id].bell_id]
    lessons = problem.lessons_of_class[class_id]
    taken = sum(
        periods(r)
        for r in dict.fromkeys(x.requirement for x in lessons)
        if r.rows == LESSON_ROWS
    )
    rows = sum(1 for p in bell.periods if p.kind in LESSON_ROWS)
    return max(0, rows - taken)


def _lacking(
    problem: Problem, groups: tuple[Group, ...], shared: set[str]
) -> tuple[dict[int, int], int]:
    """Lessons that the part's own places do not hold: by day, and on any day."""
    own, lessons = _own_layouts(problem, groups, shared)
    held = _held(problem, groups, tuple(own.values()))
    daily: Counter[bool] = Counter()
    rest: Counter[bool] = Counter()
    for class_id, (count, has_own) in lessons.items():
        bell = problem.bell[problem.class_group[class_id].bell_id]
        days = len(bell.school_days)
        daily[has_own] += count >= days
        rest[has_own] += count - days * (count >= days)
    by_day = {
        day: daily[False] + max(0, daily[True] - places) for day, places in held.items()
    }
    spare = sum(max(0, places - daily[True]) for places in held.values())
    return by_day, rest[False] + max(0, rest[True] - spare)


def _own_layouts(
    problem: Problem, groups: tuple[Group, ...], shared: set[str]
) -> tuple[dict[str, Layout], dict[str, tuple[int, bool]]]:
    """The part's other places; by class its lessons, and whether they may be there."""
    own: dict[str, Layout] = {}
    lessons: dict[str, tuple[int, bool]] = {}
    for requirement in (r for g in groups for r in g.requirements):
        others = set(problem.allowed_layouts(requirement)) - shared - {HOME}
        own |= {name: problem.layout[name] for name in others}
        for class_id in requirement.class_ids[: requirement.classes_counted]:
            count, has_own = lessons.get(class_id, (0, False))
            more = count + periods(requirement)
            lessons[class_id] = more, has_own or bool(others)
    return own, lessons


def _held(
    problem: Problem, groups: tuple[Group, ...], own: tuple[Layout, ...]
) -> dict[int, int]:
    """Lessons that the part's own places hold, by day of its bells."""
    rows: dict[tuple[int, int, int], Period] = {}
    for group in groups:
        for row in problem.bell[group.bell_id].periods:
            if row.kind in group.kinds:
                rows[row.day, row.start, row.end] = row
    at_once, a_day = sum(g.at_once for g in groups), sum(g.a_day for g in groups)
    held: Counter[int] = Counter({row.day: 0 for row in rows.values()})
    for row in rows.values():
        held[row.day] += min(at_once, _places(problem, own, row))
    return {day: min(count, a_day) for day, count in sorted(held.items())}


def _places(problem: Problem, layouts: tuple[Layout, ...], row: Period) -> int:
    """Classes that these layouts hold at once during a row; small layouts first."""
    left = {z: problem.zone[z].max_classes for x in layouts for z in x.zones}
    total = 0
    for layout in sorted(layouts, key=lambda x: (len(x.zones), -x.max_classes)):
        room = _allowed(problem, layout, row)
        count = min([room, *(left[z] for z in layout.zones)])
        total += count
        for zone in layout.zones:
            left[zone] -= count
    return total


def _allowed(problem: Problem, layout: Layout, row: Period) -> int:
    """Classes that may use a layout during a row: it is open, and agreed."""
    if is_closed(problem, layout, row.day, row.start, row.end):
        return 0
    venue = problem.venue[layout.venue_id]
    schools = {c.school_id for c in problem.classes}
    if venue.owner in schools:
        return layout.max_classes
    return min(layout.max_classes, sum(_agreed(problem, layout, row)))


def _agreed(problem: Problem, layout: Layout, row: Period) -> Iterator[int]:
    for agreement in problem.agreements:
        inside = agreement.start <= row.start and row.end <= agreement.end
        same = (agreement.venue_id, agreement.day) == (layout.venue_id, row.day)
        if same and inside and agreement.opens(layout):
            yield agreement.max_classes


def is_closed(problem: Problem, layout: Layout, day: int, start: int, end: int) -> bool:
    """Whether the venue or a zone of a layout is closed at some moment, in any week."""
    names = {("venue", layout.venue_id), *(("zone", z) for z in layout.zones)}
    _, table = problem.unavailable_on[Level.HARD].get(day, (frozenset(), {}))
    for key in names & set(table):
        for row in table[key]:
            if row.start is None or row.end is None:
                return True
            if overlap(start, end, row.start, row.end):
                return True
    return False
