"""Places that take some grades only, or not what bears certain tags."""

from collections.abc import Iterator

from scheduler.formats.checks.tags import unknown_tag
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Requirement
from scheduler.model.text import Text

_OTHER = Text(
    "请换一个场地用法，或改场地用法表的可用年级、不可标签。",
    "Maybe another layout, or change its grades or not_for?",
)


def barred_layouts(draft: Draft) -> Iterator[DataError]:
    """A listed layout takes the classes' grades and the tags; some place is left."""
    problem = draft.problem
    if draft.partial & {"layouts", "classes"}:
        return
    for row in draft.rows["requirements"]:
        listed = [name for name in row.item.layouts if name != HOME]
        for name in listed:
            yield from _barred(problem, row, row.item, name)
        if not listed:
            found = tuple(x.layout_id for x in problem.layouts_for(row.item))
            if _is_shut_out(problem, row.item, found):
                yield _no_place(problem, row, row.item, found[0])


def barred_activities(draft: Draft) -> Iterator[DataError]:
    """Every wave of an activity has a layout that takes it, where any is listed."""
    problem = draft.problem
    if draft.partial & {"layouts", "classes"}:
        return
    for row in draft.rows["activities"]:
        for wave in problem.requirements:
            mine = wave.activity_id == row.item.activity_id
            if mine and _is_shut_out(problem, wave, wave.layouts):
                yield _no_place(problem, row, wave, wave.layouts[0])
                break


def unknown_restrictions(draft: Draft) -> Iterator[DataError]:
    """A grade without classes, and a tag that nothing bears, restrict nobody."""
    if draft.partial & {"requirements", "activities", "classes"}:
        return
    grades = {c.grade for c in draft.problem.classes}
    for row in draft.rows["layouts"]:
        for grade in row.item.grades:
            if grade not in grades:
                zh, en = "没有这个年级的班级", "has no classes"
                advice = Text("请核对年级。", "Maybe another grade is meant?")
                yield row.fault("grades", zh, en, advice, str(grade))
        for tag in row.item.not_for:
            yield from unknown_tag(draft.problem, row, "not_for", tag)


def _is_shut_out(
    problem: Problem, requirement: Requirement, names: tuple[str, ...]
) -> bool:
    """Whether there are places, and none of them takes the requirement."""
    return bool(names) and all(
        name != HOME and problem.refusal(problem.layout[name], requirement)
        for name in names
    )


def _barred(
    problem: Problem, row: Located, requirement: Requirement, name: str
) -> Iterator[DataError]:
    why = problem.refusal(problem.layout[name], requirement)
    if why is not None:
        yield row.fault("layouts", why.zh, why.en, _OTHER, name)


def _no_place(
    problem: Problem, row: Located, requirement: Requirement, name: str
) -> DataError:
    why = problem.refusal(problem.layout[name], requirement)
    assert why is not None
    return row.fault(
        "layouts",
        f"没有剩下可用的场地：{name} {why.zh}，其他用法也不行",
        f"leaves no place: {name} {why.en}, nor does any other layout",
        _OTHER,
        ";".join(requirement.class_ids),
    )
