"""What a new timetable changes of the running one, counted without any model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

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
    for name in list(news):
        same = next((k for k, p in olds.items() if _alike(p, news[name])), None)
        if same is not None:
            del olds[same], news[name]
    pairs = _paired(olds, news)
    for new, old in pairs.items():
        kind = ChangeKind.ADDED if old is None else ChangeKind.CHANGED
        yield Change(kind, new, olds.get(old or ""), news[new])
    rest = [name for name in olds if name not in pairs.values()]
    # Those whose number is beyond the lessons there are come last.
    removed = rest[len(rest) - min(len(rest), running.surplus(requirement)) :]
    for name in rest:
        kind = ChangeKind.REMOVED if name in removed else ChangeKind.CHANGED
        yield Change(kind, name, olds[name], None)


def _paired(
    olds: dict[str, Placement], news: dict[str, Placement]
) -> dict[str, str | None]:
    """For each new lesson the old one it comes from, if there is one left."""
    pairs: dict[str, str | None] = {}

    def take(new: str, old: str | None) -> None:
        if old is not None and new not in pairs and old not in pairs.values():
            pairs[new] = old

    for new, placement in news.items():
        for old, before in olds.items():
            if time_of(before) == time_of(placement):
                take(new, old)
    for new in news:
        take(new, new if new in olds else None)
    for new in news:
        for old in olds:
            take(new, old)
    return {new: pairs.get(new) for new in news}


def _alike(a: Placement, b: Placement) -> bool:
    same_place = a.layout_id == b.layout_id
    return (
        same_place
        and time_of(a) == time_of(b)
        and set(a.teacher_ids) == set(b.teacher_ids)
    )


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
        olds = running.by_requirement.get(requirement.requirement_id, {})
        news = [placements.pop(i) for i in ids if i in placements]
        for same in (_alike, lambda a, b: time_of(a) == time_of(b)):
            for name in ids:
                found = next(
                    (p for p in news if name in olds and same(olds[name], p)), None
                )
                if found is not None and name not in placements:
                    placements[name] = found
                    news.remove(found)
        left = (name for name in ids if name not in placements)
        placements |= dict(zip(left, news, strict=False))
    return Timetable(timetable.problem, placements)
