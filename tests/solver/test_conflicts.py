"""What is taken out of a timetable leaves no hard rule broken, and not much is."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.limits import Limit, LimitKind, LimitOn
from scheduler.model.timetable import Timetable
from scheduler.solver.greedy import kept_rules, without_conflicts, without_demands
from tests.builders import need, place, problem, timetable
from tests.row_strategies import with_rows
from tests.strategies import any_timetables, problems
from tests.thorough import times


def test_a_day_without_idle_periods_is_cut_at_its_end():
    # C1 has periods 1 to 6 of Monday, the fifth with a teacher who is with C2 then as
    # well: of the two R2 goes. Period 6 is then alone: without it 1 to 4 stay; were the
    # first ones to go, only 6 would.
    none_idle = Limit("B1", LimitKind.MAX_IDLE_A_WEEK, LimitOn.CLASS, 0, ("C1",))
    given = problem(
        need("R1", "C1", "CN", "5", teacher_ids=()),
        need("R2", "C1", "MA"),
        need("R3", "C2", "MA"),
        limits=(none_idle,),
    )
    nobody = [place(1, n, teachers=()) for n in (1, 2, 3, 4, 6)]
    crowded = timetable(
        given,
        **{f"R1_{k}": p for k, p in enumerate(nobody, 1)},
        R2=place(1, 5),
        R3=place(1, 5),
    )
    left = without_conflicts(crowded, kept_rules(rules_in_force(given)))
    assert set(left.placements) == {"R1#1", "R1#2", "R1#3", "R1#4", "R3#1"}


@settings(max_examples=times(15), suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_left_breaks_nothing_however_few_the_rounds(data):
    drawn = without_demands(data.draw(with_rows(data.draw(problems(most=3)))))
    crowded = data.draw(any_timetables(drawn))
    rules = kept_rules(rules_in_force(drawn))
    for rounds in (50, 0):
        left = without_conflicts(crowded, rules, rounds)
        assert left.placements.items() <= crowded.placements.items()
        assert not any(r.amount(left) for r in rules)
        clean = not any(r.amount(Timetable(drawn, crowded.placements)) for r in rules)
        assert not clean or left.placements == crowded.placements
