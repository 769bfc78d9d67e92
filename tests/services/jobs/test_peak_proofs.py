"""Peaks held against what is proven."""

from scheduler.services.jobs.peak_proofs import prove_peaks
from tests.small_school import at, need, small_problem, timetable

NEEDS = (need("R1", "A", "PE", "1"), need("R2", "B", "PE", "1", teacher_ids=("T2",)))


def proofs_of(period_of_b, *more):
    problem = small_problem(*NEEDS, *more)
    placed = {
        "R1_1": at(1, 1, "L1"),
        "R2_1": at(1, period_of_b, "L2", teachers=("T2",)),
    }
    # GiveDailyPE asks nothing of classes with so little PE.
    return prove_peaks(timetable(problem, **placed), 10.0)


def test_lessons_one_after_the_other_reach_the_proven_least():
    proofs = proofs_of(2)
    (field,) = proofs.venues
    assert (field.peak, field.alone, field.beside, field.minimal) == (1, 1, 1, True)
    assert proofs.text.en == "the peaks of shared venues add up to 1, proven least"


def test_lessons_at_once_are_above_it_and_said_to_be():
    proofs = proofs_of(1)
    (field,) = proofs.venues
    assert (field.peak, field.beside, field.minimal) == (2, 1, False)
    assert field.text.en == "peak 2, proven: no timetable is below 1"
    assert proofs.text.en.endswith("add up to 2, proven: no timetable is below 1")


def test_incomplete_timetable_is_not_held_against_the_bound():
    proofs = proofs_of(2, need("R3", "C", "PE"))
    assert (proofs.usable, proofs.venues, proofs.least_sum) == (False, (), 1)
    assert "is not complete or breaks hard rules" in proofs.text.en


def test_problem_without_a_timetable_has_no_least_peak():
    # The class has seven slots a week.
    problem = small_problem(need("R1", "A", "PE", "8"), NEEDS[1])
    proofs = prove_peaks(timetable(problem), 10.0)

    assert proofs.impossible
    assert proofs.text.zh.startswith("已证明没有课表能满足全部硬性规则")
    assert "None" not in proofs.text.zh + proofs.text.en
