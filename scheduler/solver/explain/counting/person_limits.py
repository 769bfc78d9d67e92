"""What people may give: their own limits, and what a pool of teachers can together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from scheduler.constraints import describe, row_words, words
from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.problem import Problem
from scheduler.model.resources import Level, ResourceKind
from scheduler.model.text import Text, joined
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.supply import (
    ByDay,
    Shortage,
    rows_by_day,
    shortage,
)
from scheduler.solver.explain.sentences.closures import noted, places_off, school_days
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, lesson_ids
from scheduler.solver.options import LessonGroup


@dataclass
class Caps:
    """Limits of one person, None where there is none, and where they stand."""

    per_day: int | None = None
    per_week: int | None = None
    days: int | None = None
    names: list[Text] = field(default_factory=list)
    rows: list[Limit] = field(default_factory=list)

    def by_day(self, supply: tuple[ByDay, ByDay]) -> tuple[ByDay, ByDay]:
        """Periods by day within the limits; of the days the fullest are kept."""
        odd, even = (self._capped(by_day) for by_day in supply)
        return odd, even

    def tight_days(
        self, supply: tuple[ByDay, ByDay], days: frozenset[int]
    ) -> frozenset[int]:
        """Days that hold less than they may; none where the weekly limit is less."""
        week = self.per_week
        if week is not None and all(sum(s.values()) >= week for s in supply):
            return frozenset()
        most = self.per_day
        return frozenset(
            d for d in days for s in supply if most is None or s.get(d, 0) < most
        )

    def _capped(self, by_day: ByDay) -> ByDay:
        fullest = sorted(by_day.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            d: n if self.per_day is None else min(self.per_day, n)
            for d, n in sorted(fullest[: self.days])
        }


def caps_of(view: HardView, on: LimitOn, name: str) -> Caps:
    """The hard limits of a teacher or class on all of their lessons."""
    caps = Caps()
    if on is LimitOn.TEACHER and view.keeps("teachers"):
        teacher = view.problem.teacher[name]
        caps.per_day, caps.per_week = teacher.max_per_day, teacher.max_per_week
        if caps.per_day is not None or caps.per_week is not None:
            caps.names.append(words.load_limits(caps.per_day, caps.per_week))
    if not view.keeps("limits"):
        return caps
    for row in view.problem.limits:
        if _is_for(row, on, name):
            if row.kind is LimitKind.MAX_DAYS:
                caps.days = _least(caps.days, row.value)
            else:
                caps.per_day = _least(caps.per_day, row.value)
            caps.rows.append(row)
            caps.names.append(row_words.limit_name(view.problem, row))
    return caps


def _is_for(row: Limit, on: LimitOn, name: str) -> bool:
    kinds = (LimitKind.MAX_DAYS, LimitKind.MAX_PERIODS_A_DAY)
    known = row.level is Level.HARD and row.kind in kinds and not row.tags
    return known and row.on is on and (not row.ids or name in row.ids)


def _least(known: int | None, value: int) -> int:
    return value if known is None else min(known, value)


def over_limits(view: HardView, term: Capacity, on: LimitOn) -> list[Statement]:
    """The person's lessons against the limits; one statement or none.

    Parameters:
        term: That which keeps the person's lessons apart.
    """
    name = term.resource[0]
    caps = caps_of(view, on, name)
    taught = [g for g in view.groups(term.lessons) if _attends(g, on, name)]
    if not caps.names or not taught:
        return []
    supply = caps.by_day(rows_by_day(term, taught))
    short = shortage(taught, supply, caps.per_week)
    if short is None:
        return []
    tight = caps.tight_days(supply, school_days(view.problem, taught))
    return [_statement(view, on, name, caps, taught, short, tight)]


def _note(
    view: HardView,
    on: LimitOn,
    name: str,
    taught: list[LessonGroup],
    days: frozenset[int],
) -> Text:
    """What is unavailable on days that hold less than the limit."""
    own = words.closed(view.problem, ResourceKind(str(on)), name, days)
    return noted(
        (Text("不可用：", "unavailable: "), [] if own is None else [own]),
        (
            Text("场地不可用：", "places unavailable: "),
            places_off(view.problem, taught, days),
        ),
    )


def _attends(group: LessonGroup, on: LimitOn, name: str) -> bool:
    if on is LimitOn.CLASS:
        # Limits of a class say nothing of what only some of its pupils attend.
        partial = group.lessons[0].requirement.is_partial
        return not partial and all(name in m.class_ids for m in group.options)
    return all(name in m.teacher_ids for m in group.options)


def _statement(
    view: HardView,
    on: LimitOn,
    name: str,
    caps: Caps,
    taught: list[LessonGroup],
    short: Shortage,
    tight: frozenset[int],
) -> Statement:
    kind, who, give, given = _person(view.problem, on, name)
    limits = joined(caps.names)
    # The days are a choice of the fullest where there may be only so many.
    days = Text("", "") if caps.days is not None else words.days(short.by_day)
    note = _note(view, on, name, taught, tight)
    missing = short.need - short.supply
    return Statement(
        kind,
        Text(
            f"{who.zh}{short.week.zh}要上{short.need}节，{limits.zh}，最多"
            f"{short.supply}节{words.brackets(days).zh}{note.zh}。",
            f"{who.en} has to {give} {words.plural(short.need, 'period')} "
            f"{short.week.en}, but with {limits.en} no more than {short.supply} can "
            f"be {given}{words.brackets(days).en}{note.en}.",
        ),
        Text(
            f"至少把限额放宽{missing}节，或至少减少{missing}节（这是必要条件，未必足够）。",
            f"Make room for at least {words.plural(missing, 'more period')} within the "
            f"limits, or have at least {words.plural(missing, 'period')} fewer "
            "(necessary, perhaps not enough).",
        ),
        (name, *(row.limit_id for row in caps.rows)),
        lesson_ids(taught),
        short.need,
        short.supply,
    )


def _person(problem: Problem, on: LimitOn, name: str) -> tuple[Kind, Text, str, str]:
    """The kind of the statement, the person, and what they do in English."""
    if on is LimitOn.CLASS:
        who = describe.same(problem.class_name[name])
        return Kind.CLASS_LIMIT, who, "have", "had"
    teacher = describe.teacher(problem, name)
    return Kind.TEACHER_LIMIT, Text(f"教师{teacher}", teacher), "give", "given"


Pool = frozenset[str]


def overdrawn_pools(view: HardView) -> Iterator[Statement]:
    """Pools whose teachers cannot give all that is asked of them together."""
    terms = {t.resource[0]: t for t in view.capacities(Capped.TEACHER)}
    for pool in _pools(view):
        groups = [g for g in view.free_groups if _draws_on(g, pool)]
        short = _of_teachers(view, terms, pool, groups)
        if short is not None:
            yield _of_pool(view, pool, groups, short)


def _draws_on(group: LessonGroup, pool: Pool) -> bool:
    """Tell whether every option has a teacher of the pool."""
    return all(not pool.isdisjoint(m.teacher_ids) for m in group.options)


def _pools(view: HardView) -> list[Pool]:
    """Pools of the requirements, and unions of two that overlap; small ones first."""
    own = dict.fromkeys(
        frozenset(r.teacher_pool) for r in view.problem.requirements if r.teacher_pool
    )
    unions = dict.fromkeys(a | b for a, b in combinations(own, 2) if a & b)
    return sorted(own | unions, key=lambda pool: (len(pool), sorted(pool)))


def _of_teachers(
    view: HardView, terms: dict[str, Capacity], pool: Pool, groups: list[LessonGroup]
) -> Shortage | None:
    """Compare with the sum of what each teacher of the pool can give."""
    if not pool <= terms.keys():
        return None
    total: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for name in sorted(pool):
        caps = caps_of(view, LimitOn.TEACHER, name)
        by_day = caps.by_day(rows_by_day(terms[name], groups))
        for layer in LAYERS:
            _add(total[layer], by_day[layer], caps.per_week)
    return shortage(groups, total)


def _add(total: dict[int, int], by_day: ByDay, week: int | None) -> None:
    """Add a teacher's days, cut to the weekly limit from the last day backwards."""
    left = sum(by_day.values()) if week is None else week
    for day, most in sorted(by_day.items()):
        total[day] = total.get(day, 0) + min(most, left)
        left -= min(most, left)


def _of_pool(
    view: HardView, pool: Pool, groups: list[LessonGroup], short: Shortage
) -> Statement:
    names = "、".join(describe.teacher(view.problem, t) for t in sorted(pool))
    ids = lesson_ids(groups)
    what, missing = words.teaching(view.problem, ids), short.need - short.supply
    return Statement(
        Kind.POOL,
        Text(
            f"{what.zh}{short.week.zh}共{short.need}节，只能由{names}承担；按可用时间和限额，"
            f"他们合起来最多上{short.supply}节。",
            f"{what.en}, {words.plural(short.need, 'period')} {short.week.en}, can "
            f"only be given by {names}, whose time and limits together allow at most "
            f"{short.supply}.",
        ),
        words.more_or_fewer(
            missing, Text("这些教师的课时", "period{s} from these teachers")
        ),
        tuple(sorted(pool)),
        ids,
        short.need,
        short.supply,
    )
