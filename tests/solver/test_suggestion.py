"""What departments choose by themselves is where a line of search may begin."""

import pytest

from scheduler.constraints.catalogue import rules_in_force
from scheduler.solver.annealing import Annealer
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel
from scheduler.solver.limits import SolveLimits
from scheduler.solver.mismatch import judged
from scheduler.solver.options import classes_clash_free, compile_problem
from scheduler.solver.proving.prover import Prover
from tests.builders import need, place, problem, timetable

TWO = (
    need("R1", "C1", "CN", "2"),
    need("R2", "C1", "PSY", "2", teacher_ids=("T2",)),
)


def compiled(given):
    rules = rules_in_force(given)
    return compile_problem(given, rules, classes_clash_free(rules))


def test_each_department_s_lessons_have_a_place_in_the_suggestion():
    known, seen = Incumbent(SolveLimits(seconds=30)), []
    known.offer(10**6, lambda: None)  # a search has found something
    prover = Prover(
        compiled(problem(*TWO)),
        known,
        lambda found: judged(found).soft,
        threads=1,
        between=lambda: seen.append(prover.suggestion),
    )
    assert prover.suggestion is None

    prover.run()

    assert len(seen) == 1
    assert set(seen[0].placements) == {"R1#1", "R1#2", "R2#1", "R2#2"}
    assert prover.suggestion is not None


@pytest.mark.parametrize("known", [None, 0, -1])
def test_a_line_leads_while_nobody_knows_better(known):
    """All lessons of the start at one time: a class cannot be in two places."""
    given = problem(*TWO)
    kernel = Kernel.of(compiled(given))
    incumbent = Incumbent(SolveLimits(seconds=30))
    line = Annealer(kernel, incumbent, seed=1)
    start = timetable(given, **{"R1#1": place(1, 1), "R2#1": place(1, 1)})
    options = kernel.options_of(start)
    offered = []
    incumbent.offer = lambda soft, make: offered.append(soft)
    incumbent.soft = known

    leads = line.leads_from(options, seconds=0.2)

    assert line.best_cost[0] == 0
    assert min(offered) == line.best_cost[1]
    assert leads is (known is None or line.best_cost[1] <= known)
