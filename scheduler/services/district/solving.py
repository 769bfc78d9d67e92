"""A district solved: shares, all schools at once, rounds of other shares, a judgement.

Every part is a job; ``scheduler.district`` divides, prices and judges.
"""

from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from distributed import Client

from scheduler.constraints.evaluate import evaluate
from scheduler.district.judging import Judgement, judge
from scheduler.district.parts import Part
from scheduler.district.sharing.shares import Shares, share
from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.services.district.rounds import Asking, Round
from scheduler.services.district.sending import Answer, Tell, send_all, workers_of
from scheduler.services.jobs.contract import JobKind, Result, Work

_DIVIDING, _FIRST, _AGAIN = 0.25, 0.6, 0.8
"""Portions of the time after which dividing, the first solves, second ones end."""
_LEAST_SECONDS = 2.0
_MOST_DIVIDING, _UNHURRIED = 60.0, 3600.0
_TRIES = 3
"""Solves of one that allows holes where it must: each has its part of the time."""
_ASKING = 0.4
"""What of the time for a round is for asking."""
_LACKING_ROUND, _COSTLY_ROUND = 6.0, 20.0
"""Seconds for each school, asked and solved anew, from which on a round is worth it."""
GRACE = 10.0
"""Seconds after which, when time is up, nobody waits for what is still computed."""


@dataclass(frozen=True)
class DistrictLimits:
    """When to stop, and with how much.

    ``seconds`` are of wall time for everything; with ``iterations`` each search ends
    by its moves and the same seed gives the same timetables. ``workers`` are those of
    a cluster of our own. ``rounds`` are those in which schools may ask for other
    shares.
    """

    seconds: float = 300.0
    workers: int = 2
    seed: int = 0
    iterations: int | None = None
    rounds: int = 2


@dataclass
class Solved:
    """What became of one part; ``soft`` is its cost without a share."""

    part: Part
    timetable: Timetable | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    soft: int = 0
    judging: float = 0.0
    """Seconds that judging it took."""

    @property
    def cost(self) -> tuple[int, int, int]:
        """Lessons without a place, hard cost, soft cost."""
        lost = len(self.part.problem.lessons)
        if self.timetable is None:
            return lost, lost, 0
        facts = self.facts
        return len(facts["unplaced"]), int(facts["hard"]), int(facts["soft"])

    @property
    def is_sound(self) -> bool:
        """Whether it has a timetable that can be used."""
        return self.timetable is not None and self.cost[:2] == (0, 0)

    @property
    def may_be_whole(self) -> bool:
        """Whether nothing is known that stands against a timetable that can be used."""
        tried = self.timetable is not None and not self.is_sound
        return tried and not self.facts.get("reasons")


@dataclass(frozen=True)
class DistrictSolution:
    """All that came of solving a district."""

    shares: Shares
    solved: Mapping[str, Solved]
    judgement: Judgement
    rounds: tuple[Round, ...]
    seconds: float
    divided_seconds: float


def solve_district(
    district: District,
    limits: DistrictLimits,
    client: Client,
    tell: Tell,
    note: Callable[[str, Any], None],
) -> DistrictSolution:
    """Divide, solve all schools on a cluster, ask again, judge.

    Parameters:
        tell: Told how far each school is.
        note: Told what has been settled: ``shares``, ``solved``, ``round``.

    Raises:
        InputError: the district contradicts itself.
    """
    return _Run(district, limits, client, tell, note).solve()


