"""Ceilings that a levelled solve tries, and what it keeps; the solver is a stand-in."""

from types import MappingProxyType, SimpleNamespace

from scheduler.model.resources import ClassGroup, Teacher
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Layout, Zone
from scheduler.services.jobs.levelling import Levelling, peaks_of, proofs_of
from tests.small_school import at, need, small_problem

IDS = (1, 2, 3, 4)


def school():
    """Four classes, one PE lesson each, on a field of four zones: least peak 1."""
    return small_problem(
        *(need(f"R{k}", f"C{k}", "PE", teacher_ids=(f"T{k}",)) for k in IDS),
        classes=tuple(ClassGroup(f"C{k}", "S1", 3, f"{k}班", 40, "high") for k in IDS),
        teachers=tuple(Teacher(f"T{k}", f"教师{k}", "S1") for k in IDS),
        zones=tuple(Zone(f"Z{k}", "V-F", 1) for k in IDS),
        layouts=tuple(Layout(f"L{k}", "V-F", (f"Z{k}",), ("PE",), 1) for k in IDS),
    )


def beginning(*periods):
    """The lessons, each on a zone of its own, in these periods of Monday."""
    return {
        f"R{k}#1": at(1, period, f"L{k}", teachers=(f"T{k}",))
        for k, period in zip(IDS, periods, strict=False)
    }


ALL_AT_ONCE, THREE, PAIRS = beginning(1, 1, 1, 1), beginning(1, 1, 1, 2), (1, 1, 2, 2)


def levelled(found, broken=MappingProxyType({})):
    """The solution, and what was asked: ceiling, seconds, lessons to begin with."""
    asked = []

    def solve(problem, seconds, start):
        ceilings = [t.max_classes_at_once for t in problem.venue_targets]
        ceiling = ceilings[0] if ceilings else None
        asked.append((ceiling, seconds, start and len(start.placements)))
        placed = found.get(ceiling, beginning(1, 2))
        return SimpleNamespace(
            timetable=Timetable(problem, placed),
            unplaced=tuple(x for x in problem.lesson if x not in placed),
            report=SimpleNamespace(hard=broken.get(ceiling, 0)),
        )

    told = []
    solution = Levelling(school(), 8.0, solve, told.append).run()
    return solution, asked, told


def peak(solution):
    return peaks_of(solution.timetable, {"V-F": 1})["V-F"]


def test_least_peak_that_is_reached_ends_the_search():
    solution, asked, _ = levelled({1: beginning(1, 2, 3, 4)})
    assert (peak(solution), asked) == (1, [(1, 8.0, None)])


def test_least_peak_with_a_hard_rule_broken_is_not_reached():
    solution, asked, _ = levelled(
        {1: beginning(1, 2, 3, 4), None: ALL_AT_ONCE, 2: beginning(*PAIRS)}, {1: 2}
    )
    assert (peak(solution), [x[0] for x in asked]) == (2, [1, None, 2])


def test_ceiling_in_between_is_tried_from_the_timetable_without_ceilings():
    solution, asked, told = levelled({None: ALL_AT_ONCE, 2: beginning(*PAIRS)})
    # Between 1 and 4 lies 2; between 1 and 2 only 1, which was tried first.
    assert asked == [(1, 8.0, None), (None, 8.0, None), (2, 2.0, 4)]
    assert peak(solution) == 2
    assert told[-1].en == "classes at once, at most: 田径场 2"


def test_ceiling_that_is_not_kept_is_followed_by_a_higher_one():
    solution, asked, _ = levelled({None: ALL_AT_ONCE, 3: THREE})
    assert [x[0] for x in asked] == [1, None, 2, 3]
    assert peak(solution) == 3


def test_without_ceilings_in_between_the_free_timetable_is_kept():
    solution, asked, _ = levelled({None: ALL_AT_ONCE})
    assert [x[0] for x in asked] == [1, None, 2, 3]
    assert peak(solution) == 4
    assert solution.timetable.problem.venue_targets == ()


def test_of_two_timetables_with_lessons_left_over_the_fuller_one_is_kept():
    solution, asked, _ = levelled({None: beginning(1)})
    assert [x[0] for x in asked] == [1, None]
    assert len(solution.timetable.placements) == 2
    assert proofs_of(school(), solution, 5.0) is None


def test_peaks_are_proven_without_the_ceilings_that_were_tried():
    solution, _, _ = levelled({None: ALL_AT_ONCE, 2: beginning(*PAIRS)})
    proofs = proofs_of(school(), solution, 5.0)
    assert (proofs.sum, proofs.least_sum) == (2, 1)
    assert [(x.peak, x.alone, x.minimal) for x in proofs.venues] == [(2, 1, False)]
