"""Places: lessons that can only use some layouts, against what these can hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.constraints import row_words, words
from scheduler.model.components import components
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.text import Text, joined, weekday
from scheduler.solver.explain.counting.packing import PlaceCounter
from scheduler.solver.explain.counting.supply import Shortage, shortage
from scheduler.solver.explain.sentences.closures import (
    Days,
    closed_places,
    layouts_wanted,
)
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, lesson_ids
from scheduler.solver.options import LessonGroup

Places = frozenset[str]


@dataclass(frozen=True, slots=True)
class _DayNeed:
    """Periods that must be on one day, and the most that places hold then."""

    day: int
    need: int
    supply: int

    @property
    def text(self) -> Text:
        """The day with its numbers."""
        day, missing = weekday(self.day), self.need - self.supply
        return Text(
            f"{day.zh}要{self.need}节、最多{self.supply}节（少{missing}）",
            f"{day.en} {self.need} are needed and {self.supply} fit ({missing} short)",
        )


def overfull_places(view: HardView, seconds: float) -> Iterator[Statement]:
    """Sets of layouts asked for more than they hold, in a week or on single days.

    Parameters:
        seconds: For each exact packing; those cut short prove nothing.
    """
    counter = PlaceCounter.of(view)
    for places in _place_sets(view):
        yield from _short(view, counter, places, seconds)


def lesson_sets_by_place(view: HardView) -> Iterator[tuple[str, ...]]:
    """For each set of layouts, the ids of all lessons that can use no other."""
    for places in _place_sets(view):
        yield lesson_ids(g for g in view.free_groups if _layouts(g) <= places)


def _short(
    view: HardView, counter: PlaceCounter, places: Places, seconds: float
) -> Iterator[Statement]:
    groups = [g for g in view.free_groups if _layouts(g) <= places]
    packed = counter.most(groups, seconds)
    if packed is None:
        return
    supply = [dict(p.by_day) for p in packed]
    short = shortage(groups, (supply[0], supply[1]))
    days = _short_days(view, places, groups, supply)
    if short is not None:
        yield _short_places(view, sorted(places), groups, short, days)
    elif days:
        yield _short_on_days(view, sorted(places), groups, days)


def _layouts(group: LessonGroup) -> Places:
    return frozenset(m.placement.layout_id for m in group.options)


def _place_sets(view: HardView) -> list[Places]:
    """Layouts open to some lesson, and unions of two that overlap; small ones first."""
    own = dict.fromkeys(_layouts(g) for g in view.free_groups)
    kept = [places for places in own if HOME not in places]
    unions = dict.fromkeys(a | b for a, b in combinations(kept, 2) if a & b)
    layouts = dict.fromkeys(x for places in kept for x in places)
    whole = map(frozenset, components(layouts, kept))
    everything = dict.fromkeys(kept) | unions | dict.fromkeys(whole)
    return sorted(everything, key=lambda places: (len(places), sorted(places)))


def _short_days(
    view: HardView,
    places: Places,
    groups: Sequence[LessonGroup],
    supply: Sequence[dict[int, int]],
) -> tuple[_DayNeed, ...]:
    """Days on which daily PE asks for more than the places hold.

    Every class that must have PE on the day, and can have it only here, needs one
    lesson at least. Those that cannot have any then are counted elsewhere.
    """
    weight = {g.lessons: g.lessons[0].requirement.classes_counted for g in groups}
    need: dict[int, int] = defaultdict(int)
    for _, lessons, days in view.daily_classes:
        mine = view.groups(lessons)
        known = sum(g.count for g in mine) == len(lessons)
        alone = all(weight.get(g.lessons) == 1 for g in mine)
        if known and alone and all(_layouts(g) <= places for g in mine):
            for day in days:
                need[day] += _least_on(mine, day)
    worst = {d: min(by_day.get(d, 0) for by_day in supply) for d in need}
    return tuple(
        _DayNeed(d, n, worst[d]) for d, n in sorted(need.items()) if n > worst[d]
    )


def _least_on(groups: Sequence[LessonGroup], day: int) -> int:
    """Periods of the shortest lesson that may be on this day; 0 without any."""
    able = [g for g in groups if any(m.day == day for m in g.options)]
    return min((g.lessons[0].length for g in able), default=0)


def _short_places(
    view: HardView,
    layout_ids: Sequence[str],
    groups: Sequence[LessonGroup],
    short: Shortage,
    days: Sequence[_DayNeed],
) -> Statement:
    """Places hold too little in a week; days too short by themselves are named."""
    ids, open_to = lesson_ids(groups), _open_to(view, layout_ids)
    what, where = words.teaching(view.problem, ids), words.places(view.problem, open_to)
    by_day, daily = words.days(short.by_day), _daily(days)
    cause, why = _causes(view, groups), _closed_times(view, groups)
    week, missing = short.week, short.need - short.supply
    return Statement(
        Kind.PLACES,
        Text(
            f"{cause.zh}{what.zh}只能用{where.zh}，{week.zh}需要{short.need}节，最多容纳"
            f"{short.supply}节{words.brackets(by_day).zh}，少{missing}节{daily.zh}{why.zh}。",
            f"{cause.en}{what.en} can only use {where.en}: "
            f"{words.plural(short.need, 'period')} {week.en}, for which there is room "
            f"for at most {short.supply}{words.brackets(by_day).en}, {missing} too few"
            f"{daily.en}{why.en}.",
        ),
        Text(
            f"{week.zh}至少再多{missing}个场地班次，或至少减少{missing}节"
            "（这是必要条件，未必足够）。",
            f"At least {words.plural(missing, 'more place-period')} {week.en}, or at "
            f"least {words.plural(missing, 'period')} fewer (necessary, perhaps not "
            "enough).",
        ),
        tuple(open_to),
        ids,
        short.need,
        short.supply,
    )


def _short_on_days(
    view: HardView,
    layout_ids: Sequence[str],
    groups: Sequence[LessonGroup],
    days: Sequence[_DayNeed],
) -> Statement:
    """Single days hold less than PE every day asks for; the worst one counts."""
    ids, open_to = lesson_ids(groups), _open_to(view, layout_ids)
    what = words.subjects_of_classes(view.problem, ids)
    where, told = words.places(view.problem, open_to), _told(days)
    on = frozenset(d.day for d in days)
    cause, why = _causes(view, groups, on), _closed_times(view, groups, on)
    worst = max(days, key=lambda d: d.need - d.supply)
    return Statement(
        Kind.PLACES_ON_DAY,
        Text(
            f"{cause.zh}{what.zh}只能用{where.zh}；每班每天要有一节体育类课程，"
            f"{told.zh}{why.zh}。",
            f"{cause.en}{what.en} can only use {where.en}, and every class needs a "
            f"PE-type lesson a day: {told.en}{why.en}.",
        ),
        _day_advice(days),
        tuple(open_to),
        ids,
        worst.need,
        worst.supply,
        days=tuple(d.day for d in days),
    )


def _told(days: Sequence[_DayNeed]) -> Text:
    return joined(d.text for d in days)


def _day_advice(days: Sequence[_DayNeed]) -> Text:
    parts = [(weekday(d.day), d.need - d.supply) for d in days]
    return Text(
        "；".join(f"{day.zh}至少再多{n}个场地班次，或少{n}节" for day, n in parts)
        + "（这是必要条件，未必足够）。",
        "; ".join(
            f"{day.en}: at least {words.plural(n, 'more place-period')}, or "
            f"{words.plural(n, 'lesson')} fewer"
            for day, n in parts
        )
        + " (necessary, perhaps not enough).",
    )


def _daily(days: Sequence[_DayNeed]) -> Text:
    if not days:
        return Text("", "")
    told = _told(days)
    return Text(
        f"；每班每天一节体育类课程，{told.zh}",
        f"; with PE every day: {told.en}",
    )


def _open_to(view: HardView, layout_ids: Sequence[str]) -> list[str]:
    """All layouts, those that others stand for included."""
    members = view.compiled.pools.members
    return [m for x in layout_ids for m in members.get(x, (x,))]


def _closed_times(
    view: HardView, groups: Sequence[LessonGroup], on: Days = None
) -> Text:
    """When places these lessons may ask for are closed, on some days or on all."""
    problem = view.problem
    parts = closed_places(problem, groups, on)
    only = row_words.slot_note(problem, lesson_ids(groups))
    if not parts:
        return only
    return only + Text("。其中不可用：", ". Closed: ") + joined(parts, "；", "; ")


def _causes(view: HardView, groups: Sequence[LessonGroup], on: Days = None) -> Text:
    """Agreements that are missing or too short; they come before what follows."""
    problem = view.problem
    schools = dict.fromkeys(
        s for g in groups for s in problem.schools_of(g.lessons[0].requirement)
    )
    venues = dict.fromkeys(x.venue_id for x in layouts_wanted(problem, groups))
    parts = [part for v in venues for part in _agreements(problem, v, schools, on)]
    if not parts:
        return Text("", "")
    told = joined(parts, "；", "; ")
    return Text(
        f"{told.zh}，因此不能用。", f"{_capital(told.en)}, so it cannot be used. "
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _agreements(
    problem: Problem, venue_id: str, schools: Iterable[str], on: Days
) -> list[Text]:
    """Agreements that are missing for a foreign venue, or too short."""
    owner, name = problem.venue[venue_id].owner, problem.venue[venue_id].name
    missing = [
        Text(f"{name}没有协议", f"there is no agreement for {name}")
        for school in schools
        if owner != school and (school, venue_id) not in problem.agreements_at
    ]
    short = [
        words.too_short(problem, a)
        for school in schools
        for a in problem.agreements_at.get((school, venue_id), ())
        if not problem.covers_term(a) and (on is None or a.day in on)
    ]
    return missing + short
