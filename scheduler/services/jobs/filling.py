"""Solving without holes in a day of a class, or with the fewest found or proven."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic

from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.constraints.rules.fill_class_days import FillClassDays, most_holes
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.settings import with_parameter
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.solver.explain.counting.holes import least_allowed
from scheduler.solver.solution import Holes, Solution
from scheduler.solver.status import Status

Solve = Callable[[Problem, float, Timetable | None], Solution]
"""Solves a problem in so many seconds, from a timetable where one is given."""
Tell = Callable[[Text], None]
_TRIES = 4
"""Numbers in between that are tried in the time of one solve."""


@dataclass
class Filling:
    """One solve that allows holes only where it must.

    It begins with what counting proves to be needed. Where that leaves lessons over
    for no reason that counting knows, it solves without the rule, and then allows less
    and less from what is best so far. Each of the three has ``seconds``.
    """

    problem: Problem
    seconds: float
    solve: Solve
    tell: Tell

    def run(self, start: Timetable | None = None) -> Solution:
        """The solution; it says how many holes where more than asked are allowed."""
        first = self.once(start)
        ends = self._asked is None or _lacks(first) == (0, 0)
        if ends or first.reasons or first.stopped:
            return first
        self.tell(_NOT_FILLED)
        free = self._under(_most_rows(self.problem), self.seconds, start)
        if _lacks(free) > (0, 0):
            return first
        proven = self._least + (first.status is Status.INFEASIBLE)
        return self._told(*self._between(self._asked, proven, free))

    def once(self, start: Timetable | None = None) -> Solution:
        """The first of the three alone, with as many holes as counting proves."""
        if self._asked is None:
            return self.solve(self.problem, self.seconds, start)
        if self._least == self._asked:
            found = self.solve(self.problem, self.seconds, start)
        else:
            found = self._under(self._least, self.seconds, start)
        if _lacks(found) == (0, 0):
            return self._told(found, Holes(self._asked, self._least, self._least))
        return found

    @cached_property
    def _asked(self) -> int | None:
        """Holes that the rules allow; None where no hard rule speaks of them."""
        for rule in rules_in_force(self.problem):
            if isinstance(rule, FillClassDays) and rule.level is Level.HARD:
                return rule.allowed
        return None

    @cached_property
    def _least(self) -> int:
        return max(self._asked or 0, least_allowed(self.problem))

    def _told(self, solution: Solution, holes: Holes) -> Solution:
        if not holes.raised:
            return solution
        return replace(solution, holes=holes)

    def _under(self, allowed: int, seconds: float, start: Timetable | None) -> Solution:
        rules = with_parameter(
            self.problem.rules, FillClassDays.__name__, "allowed", allowed
        )
        held = replace(self.problem, rules=rules)
        return self.solve(held, seconds, start and Timetable(held, start.placements))

    def _between(
        self, asked: int, least: int, best: Solution
    ) -> tuple[Solution, Holes]:
        """Allow less and less, while there is time.

        Parameters:
            least: What is proven to be needed.
        """
        end, low = monotonic() + self.seconds, least
        most, proven = most_holes(best.timetable), least
        while low < most and monotonic() < end and not best.stopped:
            tried = (low + most) // 2
            found = self._under(tried, self.seconds / _TRIES, best.timetable)
            if _lacks(found) == (0, 0):
                best, most = found, most_holes(found.timetable)
                continue
            if found.stopped:
                break
            low = tried + 1
            if found.status is Status.INFEASIBLE:
                proven = low
        allowed = max(asked, most)
        return self._held(best, allowed), Holes(asked, allowed, min(proven, allowed))

    def _held(self, best: Solution, allowed: int) -> Solution:
        """The solution as one of the problem that allows just so many."""
        rules = with_parameter(
            self.problem.rules, FillClassDays.__name__, "allowed", allowed
        )
        held = replace(self.problem, rules=rules)
        timetable = Timetable(held, best.timetable.placements)
        return replace(best, timetable=timetable, report=evaluate(timetable))


def _lacks(solution: Solution) -> tuple[int, int]:
    """Lessons left over and hard cost."""
    return len(solution.unplaced), solution.report.hard


def _most_rows(problem: Problem) -> int:
    """More holes than a week has rows."""
    return max((len(b.periods) for b in problem.bells), default=0)


_NOT_FILLED = Text(
    "没有找到每班中间都不空节的课表；改为允许空节再排一次，然后尽量减少。",
    "no timetable was found without empty periods within a class's day; solving once "
    "more with them, then with fewer and fewer",
)
