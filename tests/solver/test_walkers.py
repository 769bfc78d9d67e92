"""Lines of search that cool together go on from whoever is further."""

from io import BytesIO
from itertools import count
from types import SimpleNamespace

import numpy as np

from scheduler.solver import annealing
from scheduler.solver.annealing import Annealer
from scheduler.solver.incumbent import Incumbent
from scheduler.solver.kernel.search import Kernel, Search
from scheduler.solver.limits import SolveLimits
from scheduler.solver.options import compiled_in_force
from scheduler.solver.proving import messages, process
from scheduler.solver.walkers import Company, Walker
from tests.builders import need
from tests.impossible_five import school, teacher_with_31_lessons

NOWHERE = np.zeros(0, np.int32)


def walker(cost: int, heat: float = 1.0) -> Walker:
    return Walker(cost, heat, NOWHERE)


def test_a_line_that_is_behind_hears_of_the_one_that_is_furthest():
    company = Company()

    assert company.meet(1, walker(30)) is None
    assert company.meet(2, walker(20)) is None
    assert company.meet(3, walker(25)).cost == 20
    assert company.meet(1, walker(28)).cost == 20
    assert company.meet(2, walker(20)) is None


def test_lines_go_by_where_others_are_now():
    company = Company()
    company.meet(1, walker(10))
    company.meet(1, walker(40))

    assert company.meet(2, walker(30)) is None
    assert company.leader().cost == 30


def test_nobody_goes_on_from_a_colder_line():
    company = Company()
    company.meet(1, walker(10, heat=0.9))

    assert company.meet(2, walker(20, heat=1.0)) is None
    assert company.meet(2, walker(20, heat=0.9)).cost == 10


def test_an_annealing_line_goes_on_from_a_better_timetable_that_it_meets(monkeypatch):
    """One lesson, all of whose places cost the same, so that it moves all the time."""
    monkeypatch.setattr(annealing, "_SMALL", 0)
    problem = school(need("R1", "C1", "CN", "1", teacher_ids=("T1",)))
    kernel = Kernel.of(compiled_in_force(problem)[1])
    incumbent, taken = Incumbent(SolveLimits(seconds=0.5), bound=-1), []
    incumbent.meet(1, Walker(-1, heat=9.0, options=np.array([0], np.int32)))
    monkeypatch.setattr(Search, "go_to", lambda _, options: taken.append(options))

    Annealer(kernel, incumbent, seed=1).run()

    assert len(taken) > 5
    assert all(options == [0] for options in taken)


def test_a_search_goes_to_another_ones_timetable_at_its_cost():
    kernel = Kernel.of(compiled_in_force(small())[1])
    one, other = Search(kernel, seed=1), Search(kernel, seed=2)
    for search in (one, other):
        search.start()
        search.anneal(50, hot=5.0, cold=5.0, weight=1.0)
    before = one.cost, one.best_cost

    one.go_to(other.options)

    assert one.now == other.now
    assert (one.state.option == other.state.option).all()
    assert (one.state.counter["count"] == other.state.counter["count"]).all()
    assert one.best_cost == min(before[1], other.cost)


def test_where_moves_are_counted_the_clock_decides_nothing(monkeypatch):
    """One teacher has a lesson too many: rounds without a timetable go on and on."""
    kernel = Kernel.of(compiled_in_force(teacher_with_31_lessons())[1])
    anneal, heats = Search.anneal, []

    def noted(self, steps, hot, cold, weight):
        heats[-1].append((hot, steps))
        anneal(self, steps, hot, cold, weight)

    monkeypatch.setattr(Search, "anneal", noted)
    for second in (1e-4, 1e-2):
        clock = count(0.0, second).__next__
        heats.append([])
        incumbent = Incumbent(SolveLimits(iterations=40_000), clock=clock)
        Annealer(kernel, incumbent, seed=1).run()

    assert incumbent.stopped
    assert len(heats[0]) > 3
    assert heats[0] == heats[1]


class Kept(BytesIO):
    """A pipe that can be read after it was closed."""

    def close(self):
        pass


def test_a_line_of_the_proof_s_process_meets_those_of_the_solve(monkeypatch):
    told, heard = Kept(), Kept()
    met = [messages.Joining(), *(messages.Met(walker(x)) for x in (20, 5))]
    for message in (*met, messages.Ended(0, infeasible=False)):
        messages.send(told, message)
    told.seek(0)
    other = SimpleNamespace(stdin=heard, stdout=told, kill=lambda: None)
    other.wait = lambda *_: 0
    monkeypatch.setattr(process, "start_child", lambda _: other)
    incumbent = Incumbent(SolveLimits(seconds=5))
    incumbent.meet(1, walker(10))

    process.ProverProcess(small(), incumbent, None).run()

    heard.seek(0)
    messages.receive(heard)  # the task
    answers = [messages.receive(heard).walker for _ in met]
    assert [x and x.cost for x in answers] == [10, 10, None]
    assert incumbent.meet(1, walker(10)).cost == 5


def small():
    """Three lessons of two classes that one teacher has."""
    return school(
        need("R1", "C1", "CN", "2", teacher_ids=("T1",)),
        need("R2", "C2", "CN", "1", teacher_ids=("T1",)),
    )
