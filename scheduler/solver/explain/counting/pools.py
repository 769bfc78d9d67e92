"""Requirements that share a pool of teachers, against what the pool can give."""

from collections.abc import Iterator
from itertools import combinations

from scheduler.constraints import describe, words
from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.limits import LimitOn
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.person_limits import caps_of
from scheduler.solver.explain.counting.supply import rows_by_day
from scheduler.solver.explain.counting.weeks import ByDay, Shortage, shortage
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView, lesson_ids
from scheduler.solver.options import LessonGroup

Pool = frozenset[str]


def overdrawn_pools(view: HardView) -> Iterator[Statement]:
    """Pools whose teachers cannot give all that is asked of them together."""
    terms = {t.resource[0]: t for t in view.capacities(Capped.TEACHER)}
    for pool in _pools(view):
        groups = [g for g in view.free_groups if _draws_on(g, pool)]
        short = _shortage(view, terms, pool, groups)
        if short is not None:
            yield _statement(view, pool, groups, short)


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


def _shortage(
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


def _statement(
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
