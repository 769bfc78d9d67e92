"""What stays and what changes when a timetable is published again."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from scheduler.model.resources import Teacher
from scheduler.model.times import Week
from scheduler.term.entries import EntryKey
from scheduler.term.history import Publishing, first_entries, follow
from scheduler.term.versions import Versions
from tests.term.builders import (
    TERM,
    agreement,
    dates,
    placement,
    problem,
    requirement,
    timetable,
)

FIRST = dt.datetime(2026, 8, 25, 8, tzinfo=dt.UTC)
# Thursday of week 2: the lessons of 1 and 8 September have been given.
SECOND = Publishing(2, dt.datetime(2026, 9, 10, 1, tzinfo=dt.UTC), dt.date(2026, 9, 10))
THIRD = Publishing(3, dt.datetime(2026, 9, 11, 1, tzinfo=dt.UTC), dt.date(2026, 9, 11))
TUESDAYS = ("9-1", "9-8", "9-15", "9-20", "9-22", "9-29", "10-13", "10-20", "10-27")


def published(**changes):
    return first_entries(Versions.of(timetable(R1=placement(**changes))), 1, FIRST)


def test_first_entries_are_named_by_their_dates_past_included():
    found = published(day=2)
    assert [entry.key for entry in found] == [
        EntryKey("S", "2026-2027-1", "R1", 1, date) for date in dates(*TUESDAYS)
    ]
    assert {(e.sequence, e.changed_at, e.version) for e in found} == {(0, FIRST, 1)}


def test_follow_unchanged_timetable_changes_nothing():
    placed = timetable(R1=placement(2, layout_id="L-PARK"))
    first = first_entries(Versions.of(placed), 1, FIRST)
    assert follow(first, Versions.of(placed), SECOND) == first


def test_follow_moved_lesson_keeps_its_names_and_counts_up_once():
    first = published(day=2)
    second = follow(first, Versions.of(timetable(R1=placement(4))), SECOND)
    # From 10 September on, Tuesdays move to the Thursdays of their weeks. The Sunday
    # of week 3 has no successor, Thursday 10 September no predecessor, and neither
    # has 8 October, whose Tuesday was a holiday.
    moved = dict(
        zip(
            dates("9-15", "9-22", "10-13", "10-20", "10-27"),
            dates("9-17", "9-24", "10-15", "10-22", "10-29"),
            strict=True,
        )
    )
    found = {e.key.original_date: (e.date, e.sequence, e.cancelled) for e in second}
    expected = {date: (date, 0, False) for date in dates("9-1", "9-8")}
    expected |= {old: (new, 1, False) for old, new in moved.items()}
    expected |= {date: (date, 1, True) for date in dates("9-20")}
    expected |= {date: (date, 0, False) for date in dates("9-10")}
    # 29 September moves within the fortnight of weeks 5 and 6, to 8 October.
    expected |= {date: (day, 1, False) for date, day in [dates("9-29", "10-8")]}
    assert found == expected


def test_follow_lesson_moved_back_is_the_same_entry_once_more():
    first = published(day=2)
    away = follow(first, Versions.of(timetable(R1=placement(4))), SECOND)
    back = follow(away, Versions.of(timetable(R1=placement(2))), THIRD)
    found = {e.key.original_date: (e.date, e.sequence) for e in back}
    # Moved away and back: 2. The Sunday was cancelled and revived: 2. The lesson of
    # 10 September was given before the third version.
    expected = {date: (date, 0) for date in dates("9-1", "9-8", "9-10")}
    later = ("9-15", "9-20", "9-22", "9-29", "10-13", "10-20", "10-27")
    expected |= {date: (date, 2) for date in dates(*later)}
    assert found == expected
    assert not any(entry.cancelled for entry in back)


def test_follow_swapped_weeks_move_within_the_fortnight():
    first = published(day=4, week=Week.ODD)
    second = follow(
        first, Versions.of(timetable(R1=placement(4, week=Week.EVEN))), SECOND
    )
    found = {e.key.original_date: e.date for e in second if not e.cancelled}
    # Odd Thursdays: 3, 17 September, 15, 29 October (1 October is closed). Even ones:
    # 10, 24 September, 8, 22 October. Fortnights: weeks 1+2, 3+4, 5+6, 7+8, 9.
    expected = dict(zip(dates("9-17", "10-15"), dates("9-24", "10-22"), strict=True))
    expected |= {date: date for date in dates("9-3", "9-10", "10-8")}
    assert found == expected
    assert [e.date for e in second if e.cancelled] == dates("10-29")


def test_follow_other_teacher_changes_coming_dates_alone():
    school = problem()
    first = published(day=2)
    placed = timetable(school, R1=placement(2, teacher_ids=("T2",)))
    second = follow(first, Versions.of(placed), SECOND)
    past = dates("9-1", "9-8")
    assert [e.date for e in second if e.sequence == 0] == past
    assert {
        (e.new_teacher, e.new_place, e.moved, e.changed_at, e.version)
        for e in second
        if e.date not in past
    } == {(True, False, False, SECOND.at, 2)}


def test_follow_removed_requirement_is_cancelled_and_stays_so():
    first = published(day=2)
    without = timetable(problem(requirement("R2")))
    second = follow(first, Versions.of(without), SECOND)
    coming = [e for e in second if e.date >= SECOND.begins]
    assert {(e.cancelled, e.sequence) for e in coming} == {(True, 1)}
    assert len(coming) == 7
    assert follow(second, Versions.of(without), THIRD) == second


def test_follow_renamed_teacher_changes_the_text_without_a_new_sequence():
    first = published(day=2)
    renamed = problem(teachers=(Teacher("T1", "王芳芳", "S"),))
    second = follow(first, Versions.of(timetable(renamed, R1=placement(2))), SECOND)
    coming = [e for e in second if e.date >= SECOND.begins]
    assert {
        (e.sequence, e.version, e.changed_at, e.facts.teachers[0].name) for e in coming
    } == {(0, 1, SECOND.at, "王芳芳")}


def test_follow_newly_closed_date_takes_the_place_of_that_lesson_alone():
    def placed(*closed):
        school = problem(agreements=(agreement(2, closed_dates=closed), agreement(7)))
        return timetable(school, R1=placement(2, layout_id="L-PARK"))

    first = first_entries(Versions.of(placed()), 1, FIRST)
    second = follow(first, Versions.of(placed(dt.date(2026, 9, 22))), SECOND)
    changed = [new for old, new in zip(first, second, strict=True) if old != new]
    assert [(e.date, e.sequence, e.place_open) for e in changed] == [
        (dt.date(2026, 9, 22), 1, True)
    ]


SOMEWHERE = st.builds(
    placement,
    day=st.integers(1, 5),
    period=st.integers(1, 4),
    week=st.sampled_from(Week),
    layout_id=st.sampled_from(("home", "L-NORTH", "L-PARK")),
)


@given(
    st.lists(
        st.tuples(SOMEWHERE | st.none(), st.integers(0, 70)), min_size=1, max_size=6
    )
)
def test_follow_any_history_keeps_names_unique_and_dates_as_planned(history):
    entries = []
    for version, (place, days) in enumerate(sorted(history, key=lambda x: x[1]), 1):
        placed = timetable(**({"R1": place} if place else {}))
        today = TERM.first_day + dt.timedelta(days=days)
        at = dt.datetime.combine(today, dt.time(), dt.UTC)
        before = {entry.key: entry for entry in entries}
        entries = follow(entries, Versions.of(placed), Publishing(version, at, today))

        keys = [entry.key for entry in entries]
        assert len(set(keys)) == len(keys)
        live = [e.date for e in entries if not e.cancelled and e.date >= today]
        plan = [
            e.date for e in first_entries(Versions.of(placed), 1, at) if e.date >= today
        ]
        assert live == plan
        for key, old in before.items():
            new = next(entry for entry in entries if entry.key == key)
            # Time, place, teacher and status make one step of the sequence.
            step = (old.date, old.facts, old.cancelled) != (
                new.date,
                new.facts,
                new.cancelled,
            )
            assert new.sequence == old.sequence + step
            assert old.date >= today or new == old


def test_follow_keeps_other_lessons_untouched():
    school = problem(requirement("R1"), requirement("R2", class_ids=("C1",)))
    first = first_entries(
        Versions.of(timetable(school, R1=placement(2), R2=placement(3))), 1, FIRST
    )
    moved = timetable(school, R1=placement(4), R2=placement(3))
    second = follow(first, Versions.of(moved), SECOND)
    of_r2 = [e for e in first if e.key.requirement_id == "R2"]
    assert [e for e in second if e.key.requirement_id == "R2"] == of_r2
