"""Proposals for absences: who, in what order, with numbers computed by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.term.changes import DatedChange, Was
from scheduler.term.checking import refusals
from scheduler.term.cover.counting import covers
from scheduler.term.cover.leaves import Leave
from scheduler.term.cover.proposing import (
    by_hand,
    over_agreed,
    proposals,
    why_not,
)
from scheduler.term.cover.settings import CoverSettings, Weights
from scheduler.term.cover.weighing import Kind
from tests.term.cover.school import (
    NEXT,
    THURSDAY,
    TUESDAY,
    best_alone,
    board,
    school,
)


def need_of(given, lesson_id):
    (need,) = [x for x in given.needs if x.lesson.lesson_id == lesson_id]
    return need


def points(given, lesson_id, kind=Kind.SUBSTITUTE):
    found = proposals(given, need_of(given, lesson_id))
    return {x.teacher_id: x.points for x in found if x.kind is kind}


def test_needs_are_the_lessons_of_whoever_is_away_then():
    assert [x.lesson.lesson_id for x in board().needs] == ["B1#1", "B3#1"]
    morning = Leave("T1", TUESDAY, TUESDAY, start=0, end=580)
    assert [x.lesson.lesson_id for x in board(morning).needs] == ["B1#1"]
    one = Leave("T1", TUESDAY, TUESDAY, lesson_id="B3#1")
    assert [x.lesson.lesson_id for x in board(one).needs] == ["B3#1"]


def test_who_goes_along_is_replaced_and_counts_as_no_cover():
    """T1 goes along with B2 at 08:50, when T4 teaches: 15 for a class that T2 does not
    know, 4 for the lesson of that day."""
    asked = [
        replace(r, escort_ids=("T1",)) if r.requirement_id == "B2" else r
        for r in school().problem.requirements
    ]
    given = board(table=school(requirements=tuple(asked)))
    need = need_of(given, "B2#1")
    assert need.escorts
    best, last = proposals(given, need)
    assert (best.kind, best.teacher_id, best.points) == (Kind.ESCORT, "T2", 19)
    assert last.kind is Kind.CANCEL
    after = given.with_picks(best.changes)
    assert [x.lesson.lesson_id for x in after.needs] == ["B1#1", "B3#1"]
    (held,) = [x for x in after.lessons[TUESDAY] if x.lesson_id == "B2#1"]
    assert held.meeting.adult_ids == ("T3", "T2")
    assert covers(after.changes) == ()
    (busy,) = why_not(given, by_hand(given, need, Kind.SUBSTITUTE, "T4"))
    assert "孙丽" in busy.zh


def test_only_who_is_free_by_the_clock_is_proposed():
    """At 08:00 T2 teaches the other class; at 09:40 T3 does."""
    assert set(points(board(), "B1#1")) == {"T3", "T4"}
    assert set(points(board(), "B3#1")) == {"T2", "T4"}


def test_points_are_the_sum_of_their_named_parts():
    """T2 for B3: 20 as swaps come first, 15 for the unknown class, 4 + 1 for one lesson
    that day and week; the grade is the same. T4 knows the class: 20 + 100 for another
    subject + 2 lessons (8 + 2)."""
    assert points(board(), "B3#1") == {"T2": 40, "T4": 130}
    found = proposals(board(), need_of(board(), "B3#1"))
    (best,) = [x for x in found if x.teacher_id == "T2" and x.kind is Kind.SUBSTITUTE]
    assert [(part.name.zh, part.points) for part in best.parts] == [
        ("请假较短，先考虑调课", 20),
        ("没教过这个班", 15),
        ("当天已有1节", 4),
        ("本周已有1节", 1),
    ]


def test_covers_of_month_and_term_count_those_just_picked():
    """One cover in September: 6 for the month, 2 for the term, and a lesson of the
    week; the one of the same day counts its lesson of the day besides."""
    was = Was(teacher_ids=("T1",))
    earlier = DatedChange(dt.date(2026, 9, 1), "B3#1", teacher_ids=("T2",), was=was)
    assert points(board(changes=[earlier]), "B3#1")["T2"] == 40 + 6 + 2
    later = DatedChange(NEXT, "B3#1", teacher_ids=("T2",), was=was)
    now = board(Leave("T1", TUESDAY, TUESDAY), changes=[earlier, later])
    assert points(now, "B3#1")["T2"] == 40 + 12 + 4


def test_swap_within_the_reach_comes_first_and_loses_no_lesson():
    """PE at 08:50 is another subject of the class, and T3 is free at 08:00 but not at
    09:40; T1 could come at 08:50, but is away the whole day. In a week's reach T1 gives
    the lesson on 1 or 15 September, 7 days apart."""
    wide = board(settings=CoverSettings(swap_reach=7))
    found = proposals(wide, need_of(wide, "B1#1"))
    first = found[0]
    assert first.kind is Kind.SWAP
    assert first.points == 7 * 3
    assert refusals(wide.versions, (), first.changes) == ()
    none = [x.kind for x in proposals(board(), need_of(board(), "B1#1"))]
    assert Kind.SWAP not in none


def test_morning_off_is_swapped_with_an_afternoon_of_the_same_day():
    away = Leave("T1", TUESDAY, TUESDAY, start=480, end=520)
    given = board(away)
    found = proposals(given, need_of(given, "B1#1"))
    swaps = [x for x in found if x.kind is Kind.SWAP]
    assert {x.other.lesson_id for x in swaps} == {"B2#1", "B4#1"}
    assert found[0] is swaps[0]
    assert found[0].points == 0


def test_classes_of_one_subject_and_grade_are_joined_where_the_room_takes_them():
    """3(1) and 3(2) have Chinese at 08:00; they are 80 pupils."""
    assert points(board(), "B1#1", Kind.MERGE) == {}
    large = board(settings=CoverSettings(swap_reach=0, room_pupils=80))
    assert points(large, "B1#1", Kind.MERGE) == {"T2": 60}
    (joined,) = [
        x for x in proposals(large, need_of(large, "B1#1")) if x.kind is Kind.MERGE
    ]
    assert why_not(large, joined) == ()


def test_longer_leaves_are_covered_rather_than_swapped():
    days = Leave("T1", TUESDAY, NEXT)
    given = board(days, settings=CoverSettings(swap_reach=0))
    assert points(given, "B3#1")["T2"] == 40 - 20


def test_nobody_is_proposed_over_the_limits_of_law_and_school():
    table = school()
    tired = replace(table.problem.teachers[1], max_per_day=1)
    people = (table.problem.teachers[0], tired, *table.problem.teachers[2:])
    assert set(points(board(table=school(teachers=people)), "B3#1")) == {"T4"}
    agreed = CoverSettings(swap_reach=0, most_a_day=0)
    assert points(board(settings=agreed), "B3#1") == {}
    excluded = CoverSettings(swap_reach=0, excluded=("T2",))
    assert set(points(board(settings=excluded), "B3#1")) == {"T4"}


def test_whoever_is_unavailable_or_away_as_well_is_not_proposed():
    row = Unavailability(ResourceKind.TEACHER, "T2", 2)
    assert set(points(board(table=school(unavailable=(row,))), "B3#1")) == {"T4"}
    both = board(Leave("T1", TUESDAY, TUESDAY), Leave("T2", TUESDAY, TUESDAY))
    assert set(points(both, "B3#1")) == {"T4"}


@pytest.mark.parametrize(
    ("teacher_id", "words"),
    [
        ("T2", "教师李明周二08:00–08:40同时有2节课"),
        ("T1", "王芳当天请假"),
    ],
)
def test_pick_by_hand_says_what_stands_in_its_way(teacher_id, words):
    given = board()
    pick = by_hand(given, need_of(given, "B1#1"), Kind.SUBSTITUTE, teacher_id)
    assert words in why_not(given, pick)[0].zh


def test_pick_by_hand_keeps_what_the_school_has_agreed_on():
    given = board(settings=CoverSettings(swap_reach=0, excluded=("T4",)))
    pick = by_hand(given, need_of(given, "B1#1"), Kind.SUBSTITUTE, "T4")
    assert [x.zh for x in why_not(given, pick)] == [
        "2026-09-08 孙丽不参加代课（代课规则）。"
    ]
    assert over_agreed(given, "T3", TUESDAY) is None


def test_one_after_the_other_counts_those_before():
    """Without swaps and self-study: T3 or T4 for 08:00, both 20 + 100 + 8 + 2 = 130 and
    T3 first by its id, and T2 for 09:40."""
    weights = Weights(self_study=300)
    given = board(settings=CoverSettings(swap_reach=0, weights=weights))
    taken = best_alone(given)
    assert [(x.teacher_id, x.points) for x in taken] == [("T3", 130), ("T2", 40)]
    picks = tuple(c for x in taken for c in x.changes)
    assert given.with_picks(picks).needs == ()
    assert [x.given_by for x in covers(picks)] == [("T3",), ("T2",)]


def test_cover_that_is_cancelled_or_moved_counts_there_or_not_at_all():
    was = Was(teacher_ids=("T1",))
    cover = DatedChange(TUESDAY, "B3#1", teacher_ids=("T2",), was=was)
    moved = DatedChange(TUESDAY, "B3#1", to_date=THURSDAY, start=480, end=520)
    assert [x.date for x in covers([cover, moved])] == [THURSDAY]
    gone = DatedChange(TUESDAY, "B3#1", cancelled=True)
    assert covers([cover, gone]) == ()
    assert covers([moved]) == ()
