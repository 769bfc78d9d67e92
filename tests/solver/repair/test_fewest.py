"""Repairs by hand: how few changes there can be, and what is proven when."""

from dataclasses import replace

from scheduler.model.events import absent, close
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.targets import Target, TargetKind
from scheduler.model.venues import Layout, Venue
from scheduler.solver.repair.changes import ChangeKind
from scheduler.solver.repair.repairing import RepairLimits, repair
from scheduler.solver.repair.result import Budget, OptionKind, Verdict
from scheduler.solver.repair.running import Running
from tests.builders import (
    VENUES,
    bell,
    need,
    place,
    problem,
    timetable,
    unavailable,
)

LIMITS = RepairLimits(seconds=30, workers=1)
# One day of two lessons: a class with two lessons is full.
TWO = (bell("A", "1 lesson 08:00-08:40\n2 lesson 08:50-09:30", (1,)),)
THREE = (
    bell("A", "1 lesson 08:00-08:40\n2 lesson 08:50-09:30\n3 lesson 10:00-10:40", (1,)),
)


def of(given: Problem, **placements: object) -> Running:
    """A running timetable beside its problem."""
    return Running(given, timetable(given, **placements).placements)


def away(running: Running, teacher_id: str, day: int | None = None, **more) -> Running:
    """The teacher is away from now on."""
    target = Target(TargetKind.TEACHER, teacher_id, day)
    changed = absent(running.problem, running.timetable, [target], **more)
    return running.beside(changed)


def swap() -> Running:
    """Two lessons of one class must swap: T1 cannot come to the first period."""
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C1", "MUS", teacher_ids=("T2",), layouts=(HOME,)),
        bells=TWO,
        classes=problem().classes[:1],
        unavailable=(unavailable("teacher", "T1", period=1),),
    )
    return of(given, R1=place(1, 1), R2=place(1, 2, teachers=("T2",)))


def test_timetable_that_still_fits_needs_no_change():
    given = problem(need("R1", "C1", "CN", "2"))

    found = repair(of(given, R1_1=place(1, 1), R1_2=place(2, 1)), limits=LIMITS)

    assert (found.verdict, found.least) == (Verdict.REPAIRED, 0)
    assert [o.changed for o in found.options] == [0] * len(found.options)
    assert found.options[0].changes == ()


def test_lessons_of_an_absent_teacher_are_taken_over_where_they_are():
    given = problem(
        need("R1", "C1", "CN", "2"), need("R2", "C2", "CN", teacher_ids=("T2",))
    )
    running = of(
        given, R1_1=place(1, 1), R1_2=place(2, 1), R2=place(3, 1, teachers=("T2",))
    )

    found = repair(away(running, "T1"), limits=LIMITS)

    option = found.options[0]
    assert (found.least, found.minimal, option.changed, option.moved) == (2, True, 2, 0)
    assert option.teacher_ids == ("T2",)
    assert option.class_ids == ("C1",)


def test_lesson_moves_where_the_one_who_covers_is_busy():
    given = problem(need("R1", "C1", "CN"), need("R2", "C2", "CN", teacher_ids=("T2",)))
    running = of(given, R1=place(1, 1), R2=place(1, 1, teachers=("T2",)))

    option = repair(away(running, "T1"), limits=LIMITS).options[0]

    assert (option.changed, option.moved) == (1, 1)
    assert [c.lesson_id for c in option.changes] == ["R1#1"]


def test_lessons_of_a_teacher_absent_on_one_day_move_to_others():
    given = problem(need("R1", "C1", "CN", "2"))
    running = of(given, R1_1=place(1, 1), R1_2=place(2, 1))

    found = repair(away(running, "T1", 2), limits=LIMITS)

    (change,) = found.options[0].changes
    assert (found.least, change.lesson_id) == (1, "R1#2")
    assert change.after is not None
    assert change.after.day != 2


def test_lessons_of_one_day_may_be_covered_where_that_is_asked_for():
    """Full on all other days, his lesson has no other place."""
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C2", "CN", teacher_ids=("T2",)),
        bells=TWO,
        classes=problem().classes[:2],
    )
    running = of(given, R1=place(1, 1), R2=place(1, 2, teachers=("T2",)))

    alone = repair(away(running, "T1", 1), limits=LIMITS)
    covered = repair(away(running, "T1", 1, cover=()), limits=LIMITS)

    assert alone.verdict is Verdict.IMPOSSIBLE
    assert alone.stuck == ("R1#1",)
    (change,) = covered.options[0].changes
    assert change.after is not None
    assert change.after.teacher_ids == ("T2",)


def test_lesson_leaves_a_venue_that_is_closed():
    given = problem(need("R1", "C1", "PE", layouts=("L1",)))
    running = of(given, R1=place(1, 1, "L1"))
    shut = close(given, [Target(TargetKind.VENUE, "FIELD", 1)])

    found = repair(running.beside(shut), limits=LIMITS)

    assert (found.least, found.options[0].moved) == (1, 1)


def test_swap_within_a_full_class_takes_two_changes():
    found = repair(swap(), limits=LIMITS)

    assert (found.least, found.options[0].changed) == (2, 2)
    assert found.options[0].teacher_ids == ("T1", "T2")


