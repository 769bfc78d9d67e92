"""A recount of changes by hand-written code that knows no model."""

from collections import Counter
from collections.abc import Mapping

from scheduler.model.meeting import Placement
from scheduler.model.timetable import Timetable


def seen(p: Placement) -> tuple[object, ...]:
    """A placement without the order of its teachers."""
    teachers = frozenset(p.teacher_ids)
    return p.week, p.day, p.period, p.length, p.layout_id, teachers


def changed(before: Mapping[str, Placement], after: Timetable) -> int:
    """Placements lost by lessons that still are asked for."""
    total = 0
    for requirement in after.problem.requirements:
        prefix = f"{requirement.requirement_id}#"
        old = Counter(seen(p) for i, p in before.items() if i.startswith(prefix))
        ids = [x.lesson_id for x in requirement.lessons]
        new = Counter(seen(after.placements[i]) for i in ids if i in after.placements)
        surplus = max(0, old.total() - len(ids))
        total += (old - new).total() - surplus
    return total


def touched(before: Mapping[str, Placement], after: Timetable) -> set[str]:
    """Teachers with lessons in the problem whose week is not what it was."""
    problem = after.problem

    def week(placements: Mapping[str, Placement], name: str) -> Counter[object]:
        found: Counter[object] = Counter()
        for lesson_id, p in placements.items():
            requirement_id = lesson_id.rpartition("#")[0]
            requirement = problem.requirement.get(requirement_id)
            escorts = requirement.escort_ids if requirement else ()
            if name in (*p.teacher_ids, *escorts):
                found[requirement_id, seen(p)] += 1
        return found

    return {
        t
        for t, lessons in problem.lessons_of_teacher.items()
        if lessons and week(before, t) != week(after.placements, t)
    }
