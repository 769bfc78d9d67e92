"""All counting checks, the smallest proofs first."""

from collections.abc import Callable, Iterable, Iterator
from math import inf

from scheduler.constraints.words import too_short
from scheduler.model.text import Text
from scheduler.solver.explain.counting.days import days_without_pe, over_daily_limit
from scheduler.solver.explain.counting.holes import unavoidable_holes
from scheduler.solver.explain.counting.no_option import lessons_without_option
from scheduler.solver.explain.counting.people import overfull_classes, overfull_teachers
from scheduler.solver.explain.counting.person_limits import overdrawn_pools
from scheduler.solver.explain.counting.pinned import pinned_together
from scheduler.solver.explain.counting.places import overfull_places
from scheduler.solver.explain.sentences.explanation import Kind, Statement
from scheduler.solver.hard_view import HardView

SECONDS_EACH = 5.0
"""Most a single exact packing may take; without a result it proves nothing."""


Left = Callable[[], float]
"""Seconds that remain."""


def count(view: HardView, left: Left = lambda: inf) -> tuple[Statement, ...]:
    """Everything that counting alone proves impossible, or what is proven in time.

    Without the hard rule that every lesson is placed nothing is needed, so nothing
    is too little.
    """
    return without_consequences(sorted(every_count(view, left), key=_size))


def every_count(
    view: HardView, left: Left = lambda: inf, each: float = SECONDS_EACH
) -> tuple[Statement, ...]:
    """The same with what follows from other statements, in no order.

    Parameters:
        each: Seconds for a single packing. Where they are as many as are left, one
            that was cut short leaves none.
    """
    if not view.places_all:
        return ()
    return tuple(_checks(view, left, each))


def _checks(view: HardView, left: Left, each: float) -> Iterator[Statement]:
    for check in _CHECKS:
        seconds = min(each, left())
        if seconds <= 0:
            return
        yield from check(view, seconds)


_CHECKS: tuple[Callable[[HardView, float], Iterator[Statement]], ...] = (
    lambda view, _: lessons_without_option(view),
    lambda view, _: pinned_together(view),
    lambda view, _: over_daily_limit(view),
    lambda view, _: days_without_pe(view),
    lambda view, _: unavoidable_holes(view),
    overfull_classes,
    overfull_teachers,
    lambda view, _: overdrawn_pools(view),
    overfull_places,
)


def _size(statement: Statement) -> tuple[bool, int, int]:
    follows = statement.kind not in _FIRST
    return follows, len(statement.lesson_ids), -statement.deficit


def without_consequences(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out what an earlier statement about some of the same lessons explains.

    That is where its lessons are among the later one's and it is short of no less:
    mending the first would mend the second's count too. A higher limit of a person
    mends no day without lessons.
    """
    kept: list[Statement] = []
    for statement in statements:
        lessons = set(statement.lesson_ids)
        if not any(
            lessons.issuperset(other.lesson_ids)
            and other.deficit >= statement.deficit
            and not (statement.kind in _OF_DAYS and other.kind in _OF_LIMITS)
            for other in kept
        ):
            kept.append(statement)
    return tuple(kept)


_FIRST = (Kind.NO_OPTION, Kind.FIXED_TOGETHER)
"""Kinds that tell a cause; what is short of something may only follow from it."""
_OF_DAYS = (Kind.DAILY_PE, Kind.DAILY_LIMIT, Kind.PLACES_ON_DAY)
_OF_LIMITS = (Kind.TEACHER_LIMIT, Kind.CLASS_LIMIT)


def agreement_hints(view: HardView) -> tuple[Text, ...]:
    """Agreements that do not cover the term, for they lie unused."""
    problem = view.problem
    return tuple(
        Text(
            f"{short.zh}，因此每周的课表不能使用它。",
            f"{short.en}, so a weekly timetable cannot use it.",
        )
        for agreement in problem.agreements
        if not problem.covers_term(agreement)
        for short in (too_short(problem, agreement),)
    )
