"""Classes and teachers: periods to give against the times they can be given."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.limits import LimitOn
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Teacher
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS, RowKinds
from scheduler.solver.explain.counting.crowded import crowded
from scheduler.solver.explain.counting.person_limits import over_limits
from scheduler.solver.explain.counting.supply import always_busy, rows_by_day
from scheduler.solver.explain.counting.weeks import Shortage, shortage
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.explain.sentences.few_times import few_times
from scheduler.solver.hard_view import HardView, lesson_ids
from scheduler.solver.options import LessonGroup


def overfull_classes(view: HardView, seconds: float) -> Iterator[Statement]:
    """Classes with more periods than times, in all or within some times."""
    for term in _whole_classes(view):
        groups = always_busy(view, term)
        found = [
            _class_rows(view.problem, term.resource[0], kinds, mine, short)
            for kinds in dict.fromkeys(map(_rows, groups))
            if (mine := [g for g in groups if _rows(g) <= kinds])
            and (short := shortage(mine, rows_by_day(term, mine)))
        ]
        found = found or over_limits(view, term, LimitOn.CLASS)
        yield from found or crowded(
            view, term, groups, Kind.CLASS_ROWS, ResourceKind.CLASS, seconds
        )


def overfull_teachers(view: HardView, seconds: float) -> Iterator[Statement]:
    """Teachers with more periods than times or than their limits allow."""
    for term in view.capacities(Capped.TEACHER):
        teacher = view.problem.teacher[term.resource[0]]
        groups = always_busy(view, term)
        supply = rows_by_day(term, groups)
        short = shortage(groups, supply)
        if short is not None:
            yield _teacher_rows(view.problem, teacher, groups, short)
            continue
        found = over_limits(view, term, LimitOn.TEACHER)
        yield from found or crowded(
            view, term, groups, Kind.TEACHER_ROWS, ResourceKind.TEACHER, seconds
        )


def _whole_classes(view: HardView) -> Iterator[Capacity]:
    """What keeps the lessons of whole classes apart, of which only one is possible."""
    for term in view.capacities(Capped.CLASS):
        if len(term.resource) == 1:
            own = view.problem.whole_lessons_of_class[term.resource[0]]
            yield replace(term, lessons=own, limit=1, demand=lambda _: 1)


def _rows(group: LessonGroup) -> RowKinds:
    return group.lessons[0].requirement.rows


def rows_name(kinds: RowKinds) -> Text:
    """What is placed on such rows."""
    if kinds == LESSON_ROWS:
        return Text("课", "lesson")
    if kinds & LESSON_ROWS:
        return Text("课或活动", "lesson or activity")
    return Text("活动", "activity")


def _times_note(
    problem: Problem, kind: ResourceKind, name: str, groups: Sequence[LessonGroup]
) -> Text:
    """What takes times away: closed ones of the person, slots of the lessons."""
    closed = words.closed_note(problem, kind, name)
    ids = lesson_ids(groups)
    only, few = row_words.slot_note(problem, ids), few_times(problem, groups, name)
    fixed = words.fixed_note(problem, ids)
    return closed + only + few + fixed


def _class_rows(
    problem: Problem,
    class_id: str,
    kinds: RowKinds,
    groups: Sequence[LessonGroup],
    short: Shortage,
) -> Statement:
    name = problem.class_name[class_id]
    bell = problem.bell[problem.class_group[class_id].bell_id]
    rows = sum(len(bell.rows(day, kinds)) for day in bell.days)
    note = _times_note(problem, ResourceKind.CLASS, class_id, groups)
    what, days = rows_name(kinds), words.days(short.by_day)
    week = short.week
    room = Text(f"作息每周只有{rows}节", f"its bell has only {rows} a week")
    if short.supply < rows:
        room = Text(
            f"作息每周有{rows}节，能用的最多{short.supply}节",
            f"of the {rows} a week of its bell at most {short.supply} can be used",
        )
    return Statement(
        Kind.CLASS_ROWS,
        Text(
            f"{name}{week.zh}要上{short.need}节{what.zh}，{room.zh}"
            f"{words.brackets(days).zh}{note.zh}。",
            f"{name} needs {words.plural(short.need, f'{what.en} period')} {week.en}, "
            f"but {room.en}{words.brackets(days).en}{note.en}.",
        ),
        words.more_or_fewer(
            short.need - short.supply, Text("可用节次", "usable period{s}")
        ),
        (class_id,),
        lesson_ids(groups),
        short.need,
        short.supply,
    )


def _teacher_rows(
    problem: Problem, teacher: Teacher, groups: Sequence[LessonGroup], short: Shortage
) -> Statement:
    name = describe.teacher(problem, teacher.teacher_id)
    ids = lesson_ids(groups)
    note = _times_note(problem, ResourceKind.TEACHER, teacher.teacher_id, groups)
    what, days, week = (
        words.teaching(problem, ids),
        words.days(short.by_day),
        short.week,
    )
    return Statement(
        Kind.TEACHER_ROWS,
        Text(
            f"教师{name}{week.zh}要到场{short.need}节（{what.zh}），互不重叠的可用时间最多"
            f"{short.supply}节{words.brackets(days).zh}{note.zh}。",
            f"{name} is needed for {words.plural(short.need, 'period')} {week.en} "
            f"({what.en}) but has time for at most {short.supply} that do not overlap"
            f"{words.brackets(days).en}{note.en}.",
        ),
        words.more_or_fewer(
            short.need - short.supply,
            Text("该教师可用的节次", "period{s} in which the teacher is free"),
        ),
        (teacher.teacher_id,),
        ids,
        short.need,
        short.supply,
    )
