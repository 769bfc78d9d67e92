"""From the rules to rows: what the place rules leave open to lessons in bad weather.

Nothing is said here of zones, pupils, agreements or travel: whatever the hard rules
lower to single-lesson costs, capacities and pairs of lessons holds here as well.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.primitives import Capacity, OptionCost, PairCost
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import Level
from scheduler.solver.rain.choice import Pick, Row

PlaceTerm = OptionCost | Capacity | PairCost
Event = tuple[Hashable, ...]


def place_terms(problem: Problem) -> dict[str, list[PlaceTerm]]:
    """Terms of the hard rules that may depend on the place, by lesson id."""
    found: dict[str, list[PlaceTerm]] = defaultdict(list)
    for rule in rules_in_force(problem):
        if rule.level is not Level.HARD:
            continue
        for term in rule.primitives(problem):
            if isinstance(term, PlaceTerm):
                for lesson in term.lessons:
                    found[lesson.lesson_id].append(term)
    return found


@dataclass(frozen=True)
class Unit:
    """A lesson that must go in: at home, and in each place that may be open to it."""

    home: Meeting
    places: tuple[Meeting, ...]

    @staticmethod
    def of(problem: Problem, meeting: Meeting, layout_ids: Iterable[str]) -> "Unit":
        """Work out the lesson's places by the clock."""

        def at(layout_id: str) -> Meeting:
            placement = replace(meeting.placement, layout_id=layout_id)
            return Meeting.of(problem, meeting.lesson, placement)

        return Unit(at(HOME), tuple(map(at, layout_ids)))

    @property
    def lesson_id(self) -> str:
        """Id of the lesson."""
        return self.home.lesson.lesson_id


def limit(
    units: list[Unit], stays: list[Meeting], terms: dict[str, list[PlaceTerm]]
) -> tuple[list[Unit], list[Row]]:
    """Units with the places the rules leave them, and the rows on what is left.

    Staying home is always allowed: a rule broken by the timetable itself, or by all
    staying home, is asked no more of than that.

    Parameters:
        stays: The lessons of the same day and week that stay where they are.
    """
    known = {id(t): t for u in units for t in terms.get(u.lesson_id, ())}
    rows: list[Row] = []
    for term in known.values():
        if not _tells(term, units):
            continue
        if isinstance(term, OptionCost):
            rows += _single(term, units)
        elif isinstance(term, PairCost):
            rows += _pairs(term, units, stays)
        else:
            rows += _capacity(term, units, stays)
    return _strike(units, rows)


def _tells(term: PlaceTerm, units: list[Unit]) -> bool:
    """Whether the term tells any place from staying home."""
    fact = _fact(term)
    return any(fact(m) != fact(u.home) for u in units for m in u.places)


def _fact(term: PlaceTerm) -> Callable[[Meeting], object]:
    if isinstance(term, OptionCost):
        return term.of
    return term.event if isinstance(term, PairCost) else lambda m: _use(term, m)


def _use(term: Capacity, meeting: Meeting) -> tuple[int, int, int] | None:
    """(start, end, demand) of a meeting's use of the resource."""
    span = term.span(meeting)
    return (*span, term.demand(meeting.lesson)) if span else None


def _single(term: OptionCost, units: list[Unit]) -> Iterator[Row]:
    for u, unit in enumerate(units):
        for p, meeting in enumerate(unit.places):
            if term.of(meeting) > term.of(unit.home):
                yield Row((((u, p), 1),), 0)


def _pairs(term: PairCost, units: list[Unit], stays: list[Meeting]) -> Iterator[Row]:
    """Places too close to a lesson that stays, and pairs of places."""
    held = [e for m in stays if (e := term.event(m)) is not None]
    homes = [term.event(unit.home) for unit in units]
    events = {
        (u, p): event
        for u, unit in enumerate(units)
        for p, meeting in enumerate(unit.places)
        if (event := term.event(meeting)) is not None
    }

    def worse(pick: Pick, other: Event) -> bool:
        home = homes[pick[0]]
        before = term.of(home, other) if home is not None else 0
        return term.of(events[pick], other) > before

    for pick in events:
        if any(worse(pick, event) for event in held):
            yield Row(((pick, 1),), 0)
        for u, home in enumerate(homes):
            if u != pick[0] and home is not None and worse(pick, home):
                # Only where the other lesson is somewhere that goes with it.
                away = [x for x in events if x[0] == u and not worse(pick, events[x])]
                yield Row(((pick, 1), *((x, -1) for x in away)), 0)
    for (a, event_a), (b, event_b) in combinations(events.items(), 2):
        if a[0] != b[0] and term.of(event_a, event_b) > 0:
            yield Row(((a, 1), (b, 1)), 1)


def _capacity(term: Capacity, units: list[Unit], stays: list[Meeting]) -> Iterator[Row]:
    """One row for each stretch of time in which nothing begins or ends."""
    held = [use for m in stays if (use := _use(term, m))]
    homes = [_use(term, unit.home) for unit in units]
    places = {
        (u, p): use
        for u, unit in enumerate(units)
        for p, meeting in enumerate(unit.places)
        if (use := _use(term, meeting)) or homes[u]
    }
    everything = [*held, *(use for use in (*homes, *places.values()) if use)]
    edges = sorted({edge for start, end, _ in everything for edge in (start, end)})
    for start, _ in pairwise(edges):

        def now(use: tuple[int, int, int] | None, at: int = start) -> int:
            return use[2] if use and use[0] <= at < use[1] else 0

        base = sum(map(now, held)) + sum(map(now, homes))
        uses = {pick: now(use) - now(homes[pick[0]]) for pick, use in places.items()}
        more = tuple((pick, n) for pick, n in uses.items() if n)
        if any(n > 0 for _, n in more):
            yield Row(more, max(0, term.limit - base))


def _strike(units: list[Unit], rows: list[Row]) -> tuple[list[Unit], list[Row]]:
    """Leave out places that a row forbids by itself; number the others anew."""
    closed: set[Pick] = {
        pick
        for row in rows
        if all(n >= 0 for _, n in row.uses)
        for pick, n in row.uses
        if n > row.room
    }
    names: dict[Pick, Pick] = {}
    left = []
    for u, unit in enumerate(units):
        open_ = [p for p in range(len(unit.places)) if (u, p) not in closed]
        names |= {(u, p): (u, k) for k, p in enumerate(open_)}
        left.append(Unit(unit.home, tuple(unit.places[p] for p in open_)))
    kept = []
    for row in rows:
        uses = tuple(sorted((names[x], n) for x, n in row.uses if x in names))
        if any(n > 0 for _, n in uses):
            kept.append(Row(uses, row.room))
    return left, kept
