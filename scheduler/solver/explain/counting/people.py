"""Classes and teachers: periods to give against the times they can be given."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.limits import LimitOn
from scheduler.model.problem import Problem
from scheduler.model.resources import ResourceKind, Teacher
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS, LESSON_ROWS, RowKinds
from scheduler.solver.explain.counting.matching import Seating, clash
from scheduler.solver.explain.counting.packing import Column, Use, pack
from scheduler.solver.explain.counting.person_limits import over_limits
from scheduler.solver.explain.counting.supply import (
    Shortage,
    always_busy,
    cycle_periods,
    rows_by_day,
    shortage,
)
from scheduler.solver.explain.sentences.closures import few_times
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, every_week, lesson_ids
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


_PERSON = "person"
_TIMES_SHOWN = 6


def crowded(
    view: HardView,
    term: Capacity,
    groups: Sequence[LessonGroup],
    kind: Kind,
    person: ResourceKind,
    seconds: float,
) -> Iterator[Statement]:
    """The fewest lessons of one person found that do not fit beside each other.

    Parameters:
        groups: Lessons that need the person wherever they are placed.
        seconds: For each exact packing; those cut short prove nothing.
    """
    if _all_seated(term, groups):
        return
    most = _most(term, groups, seconds)
    if most is None or most >= cycle_periods(groups):
        return
    core = list(groups)
    for group in groups:
        rest = [g for g in core if g is not group]
        fits = _most(term, rest, seconds)
        if fits is not None and fits < cycle_periods(rest):
            core, most = rest, fits
    yield _statement(view, term, core, most, kind, person)


def _all_seated(term: Capacity, groups: Sequence[LessonGroup]) -> bool:
    """A quick try to place everything; success proves that all fit."""
    seating = Seating(clash)
    seats = [
        (
            tuple(
                dict.fromkeys(
                    (m.layers, m.day, *span)
                    for m in g.options
                    if (span := term.span(m)) is not None
                )
            ),
            g.count,
        )
        for g in groups
    ]
    seats.sort(key=lambda pair: len(pair[0]))
    return all(seating.add(mine) for mine, count in seats for _ in range(count))


def _most(term: Capacity, groups: Sequence[LessonGroup], seconds: float) -> int | None:
    """The most periods over both weeks that fit; None if not proven in time."""
    columns = [c for k, g in enumerate(groups) for c in _columns(term, k, g)]
    counts: dict[Hashable, int] = {k: g.count for k, g in enumerate(groups)}
    packed = pack(columns, {_PERSON: term.limit}, counts, seconds)
    return None if packed is None else packed.most


def _columns(term: Capacity, item: int, group: LessonGroup) -> Iterator[Column]:
    seats = dict.fromkeys(
        (m.layers, m.day, span)
        for m in group.options
        if (span := term.span(m)) is not None
    )
    for layers, day, (start, end) in seats:
        uses = tuple(Use(_PERSON, layer, start, end, 1) for layer in layers)
        weight = group.lessons[0].length * len(layers)
        yield Column(item, day, weight, group.count, uses)


def _statement(
    view: HardView,
    term: Capacity,
    core: Sequence[LessonGroup],
    most: int,
    kind: Kind,
    person: ResourceKind,
) -> Statement:
    name = _name(view, term.resource[0], person)
    need, week = cycle_periods(core), Text("两周合计", "in two weeks")
    if every_week(core):
        need, most, week = need // len(LAYERS), most // len(LAYERS), Text("", "")
    ids = lesson_ids(core)
    what, times = words.teaching(view.problem, ids), _times(core)
    fixed = words.fixed_note(view.problem, ids)
    few = few_times(view.problem, core, term.resource[0])
    return Statement(
        kind,
        Text(
            f"{name}的{what.zh}{fixed.zh}只能排在{times.zh}，互不重叠（含往返路上时间）最多"
            f"{week.zh}{most}节，需要{need}节{few.zh}。",
            f"{name}: {what.en}{fixed.en} can only be on {times.en}, where at most "
            f"{most} {'period fits' if most == 1 else 'periods fit'} without overlap "
            f"{week.en}"
            f"{' ' if week.en else ''}(walks included), but {need} are needed{few.en}.",
        ),
        words.more_or_fewer(
            need - most, Text("它们可用的节次", "period{s} in which they may be")
        ),
        term.resource[:1],
        ids,
        need,
        most,
    )


def _name(view: HardView, name: str, person: ResourceKind) -> str:
    if person is ResourceKind.TEACHER:
        return describe.teacher(view.problem, name)
    return view.problem.class_name[name]


def _times(groups: Sequence[LessonGroup]) -> Text:
    """When these lessons may be, by the clock."""
    slots = sorted({(m.day, m.start, m.end) for g in groups for m in g.options})
    shown = joined(describe.when(*slot) for slot in slots[:_TIMES_SHOWN])
    if len(slots) <= _TIMES_SHOWN:
        return shown
    return Text(f"{shown.zh}等{len(slots)}个时段", f"{shown.en} ({len(slots)} in all)")
