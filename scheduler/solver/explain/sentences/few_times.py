"""Why only so many times remain to lessons: colleagues, blocks, bells that differ."""

from collections.abc import Iterator, Sequence

from scheduler.constraints import describe, words
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import ResourceKind
from scheduler.model.text import Text, joined
from scheduler.model.times import Bell
from scheduler.solver.options import LessonGroup


def few_times(problem: Problem, groups: Sequence[LessonGroup], name: str) -> Text:
    """A part sentence with what takes times from all of these lessons; or nothing.

    Parameters:
        name: The teacher or class whose own closed times are told already.
    """
    told = [
        *_people(problem, groups, name),
        *_blocks(groups),
        *_bells(problem, groups),
    ]
    between = Text("；", "; ")
    return joined((between + text for text in told), "", "")


def _people(
    problem: Problem, groups: Sequence[LessonGroup], name: str
) -> Iterator[Text]:
    """Closed times of each other person without whom none of the lessons can be."""
    needs = [g.lessons[0].requirement for g in groups]
    shared = [
        (kind, key)
        for kind, who in (
            (ResourceKind.TEACHER, [r.teacher_ids + r.escort_ids for r in needs]),
            (ResourceKind.CLASS, [r.class_ids for r in needs]),
        )
        for key in dict.fromkeys(who[0])
        if key != name and all(key in ids for ids in who)
    ]
    for kind, key in shared[: words.SHOWN]:
        times = words.closed(problem, kind, key)
        if times is not None:
            who_zh = words.resource_name(problem, kind, key)
            yield Text(
                f"同时需要的{who_zh}不可用：{times.zh}",
                f"{who_zh} is needed too and unavailable: {times.en}",
            )


def _blocks(groups: Sequence[LessonGroup]) -> Iterator[Text]:
    """Where blocks of each length may begin."""
    for length in sorted({g.lessons[0].length for g in groups} - {1}):
        starts = {
            (m.day, m.start)
            for g in groups
            if g.lessons[0].length == length
            for m in g.options
        }
        yield Text(
            f"{length}节连排的课每周只有{len(starts)}处可以开始",
            f"blocks of {length} can begin at {words.plural(len(starts), 'time')} "
            "a week only",
        )


def _bells(problem: Problem, groups: Sequence[LessonGroup]) -> Iterator[Text]:
    """How many rows are rung alike for classes that are taught together."""
    for need in dict.fromkeys(g.lessons[0].requirement for g in groups):
        bells = problem.bells_of(need)
        if len(bells) > 1:
            common = set.intersection(*(_rows(bell, need) for bell in bells))
            who = describe.classes(problem, need.class_ids)
            yield Text(
                f"{who}合上，作息时间相同的每周只有{len(common)}节",
                f"{who} are taught together and their bells agree on "
                f"{words.plural(len(common), 'period')} a week only",
            )


def _rows(bell: Bell, need: Requirement) -> set[tuple[int, int, int]]:
    return {
        (row.day, row.start, row.end)
        for day in bell.days
        for row in bell.rows(day, need.rows)
    }
