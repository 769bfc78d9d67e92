"""Lessons of one person that crowd into too few times, though there are enough."""

from collections.abc import Hashable, Iterator, Sequence

from scheduler.constraints import describe, words
from scheduler.constraints.primitives import Capacity
from scheduler.model.resources import ResourceKind
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.matching import Seating, clash
from scheduler.solver.explain.counting.packing import Column, Use, pack
from scheduler.solver.explain.counting.weeks import cycle_periods
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.explain.sentences.few_times import few_times
from scheduler.solver.hard_view import HardView, every_week, lesson_ids
from scheduler.solver.options import LessonGroup

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
