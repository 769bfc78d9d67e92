"""The best proposals for all needs of a board at once, and the numbers they go by."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from scheduler.constraints.rules.places.allow_travel import AllowTravel
from scheduler.model.meeting import Meeting
from scheduler.model.times import overlap
from scheduler.solver.assignment.choosing import Choice, Count, Pick, best_choice
from scheduler.term.altering import on_its_date
from scheduler.term.checking import refusals
from scheduler.term.cover.board import NO_LIMIT, Board
from scheduler.term.cover.proposing import proposals, why_not
from scheduler.term.cover.weighing import Kind, Proposal
from scheduler.term.dated import DatedLesson

Options = tuple[tuple[Proposal, ...], ...]
"""Proposals need by need, the best first."""
_Span = Callable[[dt.date], object]
"""What tells the stretch of dates that a date lies in."""
_ROUNDS = 5


def options_of(board: Board) -> Options:
    """The proposals for each need of a board.

    Of the ways in which one person could come only the best is left: all of them take
    the same time and count alike.
    """
    return tuple(tuple(_best_ways(proposals(board, need))) for need in board.needs)


def _best_ways(found: Iterable[Proposal]) -> Iterator[Proposal]:
    come: set[str] = set()
    for proposal in found:
        if not proposal.loads or proposal.teacher_id not in come:
            yield proposal
        if proposal.loads:
            come.add(proposal.teacher_id)


def choice_of(board: Board, options: Options) -> Choice:
    """The numbers of a choice among them: points, ties, and what is counted."""
    return Choice(
        [[x.points for x in row] for row in options],
        [[x.covers for x in row] for row in options],
        (
            *_one_at_a_time(board, options),
            *_shares(board, options),
            *_rooms(board, options),
        ),
    )


def best_for_all(board: Board) -> tuple[Proposal, ...]:
    """The choice of fewest points for all needs, counting its own picks; proven.

    All of it keeps the rules; where some of it would not together, the next best does.
    """
    options = options_of(board)
    for _ in range(_ROUNDS):
        chosen = best_choice(choice_of(board, options))
        if chosen is None:
            break
        found = chosen_of(options, chosen)
        changes = [c for x in found for c in x.changes]
        if not refusals(board.versions, board.changes, changes):
            return found
        options = _without_refused(board, options, found)
    return tuple(_in_turn(board, options))


def chosen_of(options: Options, chosen: Iterable[int]) -> tuple[Proposal, ...]:
    """The proposals of a choice."""
    return tuple(row[k] for row, k in zip(options, chosen, strict=True))


def _in_turn(board: Board, options: Options) -> Iterator[Proposal]:
    """The best of each that stands beside those before."""
    now = board
    for row in options:
        for proposal in row:
            if not why_not(now, proposal):
                now = now.with_picks(proposal.changes)
                yield proposal
                break


def _without_refused(
    board: Board, options: Options, found: tuple[Proposal, ...]
) -> Options:
    now, refused = board, set()
    for proposal in found:
        if why_not(now, proposal):
            refused.add((proposal.need.key, proposal.name))
        else:
            now = now.with_picks(proposal.changes)
    return tuple(
        tuple(x for x in row if (x.need.key, x.name) not in refused) for row in options
    )


_Claim = tuple[Pick, Meeting]
"""A pick that takes somebody's time, and the meeting that does."""


def _one_at_a_time(board: Board, options: Options) -> Iterator[Count]:
    """Nobody is in two places, and no lesson is swapped or joined twice."""
    times: dict[tuple[str, dt.date], list[_Claim]] = defaultdict(list)
    lessons: dict[object, list[Pick]] = defaultdict(list)
    for need, row in enumerate(options):
        for number, proposal in enumerate(row):
            for name, date, meeting in _claims(proposal):
                times[name, date].append(((need, number), meeting))
            if proposal.other is not None:
                lessons[proposal.other.key].append((need, number))
    yield from (Count(tuple(x), limit=1) for x in lessons.values() if len(x) > 1)
    for (_, date), claims in times.items():
        yield from _apart(board, date, claims)


def _claims(proposal: Proposal) -> Iterator[tuple[str, dt.date, Meeting]]:
    lesson, other = proposal.need.lesson, proposal.other
    if proposal.comes:
        yield proposal.teacher_id, lesson.date, on_its_date(lesson)
    elif proposal.kind is Kind.SWAP and other is not None:
        mine, theirs = on_its_date(lesson), on_its_date(other)
        yield from ((name, lesson.date, mine) for name in theirs.adult_ids)
        yield from ((name, other.date, theirs) for name in mine.adult_ids)


