"""What a solve returns, and what it says of itself."""

import math
from dataclasses import dataclass, replace
from typing import Any

from scheduler.constraints.evaluate import Report, evaluate
from scheduler.model.settings.source import Source
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.status import Status


@dataclass(frozen=True, slots=True)
class Holes:
    """How many holes of a class and week were asked for, allowed in the end, and are
    proven to be needed."""

    asked: int
    allowed: int
    least: int

    @property
    def raised(self) -> bool:
        """Whether more had to be allowed than was asked for."""
        return self.allowed > self.asked

    @property
    def text(self) -> Text:
        """What was allowed and why, in one sentence."""
        if self.allowed == self.least:
            why = Text("已证明不能更少", "proven to be the fewest")
        else:
            why = Text(
                "没有找到更少的，也未证明不能更少", "the fewest found, not proven"
            )
        return Text(
            f"做不到每班中间不空节（要求每周最多{self.asked}节）：改为每班每周最多空"
            f"{self.allowed}节，{why.zh}。空着的节次见班级课表。",
            f"Not every class's day can be without empty periods in it (asked: at most "
            f"{self.asked} a week): up to {self.allowed} of a class and week are "
            f"allowed instead, {why.en}. The class pages show them.",
        )

    def facts(self) -> dict[str, Any]:
        """For solution.json."""
        return {
            "asked": self.asked,
            "allowed": self.allowed,
            "least": self.least,
            "text": self.text.both(),
        }


TELLING_GAP = 0.5
"""A larger gap says more of the proof than of the timetable."""


@dataclass(frozen=True)
class Solution:
    """A timetable with its proof.

    ``bound`` is a proven lower bound on the soft cost of any timetable without a
    hard violation; ``first_seconds`` when the first complete one was found;
    ``reasons`` what counting proved impossible, where there is none; ``holes`` what was
    allowed where not every class's day could be without holes.
    """

    status: Status
    timetable: Timetable
    report: Report
    bound: int | None
    seconds: float
    first_seconds: float | None
    seed: int
    iterations: int
    reasons: tuple[Text, ...] = ()
    proof: Certificate | None = None
    """What the bound rests on, to be added up by others."""
    holes: Holes | None = None
    stopped: bool = False
    """Whether somebody asked to stop."""

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Ids of lessons without a place."""
        placed = self.timetable.placements
        lessons = self.timetable.problem.lessons
        return tuple(x.lesson_id for x in lessons if x.lesson_id not in placed)

    @property
    def gap(self) -> float | None:
        """As :func:`gap_of`; None where hard rules are broken, too."""
        return None if self.report.hard else gap_of(self.report.soft, self.bound)

    @property
    def certificate(self) -> Text:
        """What was proven, in words an office understands."""
        told = certificate(self.status, self.report.soft, self.bound, self.gap)
        if self.status is not Status.INFEASIBLE:
            return told
        note = Source.of(self.timetable.problem.rules).as_read
        return Text(told.zh + note.zh, f"{told.en} {note.en}".rstrip())


def at_least_as_good(solution: Solution, known: Timetable | None) -> Solution:
    """The solution, or a known timetable with the same proof where that is better.

    A start that breaks hard rules is no timetable to a search, and yet may be better
    than what is left where none was found.
    """
    if known is None:
        return solution
    same = Timetable(solution.timetable.problem, known.placements)
    report = evaluate(same)
    found = solution.report
    if (report.hard, report.soft) >= (found.hard, found.soft):
        return solution
    proven = solution.status in (Status.INFEASIBLE, Status.UNKNOWN) and report.hard
    status = solution.status if proven else Status.FEASIBLE
    return replace(solution, timetable=same, report=report, status=status)


def gap_percent(gap: float) -> str:
    """A gap in per cent, rounded up: nothing more than was proven may be claimed."""
    return f"{math.ceil(1000 * gap - 1e-9) / 10:.1f}"


def gap_of(soft: int, bound: int | None) -> float | None:
    """(cost - bound) / cost, 0 where proven optimal; None without a proof."""
    if bound is None:
        return None
    return (soft - bound) / soft if soft else 0.0


def certificate(
    status: Status, soft: int, bound: int | None, gap: float | None
) -> Text:
    """One sentence on what was proven of a timetable."""
    if status is Status.OPTIMAL:
        return Text(
            f"已证明最优：在这些规则下没有更好的课表（待改进分{soft}）。",
            f"Proven optimal: no timetable under these rules is better (cost {soft}).",
        )
    if status is Status.INFEASIBLE:
        return Text(
            "已证明：没有课表能满足全部硬性规则。",
            "Proven: no timetable keeps all hard rules.",
        )
    if status is Status.FEASIBLE and gap is not None and gap <= TELLING_GAP:
        percent = gap_percent(gap)
        return Text(
            f"课表没有冲突。已证明：再怎么排，最多还能改进{percent} %"
            f"（待改进分{soft}，理论最低{bound}）。",
            f"No conflicts. Proven: no timetable under these rules can be more than "
            f"{percent} % better (cost {soft}, bound {bound}).",
        )
    if status is Status.FEASIBLE:
        known = "" if bound is None else f"，理论最低{bound}"
        proven = "" if bound is None else f", bound {bound}"
        return Text(
            f"课表没有冲突；还能改进多少尚未证明（待改进分{soft}{known}），"
            "可加长求解时间。",
            f"No conflicts; how far from optimal is not proven yet (cost {soft}"
            f"{proven}); more time may help.",
        )
    return Text("时间用尽，尚无结论。", "Time ran out before anything was proven.")
