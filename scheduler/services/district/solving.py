"""A district solved: shares, all schools at once, rounds of other shares, a judgement.

Every part is a job; ``scheduler.district`` divides, prices and judges.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from distributed import Client

from scheduler.district.judging import Judgement, judge
from scheduler.district.parts import Part
from scheduler.district.sharing.shares import Shares, share
from scheduler.model.district import District
from scheduler.model.problem import Problem
from scheduler.model.timetable import Timetable
from scheduler.services.district.rounds import Asking, Round
from scheduler.services.district.sending import Answer, Tell, send_all
from scheduler.services.jobs.contract import JobKind, Result, Work

_DIVIDING_SHARE, _FIRST_SHARE = 0.25, 0.6
"""Of the time: for dividing, and of the rest for the first solves of all schools."""
_LEAST_SECONDS = 3.0
_MOST_DIVIDING, _UNHURRIED = 60.0, 3600.0
_BEGINNINGS = 2
"""A solve without a timetable begins once more, with holes allowed: each has its time.
"""


@dataclass(frozen=True)
class DistrictLimits:
    """When to stop, and with how much.

    ``seconds`` are of wall time for everything; with ``iterations`` each search ends
    by its moves and the same seed gives the same timetables. ``rounds`` are those in
    which schools may ask for other shares.
    """

    seconds: float = 300.0
    workers: int = 2
    seed: int = 0
    iterations: int | None = None
    rounds: int = 2


@dataclass
class Solved:
    """What became of one part."""

    part: Part
    timetable: Timetable | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""

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
        self._rounds: list[Round] = []

    def solve(self) -> DistrictSolution:
        """The whole run."""
        shares = share(self._district, self._dividing)
        divided = monotonic() - self._begun
        self._note("shares", shares)
        solved = {p.key: Solved(p) for p in shares.parts}
        problems = {p.key: shares.problem_of(p) for p in shares.parts}
        each = self._seconds_each(len(shares.parts), _FIRST_SHARE)
        for answer in self._solve(problems, solved, each):
            self._note("solved", answer)
        shares = self._ask_again(shares, solved)
        for one in solved.values():  # as the rounds left them
            self._note("solved", one)
        timetables = {
            key: x.timetable for key, x in solved.items() if x.timetable is not None
        }
        judgement = judge(self._district, timetables, shares.parts, _holes(solved))
        seconds = monotonic() - self._begun
        rounds = tuple(self._rounds)
        return DistrictSolution(shares, solved, judgement, rounds, seconds, divided)

    @property
    def _dividing(self) -> float:
        """Seconds for a division; whoever wants to see the same again has them all."""
        if self._limits.iterations:
            return _UNHURRIED
        return min(_MOST_DIVIDING, self._limits.seconds * _DIVIDING_SHARE)

    def _seconds_each(self, parts: int, portion: float = 1.0) -> float:
        """Seconds of each solve, so that all end in this portion of what is left."""
        left = self._limits.seconds - (monotonic() - self._begun)
        waves = -(-parts // self._limits.workers)
        each = portion * left / max(1, waves)
        return max(_LEAST_SECONDS, each / _BEGINNINGS)

    def _work(
        self, problem: Problem, seconds: float, start: Timetable | None, prove: bool
    ) -> Work:
        begun = Timetable(problem, start.placements if start else {})
        settings: dict[str, Any] = {
            "seconds": self._limits.seconds if self._limits.iterations else seconds,
            "seed": self._limits.seed,
            "workers": 1,
            "prove": prove,
        }
        if self._limits.iterations:
            settings["iterations"] = self._limits.iterations
        return Work(JobKind.SOLVE, (begun,), settings=settings)

    def _solve(
        self,
        problems: Mapping[str, Problem],
        solved: dict[str, Solved],
        seconds: float,
    ) -> Sequence[Solved]:
        """Solve parts under their shares; what is no worse than before is kept."""
        works = {
            key: self._work(problem, seconds, None, prove=False)
            for key, problem in problems.items()
        }
        found = []
        for answer in send_all(self._client, works, self._tell):
            mine = _taken(solved[answer.name].part, answer)
            solved[answer.name] = mine
            found.append(mine)
        return found

    def _ask_again(self, shares: Shares, solved: dict[str, Solved]) -> Shares:
        """Rounds in which schools that lack lessons, or pay for them, ask again.

        They end where one brings nothing. Costly lessons alone are worth a round only
        while half of the time is left.
        """
        asking = Asking(shares, self._dividing)
        for number in range(1, self._limits.rounds + 1):
            lacking = [k for k, x in solved.items() if not x.is_sound]
            if not asking.has_something_shared or self._is_late(0.9):
                break
            if not lacking and (self._limits.iterations or self._is_late(0.5)):
                break
            found = self._answers(asking)
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

    def _answers(self, asking: Asking) -> "_Answers":
        """What all schools would take at the prices of now, with proven bounds."""
        asked = asking.problems()
        each = self._seconds_each(len(asked), 0.4)
        works = {
            key: self._work(problem, each, None, prove=True)
            for key, problem in asked.items()
        }
        answers = send_all(self._client, works, self._tell)
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
        whole = dict(solved)
        if changed:
            self._solve(changed, whole, self._seconds_each(len(changed), 0.5))
        return whole

    def _is_late(self, portion: float) -> bool:
        """Whether this portion of the time is over; searches by moves have no clock."""
        if self._limits.iterations:
            return False
        return monotonic() - self._begun > portion * self._limits.seconds


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
    timetable = Timetable(part.problem, answer.result.timetable.placements)
    return Solved(part, timetable, answer.result.facts)


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