def _apart(board: Board, date: dt.date, claims: list[_Claim]) -> Iterator[Count]:
    """One pick at most at each moment, and time for the way between two."""
    known: set[tuple[Pick, ...]] = set()
    for _, meeting in claims:
        at = meeting.adult_busy[0]
        here = [p for p, m in claims if overlap(at, at + 1, *m.adult_busy)]
        known.add(tuple(dict.fromkeys(here)))
    if board.travels:
        problem = board.problem_at(date)
        known |= {
            (p, q)
            for (p, a), (q, b) in combinations(claims, 2)
            if p[0] != q[0] and AllowTravel.are_too_close(problem, a, b)
        }
    for picks in known:
        if len({need for need, _ in picks}) > 1:
            yield Count(picks, limit=1)


def _shares(board: Board, options: Options) -> Iterator[Count]:
    """How often one person is picked: steps that grow, and limits."""
    of: dict[str, list[tuple[Pick, Proposal]]] = defaultdict(list)
    for need, row in enumerate(options):
        for number, proposal in enumerate(row):
            if proposal.loads:
                of[proposal.teacher_id].append(((need, number), proposal))
    for name, picks in of.items():
        yield from _steps(board, picks)
        yield from _limits(board, name, picks)


def _steps(board: Board, picks: list[tuple[Pick, Proposal]]) -> Iterator[Count]:
    weights = board.settings.weights
    steps: dict[tuple[Pick, ...], int] = defaultdict(int)
    for span, step in (
        (_day, weights.day_load),
        (_week, weights.week_load),
        (_month, weights.month_covers),
        (_term, weights.term_covers),
    ):
        for group in _grouped(picks, span):
            steps[tuple(pick for pick, _ in group)] += step
    yield from (Count(some, step) for some, step in steps.items() if len(some) > 1)


def _limits(
    board: Board, name: str, picks: list[tuple[Pick, Proposal]]
) -> Iterator[Count]:
    settings = board.settings
    for span, most, done in (
        (_day, settings.most_a_day, "day"),
        (_week, settings.most_a_week, "week"),
        (_month, settings.most_a_month, "month"),
    ):
        for group in _grouped(picks, span) if most is not None else ():
            given = board.tally.given(name, group[0][1].need.lesson.date)
            left = (most or 0) - getattr(given, done)
            yield Count(tuple(pick for pick, _ in group), limit=max(0, left))


@dataclass(frozen=True, slots=True)
class _Gain:
    """A lesson that somebody, or a class, gets on a date, and gives up on another."""

    pick: Pick
    lesson: DatedLesson
    date: dt.date
    instead_of: dt.date | None = None


def _gains(options: Options) -> Iterator[tuple[str, _Gain]]:
    """What teachers, and requirements, have more on a date by each option."""
    for need, row in enumerate(options):
        for number, proposal in enumerate(row):
            lesson, other = proposal.need.lesson, proposal.other
            if proposal.loads:
                gain = _Gain((need, number), lesson, lesson.date)
                yield proposal.teacher_id, gain
            elif proposal.kind is Kind.SWAP and other is not None:
                for one, there in ((lesson, other.date), (other, lesson.date)):
                    gain = _Gain((need, number), one, there, one.date)
                    asked = one.meeting.lesson.requirement
                    names = (*one.meeting.teacher_ids, asked.requirement_id)
                    yield from ((name, gain) for name in names)


def _rooms(board: Board, options: Options) -> Iterator[Count]:
    """Periods of day and week that people may still give; lessons a day of a class."""
    found: dict[tuple[str, object], list[_Gain]] = defaultdict(list)
    for name, gain in _gains(options):
        for span in (_day, _week):
            before = gain.instead_of
            if before is None or span(before) != span(gain.date):
                found[name, span(gain.date)].append(gain)
    for (name, stretch), gains in found.items():
        date = gains[0].date
        if name not in board.problem_at(date).teacher:
            left = board.left_of(gains[0].lesson, date) if stretch == date else NO_LIMIT
            amounts = [1] * len(gains)
        else:
            left = board.room(name, date)[stretch != date]
            amounts = [x.lesson.meeting.placement.length for x in gains]
        if left < NO_LIMIT:
            picks = tuple(x.pick for x in gains)
            yield Count(picks, limit=max(0, left), amounts=tuple(amounts))


def _grouped(
    picks: list[tuple[Pick, Proposal]], span: _Span
) -> list[list[tuple[Pick, Proposal]]]:
    found: dict[object, list[tuple[Pick, Proposal]]] = defaultdict(list)
    for pick, proposal in picks:
        found[span(proposal.need.lesson.date)].append((pick, proposal))
    return list(found.values())


def _day(date: dt.date) -> object:
    return date


def _week(date: dt.date) -> object:
    return date.isocalendar()[:2]


def _month(date: dt.date) -> object:
    return date.year, date.month


def _term(date: dt.date) -> object:
    return None
