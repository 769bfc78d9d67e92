"""The example school of the data contract: a whole timetable, every rule."""

from scheduler.constraints.catalogue import check_settings, rules_in_force
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.timetable_reading import read_timetable
from tests.formats.primary_school import EXAMPLE


def example():
    problem = read_problem(EXAMPLE, check_settings).problem
    return read_timetable(problem, EXAMPLE / "timetable.csv").timetable


def test_feasible_timetable_breaks_no_hard_rule_but_for_18_empty_periods():
    """Nine classes have one such period each, in odd and in even weeks."""
    report = evaluate(example())

    broken = {r.name: r for r in report.results if r.level == "hard" and r.violations}
    assert [*broken] == ["FillClassDays"]
    assert broken["FillClassDays"].amount == 18
    assert len(broken["FillClassDays"].violations) == 9


def test_terms_of_a_whole_school_add_up_to_the_rules_amounts():
    timetable = example()
    rules = rules_in_force(timetable.problem)

    by_terms = {
        rule.name: sum(
            t.amount(timetable.meeting) for t in rule.primitives(timetable.problem)
        )
        for rule in rules
    }

    assert by_terms == {rule.name: rule.amount(timetable) for rule in rules}