def test_budget_of_one_change_is_proven_too_small_for_a_swap():
    found = repair(swap(), Budget(changes=1), limits=LIMITS)

    assert (found.verdict, found.least) == (Verdict.TOO_MANY_CHANGES, 2)
    assert found.options == ()
    assert found.summary.en == (
        "Proven: at least 2 lessons must change, more than the 1 allowed."
    )


def test_budget_of_one_teacher_is_proven_too_small_for_a_swap():
    found = repair(swap(), Budget(teachers=1), limits=LIMITS)

    assert found.verdict is Verdict.TOO_MANY_TEACHERS
    assert found.least_teachers == 2


def test_frozen_lesson_makes_a_swap_impossible():
    frozen = [Target(TargetKind.LESSON, "R2#1")]

    found = repair(swap(), frozen=frozen, limits=LIMITS)

    assert found.verdict is Verdict.IMPOSSIBLE


def test_lesson_that_is_no_longer_asked_for_is_removed_and_not_counted():
    given = problem(need("R1", "C1", "CN", "1"))
    before = {"R1#1": place(1, 1), "R1#2": place(2, 1), "GONE#1": place(3, 1)}

    found = repair(Running(given, before), limits=LIMITS)

    option = found.options[0]
    assert (found.least, option.changed) == (0, 0)
    # Either of the two lessons of R1 may go, for they are interchangeable.
    assert [c.kind for c in option.changes] == [ChangeKind.REMOVED] * 2
    assert option.changes[1].lesson_id == "GONE#1"


def test_lesson_that_is_new_is_added_and_not_counted():
    given = problem(need("R1", "C1", "CN", "2"))

    found = repair(of(given, R1_1=place(1, 1)), limits=LIMITS)

    option = found.options[0]
    assert (found.least, option.changed) == (0, 0)
    assert [c.kind for c in option.changes] == [ChangeKind.ADDED]


def test_lessons_keep_their_number_when_an_earlier_one_moves_behind_them():
    given = problem(
        need("R1", "C1", "CN", "3"),
        unavailable=(unavailable("teacher", "T1", 1),),
    )
    running = of(given, R1_1=place(1, 1), R1_2=place(2, 1), R1_3=place(3, 1))

    option = repair(running, limits=LIMITS).options[0]

    assert [c.lesson_id for c in option.changes] == ["R1#1"]
    assert option.timetable.placements["R1#2"] == place(2, 1)


def test_lesson_keeps_its_room_though_another_is_just_as_good():
    """Alike rooms are one to a solve, but to move a class is a change."""
    rooms = tuple(
        Venue(f"M{k}", f"音乐教室{k}", "S1", "room", True, "S1") for k in (1, 2)
    )
    layouts = tuple(Layout(f"L{k}", f"M{k}", (f"M{k}",), ("MUS",), 1) for k in (1, 2))
    given = problem(
        need("R1", "C1", "MUS"),
        need("R2", "C2", "MUS", teacher_ids=("T2",)),
        need("R3", "C3", "CN", teacher_ids=("T3",)),
        venues=VENUES[:1] + rooms,
        zones=(),
        layouts=layouts,
        unavailable=(unavailable("teacher", "T3"),),
    )
    running = of(
        given,
        R1=place(1, 1, "L2"),
        R2=place(1, 1, "L1", teachers=("T2",)),
        R3=place(1, 1, teachers=("T3",)),
    )

    found = repair(running, limits=LIMITS)

    assert found.least == 1
    assert [c.lesson_id for c in found.options[0].changes] == ["R3#1"]


def test_teacher_unknown_to_the_data_has_left_and_is_replaced():
    given = problem(need("R1", "C1", "CN", teacher_ids=("T2",)))
    before = {"R1#1": replace(place(1, 1), teacher_ids=("OLD",))}

    found = repair(Running(given, before), limits=LIMITS)

    (change,) = found.options[0].changes
    assert (found.least, change.moved) == (1, False)
    assert found.options[0].teacher_ids == ("T2",)


def test_options_differ_in_what_they_change():
    given = problem(
        need("R1", "C1", "CN"),
        need("R2", "C1", "MUS", teacher_ids=("T2",), layouts=(HOME,)),
        need("R3", "C1", "PSY", teacher_ids=("T3",), layouts=(HOME,)),
        bells=THREE,
        classes=problem().classes[:1],
        unavailable=(unavailable("teacher", "T1", period=1),),
    )
    running = of(
        given,
        R1=place(1, 1),
        R2=place(1, 2, teachers=("T2",)),
        R3=place(1, 3, teachers=("T3",)),
    )

    found = repair(running, limits=LIMITS)

    # Swapped with either of the other two lessons; all three in turn at last.
    made = [o.timetable.placements for o in found.options]
    assert [o.changed for o in found.options] == [2, 2, 3]
    assert all(a != b for k, a in enumerate(made) for b in made[:k])
    assert found.options[0].kind is OptionKind.FEWEST_CHANGES


def test_budget_bounds_every_option():
    found = repair(swap(), Budget(changes=2, teachers=2), limits=LIMITS)

    assert found.verdict is Verdict.REPAIRED
    assert all(o.changed <= 2 and len(o.teacher_ids) <= 2 for o in found.options)
