"""What a new timetable changes of the running one, counted without any model."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from scheduler.model.meeting import Placement
from scheduler.model.requirements import Requirement
from scheduler.model.timetable import Timetable
from scheduler.solver.repair.running import Running, in_order, requirement_id


class ChangeKind(StrEnum):
    """What becomes of a lesson.

    ``changed``: another time, place or teacher, or no place any more. ``added``: it
    was not there before. ``removed``: it no longer is asked for. Only ``changed`` ones
    count towards a budget.
    """

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One lesson before and after; None where it is not there."""

    kind: ChangeKind
    lesson_id: str
    before: Placement | None
    after: Placement | None

    @property
    def moved(self) -> bool:
        """Whether pupils notice: the time is another one."""
        return time_of(self.before) != time_of(self.after)


def time_of(placement: Placement | None) -> tuple[object, ...] | None:
    """Week, timeslot and length."""
    if placement is None:
        return None
    return placement.week, placement.day, placement.period, placement.length


def changes_of(running: Running, timetable: Timetable) -> tuple[Change, ...]:
    """Every difference, in the order of the requirements; lessons gone come last.

    Lessons of a requirement are interchangeable: placements that stay are set aside,
    whichever lesson has them, and the rest are paired: those of the same time first,
    then the same lesson, then in order.
    """
    problem = timetable.problem
    found = [c for r in problem.requirements for c in _of(running, timetable, r)]
    for lesson_id, placement in running.placements.items():
        if requirement_id(lesson_id) not in problem.requirement:
            found.append(Change(ChangeKind.REMOVED, lesson_id, placement, None))
    return tuple(found)


def touched_teachers(changes: tuple[Change, ...], running: Running) -> tuple[str, ...]:
    """Teachers and escorts of changed lessons who have lessons in the problem."""
    found: dict[str, None] = {}
    for change in changes:
        requirement = running.problem.requirement.get(requirement_id(change.lesson_id))
        for placement in filter(None, (change.before, change.after)):
            found |= dict.fromkeys(placement.teacher_ids)
            found |= dict.fromkeys(requirement.escort_ids if requirement else ())
    busy = running.problem.lessons_of_teacher
    return tuple(t for t in found if busy.get(t))


def _of(
    running: Running, timetable: Timetable, requirement: Requirement
) -> Iterator[Change]:
    olds = dict(running.by_requirement.get(requirement.requirement_id, {}))
    news = {
        x.lesson_id: in_order(requirement, timetable.placements[x.lesson_id])
        for x in requirement.lessons
        if x.lesson_id in timetable.placements
    }
    pairs = _paired(olds, news, _alike, _same_time, _same_lesson, lambda *_: True)
    for new, after in news.items():
        old = pairs.get(new)
        if old is None:
            yield Change(ChangeKind.ADDED, new, None, after)
        elif not _alike((old, olds[old]), (new, after)):
            yield Change(ChangeKind.CHANGED, new, olds[old], after)
    rest = [name for name in olds if name not in pairs.values()]
    # Those whose number is beyond the lessons there are come last.
    removed = rest[len(rest) - min(len(rest), running.surplus(requirement)) :]
    for name in rest:
        kind = ChangeKind.REMOVED if name in removed else ChangeKind.CHANGED
        yield Change(kind, name, olds[name], None)


_Placed = tuple[str, Placement]
"""A lesson id, and where the lesson is."""


def _paired(
    olds: Mapping[str, Placement],
    news: Mapping[str, Placement],
    *tests: Callable[[_Placed, _Placed], bool],
) -> dict[str, str]:
    """For each new lesson the old one that it comes from, if there is one left.

    Parameters:
        tests: What tells that one comes from another; those told first count first.
    """
    pairs: dict[str, str] = {}
    for test in tests:
        for new, old in product(news.items(), olds.items()):
            is_free = new[0] not in pairs and old[0] not in pairs.values()
            if is_free and test(old, new):
                pairs[new[0]] = old[0]
    return pairs


def _alike(a: _Placed, b: _Placed) -> bool:
    same_place = a[1].layout_id == b[1].layout_id
    same_people = set(a[1].teacher_ids) == set(b[1].teacher_ids)
    return same_place and same_people and _same_time(a, b)


def _same_time(a: _Placed, b: _Placed) -> bool:
    return time_of(a[1]) == time_of(b[1])


def _same_lesson(a: _Placed, b: _Placed) -> bool:
    return a[0] == b[0]


def keep_numbers(
    timetable: Timetable, running: Running, alike: Iterable[tuple[str, ...]]
) -> Timetable:
    """Number interchangeable lessons so that what stays keeps its lesson id.

    Parameters:
        alike: Ids of lessons that may swap their placements.
    """
    placements = dict(timetable.placements)
    for ids in alike:
        requirement = timetable.problem.lesson[ids[0]].requirement
        known = running.by_requirement.get(requirement.requirement_id, {})
        olds = {i: known[i] for i in ids if i in known}
        news = {i: placements.pop(i) for i in ids if i in placements}
        pairs = _paired(olds, news, _alike, _same_time)
        left = iter([i for i in ids if i not in pairs.values()])
        placements |= {pairs.get(i) or next(left): p for i, p in news.items()}
    return Timetable(timetable.problem, placements)
