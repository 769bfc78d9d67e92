"""Sentences on places that are too few."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import ResourceKind
from scheduler.model.text import Text, weekday
from scheduler.solver.explain import resources, words
from scheduler.solver.explain.explanation import Kind, Statement
from scheduler.solver.explain.hard_view import HardView, lesson_ids
from scheduler.solver.explain.weeks import Shortage
from scheduler.solver.options import LessonGroup


@dataclass(frozen=True, slots=True)
class DayNeed:
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
            f"{day.en} {self.supply} for {self.need} ({missing} short)",
        )


def short_places(
    view: HardView,
    layout_ids: Sequence[str],
    groups: Sequence[LessonGroup],
    short: Shortage,
    days: Sequence[DayNeed],
) -> Statement:
    """Places hold too little in a week; days too short by themselves are named."""
    ids, open_to = lesson_ids(groups), _open_to(view, layout_ids)
    what, where = words.teaching(view.problem, ids), words.places(view.problem, open_to)
    by_day, daily = words.days(short.by_day), _daily(days)
    why, week = _limits(view, groups), short.week
    missing = short.need - short.supply
    return Statement(
        Kind.PLACES,
        Text(
            f"{what.zh}（{week.zh}共{short.need}节）只能用{where.zh}；扣除不可用时间，这些场地"
            f"{week.zh}最多容纳{short.supply}节{words.brackets(by_day.zh)}，"
            f"少{missing}节{daily.zh}{why.zh}。",
            f"{what.en}: {short.need} periods {week.en} can only use {where.en}; what "
            f"is left of these places {week.en} holds at most {short.supply}"
            f"{words.brackets(by_day.en)}, {missing} too few{daily.en}{why.en}.",
        ),
        Text(
            f"{week.zh}至少再多{missing}个场地班次，或至少减少{missing}节"
            "（这是必要条件，未必足够）。",
            f"At least {missing} more place-periods {week.en}, or at least {missing} "
            "periods fewer (necessary, perhaps not enough).",
        ),
        tuple(open_to),
        ids,
        short.need,
        short.supply,
    )


def short_on_days(
    view: HardView,
    layout_ids: Sequence[str],
    groups: Sequence[LessonGroup],
    days: Sequence[DayNeed],
) -> Statement:
    """Single days hold less than PE every day asks for; the worst one counts."""
    ids, open_to = lesson_ids(groups), _open_to(view, layout_ids)
    what, where = words.teaching(view.problem, ids), words.places(view.problem, open_to)
    told, why = describe.join([d.text for d in days]), _limits(view, groups)
    worst = max(days, key=lambda d: d.need - d.supply)
    return Statement(
        Kind.PLACES_ON_DAY,
        Text(
            f"{what.zh}只能用{where.zh}；每班每天要有一节体育类课程，{told.zh}{why.zh}。",
            f"{what.en} can only use {where.en}; every class needs a PE-type lesson a "
            f"day: {told.en}{why.en}.",
        ),
        _day_advice(days),
        tuple(open_to),
        ids,
        worst.need,
        worst.supply,
    )


def _day_advice(days: Sequence[DayNeed]) -> Text:
    parts = [(weekday(d.day), d.need - d.supply) for d in days]
    return Text(
        "；".join(f"{day.zh}至少再多{n}个场地班次，或少{n}节" for day, n in parts)
        + "（这是必要条件，未必足够）。",
        "; ".join(
            f"{day.en}: at least {n} more place-period(s), or {n} lesson(s) fewer"
            for day, n in parts
        )
        + " (necessary, perhaps not enough).",
    )


def _daily(days: Sequence[DayNeed]) -> Text:
    if not days:
        return Text("", "")
    told = describe.join([d.text for d in days])
    return Text(
        f"；每班每天一节体育类课程，{told.zh}",
        f"; with PE every day: {told.en}",
    )


def _open_to(view: HardView, layout_ids: Sequence[str]) -> list[str]:
    """All layouts, those that others stand for included."""
    members = view.compiled.pools.members
    return [m for x in layout_ids for m in members.get(x, (x,))]


def _limits(view: HardView, groups: Sequence[LessonGroup]) -> Text:
    """What closes places these lessons may ask for: closed times, agreements."""
    problem = view.problem
    wanted = dict.fromkeys(
        x for g in groups for x in problem.allowed_layouts(g.lessons[0].requirement)
    )
    layouts = [problem.layout[x] for x in wanted if x != HOME]
    schools = dict.fromkeys(
        s for g in groups for s in problem.schools_of(g.lessons[0].requirement)
    )
    parts: list[Text] = []
    for venue_id in dict.fromkeys(x.venue_id for x in layouts):
        name = problem.venue[venue_id].name
        parts += _closed(problem, ResourceKind.VENUE, venue_id, name)
        parts += _agreements(problem, venue_id, tuple(schools))
    for zone_id in dict.fromkeys(z for x in layouts for z in x.zones):
        name = describe.zone(problem, zone_id)
        parts += _closed(problem, ResourceKind.ZONE, zone_id, name)
    if not parts:
        return Text("", "")
    zh, en = "；".join(p.zh for p in parts), "; ".join(p.en for p in parts)
    return Text(f"。其中不可用：{zh}", f". Not available: {en}")


def _closed(problem: Problem, kind: ResourceKind, key: str, name: str) -> list[Text]:
    times = words.closed(problem, kind, key)
    if times is None:
        return []
    return [Text(f"{name}{times.zh}", f"{name} {times.en}")]


def _agreements(
    problem: Problem, venue_id: str, schools: tuple[str, ...]
) -> list[Text]:
    """Agreements that are missing for a foreign venue, or too short."""
    owner, name = problem.venue[venue_id].owner, problem.venue[venue_id].name
    missing = [
        Text(f"{name}没有协议", f"{name} (no agreement)")
        for school in schools
        if owner != school and (school, venue_id) not in problem.agreements_at
    ]
    short = [
        resources.too_short(problem, a)
        for school in schools
        for a in problem.agreements_at.get((school, venue_id), ())
        if not problem.covers_term(a)
    ]
    return missing + short
