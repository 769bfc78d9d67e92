"""Prices of shared moments, and the bound that follows from any of them.

Each school, alone and with all it may use, pays for the minutes of venues and teachers
that others want. Whatever the prices, the sum of the schools' lower bounds less what
all capacities cost bounds the whole district's soft cost from below: at no minute can
more be used than there is. Source: Lagrangian relaxation, as in Lübbecke, Desrosiers,
"Selected topics in column generation" (Oper. Res. 53, 2005).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.constraints.rules.places.charge_moments import ChargeMoments
from scheduler.district.sharing.halves import half_days
from scheduler.district.sharing.shares import Shares
from scheduler.district.sharing.windows import windows_of
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting, Setting, with_parameter
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

VENUE, TEACHER = "venues", "teachers"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A minute of a venue or teacher: the parameter of the rule, id, day, minute."""

    kind: str
    name: str
    day: int
    minute: int


Prices = Mapping[Moment, int]


def capacities(shares: Shares) -> dict[Moment, int]:
    """What is shared at which minutes, and how much of it there is."""
    whole = shares.district.problem
    found: dict[Moment, int] = {}
    for number, need in enumerate(shares.venues.needs):
        for window in windows_of(number, need, shares.contested):
            middle = (window.start + window.end) // 2
            moment = Moment(VENUE, window.venue_id, window.day, middle)
            found[moment] = _holds(whole, window.venue_id)
    for share in shares.teachers:
        for part in shares.parts:
            if part.key in share.parts:
                for half in half_days(part, share.teacher):
                    for start, end in half.rows:
                        middle = (start + end) // 2
                        name = share.teacher.teacher_id
                        found[Moment(TEACHER, name, half.day, middle)] = 1
    return found


def _holds(whole: Problem, venue_id: str) -> int:
    """Classes that a venue can hold at most: those of all its zones."""
    return sum(z.max_classes for z in whole.all_zones if z.venue_id == venue_id)


def uses(moments: Iterable[Moment], timetable: Timetable) -> Counter[Moment]:
    """How much of every moment a timetable uses, over both weeks of the cycle."""
    at: dict[tuple[str, str, int], list[Moment]] = {}
    for moment in moments:
        at.setdefault((moment.kind, moment.name, moment.day), []).append(moment)
    found: Counter[Moment] = Counter()
    for meeting in timetable.meetings:
        weeks = len(meeting.layers)
        keys = [(TEACHER, name, meeting.day) for name in meeting.adult_ids]
        if meeting.layout is not None:
            keys.append((VENUE, meeting.layout.venue_id, meeting.day))
        for key in keys:
            count = meeting.lesson.requirement.classes_counted if key[0] == VENUE else 1
            for moment in at.get(key, ()):
                if meeting.start <= moment.minute < meeting.end:
                    found[moment] += weeks * count
    return found


def priced(problem: Problem, prices: Prices) -> Problem:
    """A school's problem in which shared moments have their prices."""
    return replace(problem, rules=_settings(problem.rules, prices))


def _settings(
    rules: tuple[RuleSetting, ...], prices: Prices
) -> tuple[RuleSetting, ...]:
    for kind in (VENUE, TEACHER):
        entries: tuple[Setting, ...] = tuple(
            (m.name, m.day, m.minute, price)
            for m, price in sorted(prices.items())
            if price and m.kind == kind
        )
        rules = with_parameter(rules, ChargeMoments.__name__, kind, entries)
    return rules


def bound(
    bounds: Sequence[int | None], prices: Prices, held: Mapping[Moment, int]
) -> int:
    """A lower bound on the sum of all schools' soft costs.

    Parameters:
        bounds: Proven lower bounds of the schools at these prices; None counts as 0,
            for no cost is negative.
        held: The capacities.
    """
    paid = sum(price * held[m] * len(LAYERS) for m, price in prices.items())
    return max(0, sum(b or 0 for b in bounds) - paid)


def stepped(
    prices: Prices, used: Mapping[Moment, int], held: Mapping[Moment, int], step: int
) -> dict[Moment, int]:
    """New prices: higher where more is wanted than there is, lower where less."""
    return {
        m: price
        for m in held
        if (price := max(0, prices.get(m, 0) + _sign(m, used, held) * step))
    }


def _sign(m: Moment, used: Mapping[Moment, int], held: Mapping[Moment, int]) -> int:
    """How much more is used than there is, in units a week."""
    over = used.get(m, 0) - held[m] * len(LAYERS)
    return over if over > 0 else -(over < 0)


def wanted(moments: Iterable[Moment], timetable: Timetable) -> Iterator[Moment]:
    """The moments that a school used when it could choose."""
    yield from (m for m, n in uses(moments, timetable).items() if n)
