"""A piece of the problem that is impossible by itself, as small as is quickly found."""

from collections.abc import Collection, Iterator

from scheduler.constraints.primitives import day_of
from scheduler.solver.exact.exact_model import ExactModel
from scheduler.solver.exact.posting import Origin
from scheduler.solver.explain.conflict.adding_up import contradiction
from scheduler.solver.explain.conflict.loosened import Part, only_limits
from scheduler.solver.explain.counting.places import lesson_sets_by_place
from scheduler.solver.hard_view import HardView, lesson_ids


def core_of_sum(view: HardView, model: ExactModel, seconds: float) -> Part | None:
    """Lessons and days of rows that contradict each other when added up.

    None where the linear relaxation has a solution, or the time ran out.

    Parameters:
        model: That of the view's hard rules.
    """
    found = contradiction(model.problem, seconds)
    if found is None:
        return None
    origins = [o for k in found if isinstance(o := model.rows.origins[k][0], Origin)]
    asking = {
        x.lesson_id: None
        for o in origins
        if not only_limits(o.posted.term)
        for x in o.posted.term.lessons
    }
    days = [o.day or day_of(o.posted.term) for o in origins]
    known = frozenset(d for d in days if d is not None)
    return Part(_whole_groups(view, asking), None if None in days else known)


def parts(view: HardView) -> Iterator[Part]:
    """Lessons that compete: for the same places, for one teacher, of one class; days.

    Small ones first; single days with all lessons last.
    """
    problem = view.problem
    found: dict[tuple[str, ...], None] = {}
    for lessons in (
        *problem.lessons_of_teacher.values(),
        *problem.lessons_of_class.values(),
    ):
        found.setdefault(_whole_groups(view, [x.lesson_id for x in lessons]))
    for ids in lesson_sets_by_place(view):
        found.setdefault(ids)
    for ids in sorted(filter(None, found), key=len):
        yield Part(ids)
    everything = tuple(x.lesson_id for x in problem.lessons)
    days = {m.day for g in view.free_groups for m in g.options}
    for day in sorted(days):
        yield Part(everything, frozenset((day,)))


def units_of_classes(
    view: HardView, ids: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Lessons of the same classes together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in ids:
        classes = view.problem.lesson[name].requirement.class_ids
        found.setdefault(classes, []).append(name)
    return tuple(map(tuple, found.values()))


def units(view: HardView, ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Lessons of one requirement that stand and fall together, by their order."""
    wanted = set(ids)
    return tuple(
        lesson_ids([g])
        for g in view.compiled.groups
        if g.lessons[0].lesson_id in wanted
    )


def _whole_groups(view: HardView, ids: Collection[str]) -> tuple[str, ...]:
    """Lessons by whole groups of alike ones."""
    groups = dict.fromkeys(view.group_of[i].lessons for i in ids)
    return tuple(x.lesson_id for lessons in groups for x in lessons)
