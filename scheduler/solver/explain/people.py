"""Classes and teachers: periods to give against the times they can be given."""

from collections.abc import Iterator, Sequence

from scheduler.constraints import describe
from scheduler.constraints.avoid_clashes import AvoidClassClashes, AvoidTeacherClashes
from scheduler.constraints.limit_teacher_load import LimitTeacherLoad
from scheduler.constraints.terms import Capacity
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Teacher
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, SlotKind
from scheduler.solver.explain import words
from scheduler.solver.explain.crowded import crowded
from scheduler.solver.explain.explanation import Kind, Statement
from scheduler.solver.explain.hard_view import HardView, lesson_ids
from scheduler.solver.explain.packing import Interval, longest_row
from scheduler.solver.explain.weeks import ByDay, Shortage, shortage
from scheduler.solver.options import LessonGroup

_ROWS = {
    SlotKind.LESSON: Text("课", "lesson"),
    SlotKind.ACTIVITY: Text("活动", "activity"),
}


def overfull_classes(view: HardView, seconds: float) -> Iterator[Statement]:
    """Classes with more periods than times, in all or within some times."""
    for term in view.capacities(AvoidClassClashes):
        groups = always_busy(view, term)
        found = [
            _class_rows(view.problem, term.resource[0], kind, mine, short)
            for kind in SlotKind
            if (mine := [g for g in groups if _slots(g) is kind])
            and (short := shortage(mine, rows_by_day(term, mine)))
        ]
        yield from found or crowded(
            view, term, groups, Kind.CLASS_ROWS, ResourceKind.CLASS, seconds
        )


def overfull_teachers(view: HardView, seconds: float) -> Iterator[Statement]:
    """Teachers with more periods than times or than their limits allow."""
    limited = view.rule(LimitTeacherLoad) is not None
    for term in view.capacities(AvoidTeacherClashes):
        teacher = view.problem.teacher[term.resource[0]]
        groups = always_busy(view, term)
        supply = rows_by_day(term, groups)
        short = shortage(groups, supply)
        if short is not None:
            yield _teacher_rows(view.problem, teacher, groups, short)
            continue
        found = list(_over_limit(view, term, teacher) if limited else ())
        yield from found or crowded(
            view, term, groups, Kind.TEACHER_ROWS, ResourceKind.TEACHER, seconds
        )


def always_busy(view: HardView, term: Capacity) -> list[LessonGroup]:
    """Groups that use the resource in every option they have."""
    return [
        g
        for g in view.groups(term.lessons)
        if all(term.span(m) is not None for m in g.options)
    ]


def rows_by_day(term: Capacity, groups: Sequence[LessonGroup]) -> tuple[ByDay, ByDay]:
    """For each week and day, the most periods of these lessons one after the other.

    A lesson of one period counts with its walks; of a block the rows themselves
    count, which can only allow more.
    """
    odd, even = (_rows_in_week(term, groups, layer) for layer in LAYERS)
    return odd, even


def _rows_in_week(
    term: Capacity, groups: Sequence[LessonGroup], layer: int
) -> dict[int, int]:
    spans: dict[int, set[Interval]] = {}
    for group in groups:
        for meeting in group.options:
            busy = term.span(meeting)
            if layer not in meeting.layers or busy is None:
                continue
            here = spans.setdefault(meeting.day, set())
            if len(meeting.rows) == 1:
                here.add(busy)
            else:
                here.update((r.start, r.end) for r in meeting.rows)
    return {day: longest_row(intervals) for day, intervals in spans.items()}


def _slots(group: LessonGroup) -> SlotKind:
    return group.lessons[0].requirement.slots


def _class_rows(
    problem: Problem,
    class_id: str,
    kind: SlotKind,
    groups: Sequence[LessonGroup],
    short: Shortage,
) -> Statement:
    name = problem.class_group[class_id].name
    bell = problem.bell[problem.class_group[class_id].bell_id]
    rows = sum(len(bell.rows(day, kind)) for day in bell.days)
    note = words.closed_note(problem, ResourceKind.CLASS, class_id)
    what, days = _ROWS[kind], words.days(short.by_day)
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
    note = words.closed_note(problem, ResourceKind.TEACHER, teacher.teacher_id)
    ids = lesson_ids(groups)
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


def _over_limit(
    view: HardView, term: Capacity, teacher: Teacher
) -> Iterator[Statement]:
    """The teacher's own limits, weekly first."""
    taught = [
        g
        for g in view.groups(term.lessons)
        if all(teacher.teacher_id in m.teacher_ids for m in g.options)
    ]
    by_day = capped(teacher, rows_by_day(term, taught))
    weekly = shortage(taught, by_day, teacher.max_per_week)
    if weekly is None:
        return
    name = describe.teacher(view.problem, teacher.teacher_id)
    limits = limit_words(teacher)
    days = words.days(weekly.by_day)
    note = words.closed_note(view.problem, ResourceKind.TEACHER, teacher.teacher_id)
    yield Statement(
        Kind.TEACHER_LIMIT,
        Text(
            f"教师{name}{weekly.week.zh}要上{weekly.need}节，{limits.zh}，最多"
            f"{weekly.supply}节{words.brackets(days).zh}{note.zh}。",
            f"{name} has to give {words.plural(weekly.need, 'period')} "
            f"{weekly.week.en}, but with {limits.en} no more than {weekly.supply} can "
            f"be given{words.brackets(days).en}{note.en}.",
        ),
        Text(
            f"至少把限额放宽{weekly.need - weekly.supply}节，或至少分出"
            f"{weekly.need - weekly.supply}节给别的教师（这是必要条件，未必足够）。",
            "Raise the limits by at least "
            f"{words.plural(weekly.need - weekly.supply, 'period')}, or give as many "
            "to somebody else (necessary, perhaps not enough).",
        ),
        (teacher.teacher_id,),
        lesson_ids(taught),
        weekly.need,
        weekly.supply,
    )


def capped(teacher: Teacher, supply: tuple[ByDay, ByDay]) -> tuple[ByDay, ByDay]:
    """Periods by day within the teacher's daily limit."""
    limit = teacher.max_per_day
    if limit is None:
        return supply
    odd, even = ({d: min(limit, n) for d, n in by_day.items()} for by_day in supply)
    return odd, even


def limit_words(teacher: Teacher) -> Text:
    """The teacher's limits in words."""
    return words.load_limits(teacher.max_per_day, teacher.max_per_week)