class _Run:
    """One district while it is solved."""

    def __init__(
        self,
        district: District,
        limits: DistrictLimits,
        client: Client,
        tell: Tell,
        note: Callable[[str, Any], None],
    ) -> None:
        self._district, self._limits, self._client = district, limits, client
        self._tell, self._note = tell, note
        self._begun = monotonic()
        self._judging = 0.0
        self._rounds: list[Round] = []

    def solve(self) -> DistrictSolution:
        """The whole run."""
        shares = share(self._district, self._dividing)
        divided = self._elapsed
        self._note("shares", shares)
        solved = {p.key: Solved(p) for p in shares.parts}
        problems = {p.key: shares.problem_of(p) for p in shares.parts}
        self._solve(problems, solved, _FIRST, once=True)
        again = {k: problems[k] for k, x in solved.items() if x.may_be_whole}
        self._solve(again, solved, _AGAIN)
        shares = self._ask_again(shares, solved)
        timetables = {
            key: x.timetable for key, x in solved.items() if x.timetable is not None
        }
        for one in solved.values():  # as the rounds left them
            self._note("solved", one)
        soft = sum(x.soft for x in solved.values())
        judgement = judge(self._district, timetables.values(), soft, _holes(solved))
        rounds = tuple(self._rounds)
        return DistrictSolution(
            shares, solved, judgement, rounds, self._elapsed, divided
        )

    @property
    def _elapsed(self) -> float:
        return monotonic() - self._begun

    @property
    def _dividing(self) -> float:
        """Seconds for a division; whoever wants to see the same again has them all."""
        if self._limits.iterations:
            return _UNHURRIED
        return min(_MOST_DIVIDING, self._limits.seconds * _DIVIDING)

    def _left(self, portion: float = 1.0) -> float:
        """Seconds until this portion of the time is over, which judging needs too."""
        return portion * (self._limits.seconds - self._judging) - self._elapsed

    def _each(self, unfinished: int, portion: float) -> float:
        """Seconds of the next solve, so that all end in this portion of the time."""
        if self._limits.iterations:
            return self._limits.seconds
        waves = max(1.0, unfinished / workers_of(self._client))
        return max(_LEAST_SECONDS, self._left(portion) / waves)

    def _work(self, problem: Problem, seconds: float, **more: Any) -> Work:
        settings: dict[str, Any] = {
            "seconds": seconds,
            "seed": self._limits.seed,
            "workers": 1,
            "prove": False,
            **more,
        }
        if self._limits.iterations:
            settings["iterations"] = self._limits.iterations
        return Work(JobKind.SOLVE, (Timetable(problem, {}),), settings=settings)

    def _send(
        self, problems: Mapping[str, Problem], portion: float, tries: int, **more: Any
    ) -> Iterator[Answer]:
        """Solve problems in a portion of the time; what comes too late is not waited
        for."""

        def make(name: str, unfinished: int) -> Work:
            seconds = self._each(unfinished, portion) / tries
            return self._work(problems[name], seconds, **more)

        end = None
        if not self._limits.iterations:
            end = monotonic() + self._left() + GRACE
        return send_all(self._client, problems, make, self._tell, end)

    def _solve(
        self,
        problems: Mapping[str, Problem],
        solved: dict[str, Solved],
        portion: float,
        *,
        once: bool = False,
    ) -> None:
        """Solve parts under their shares; the better of what was and what comes stays.

        Parameters:
            once: Whether no holes may be allowed beyond those that counting proves.
        """
        tries, seed = (1, 0) if once else (_TRIES, 1)
        more = {"once": once, "seed": self._limits.seed + seed}
        for answer in self._send(problems, portion, tries, **more):
            mine = _taken(solved[answer.name].part, answer)
            if mine.cost <= solved[answer.name].cost or once:
                solved[answer.name] = mine
            self._note("solved", solved[answer.name])
            self._judging = sum(x.judging for x in solved.values())

    def _ask_again(self, shares: Shares, solved: dict[str, Solved]) -> Shares:
        """Rounds in which schools that lack lessons, or pay for them, ask again.

        They end where one brings nothing, or no school would have time to answer.
        """
        asking = Asking(shares, self._dividing)
        for number in range(1, self._limits.rounds + 1):
            lacking = [k for k, x in solved.items() if not x.is_sound]
            asked = asking.problems(lacking)
            if not asking.has_something_shared or not self._is_time_for(asked, lacking):
                break
            found = self._answers(asked)
            costly = [
                k for k, soft in found.softs().items() if soft < solved[k].cost[2]
            ]
            other = asking.answered(found.results, shares)
            whole = self._under(other, shares, solved)
            better = _total(whole) < _total(solved)
            self._rounds.append(asking.record(number, lacking or costly, better))
            self._note("round", self._rounds[-1])
            if not better:
                break
            solved.update(whole)
            shares = other
        return shares

    def _is_time_for(self, asked: Sized, lacking: Sized) -> bool:
        """Whether every school would have time for its two solves of a round.

        Searches by moves have no clock: there, costs alone are worth no round.
        """
        if self._limits.iterations:
            return bool(lacking)
        least = _LACKING_ROUND if lacking else _COSTLY_ROUND
        return self._each(len(asked), 1.0) >= least

    def _answers(self, asked: Mapping[str, Problem]) -> "_Answers":
        """What schools would take at the prices of now, with proven bounds."""
        now = self._elapsed / (self._limits.seconds - self._judging)
        portion = now + _ASKING * (1 - now)
        answers = self._send(asked, portion, 1, prove=True, once=True)
        return _Answers({a.name: a.result for a in answers})

    def _under(
        self, other: Shares, shares: Shares, solved: Mapping[str, Solved]
    ) -> dict[str, Solved]:
        """All schools under other shares; equal problems keep what they have."""
        problems = {p.key: other.problem_of(p) for p in shares.parts}
        changed = {
            p.key: problems[p.key]
            for p in shares.parts
            if problems[p.key] != shares.problem_of(p)
        }
        whole = dict(solved) | {k: Solved(solved[k].part) for k in changed}
        self._solve(changed, whole, 1.0)
        return whole


@dataclass(frozen=True)
class _Answers:
    """What schools took when they could choose, by their keys."""

    results: Mapping[str, Result | None]

    def softs(self) -> dict[str, int]:
        """Soft costs with the prices paid, where there is a timetable."""
        return {
            key: int(result.facts["soft"])
            for key, result in self.results.items()
            if result is not None and not result.facts["hard"]
        }


def _taken(part: Part, answer: Answer) -> Solved:
    """A part with what was found for it."""
    if answer.result is None or answer.result.timetable is None:
        return Solved(part, fault=answer.fault or "–")
    begun = monotonic()
    timetable = Timetable(part.problem, answer.result.timetable.placements)
    soft = evaluate(timetable).soft
    return Solved(
        part,
        Timetable(part.problem, timetable.placements),
        answer.result.facts,
        soft=soft,
        judging=monotonic() - begun,
    )


def _total(solved: Mapping[str, Solved]) -> tuple[int, int, int]:
    costs = [x.cost for x in solved.values()]
    return (
        sum(c[0] for c in costs),
        sum(c[1] for c in costs),
        sum(c[2] for c in costs),
    )


def _holes(solved: Mapping[str, Solved]) -> int:
    """The most holes that a class of some school had to be allowed."""
    found = (x.facts.get("holes") or {} for x in solved.values())
    return max((int(h.get("allowed", 0)) for h in found), default=0)
