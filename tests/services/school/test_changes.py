"""The log of dated changes: what calendars say, what is kept, what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar

from scheduler.model.closures import Replacement
from scheduler.model.errors import InputError
from scheduler.model.timetable import Timetable
from scheduler.services.school.changes import CannotChange
from scheduler.services.views.days.weeks import dated_lines
from scheduler.term.changes import (
    Batch,
    BellDay,
    DatedChange,
    ExtraLesson,
    Reason,
    to_replacements,
)
from scheduler.term.notices.day import day_lines
from tests.services.builders import opened
from tests.term.builders import dates, placement, problem
from tests.term.ledgers.hours import term_hours
from tests.term.rain_school import late_bell, outdoors, school

MONDAY, TUESDAY, NEXT, FRIDAY = dates("9-7", "9-8", "9-14", "9-11")
ABSENT = Batch(Reason.ABSENCE, "生病", "2026-031", asked_by="王芳", approved_by="校长")


@pytest.fixture
def running(office):
    """Both classes on the field on Mondays at 08:00; 25 August is today."""
    table = outdoors(school(bells=(*problem().bells, late_bell())))
    office.publish(table.problem, table, "第1版", "{}")
    return office


def change(date=MONDAY, lesson_id="R1#1", **more):
    return DatedChange(date, lesson_id, **more)


def events(office, kind, name):
    token = office.create_link(kind, name)
    return Calendar.from_ical(office.feed(token).body).walk("VEVENT")


def shown(office, kind, name, date=MONDAY):
    """(clock, title, place, status, sequence) of a calendar's events on a date."""
    return [
        (
            f"{x['DTSTART'].dt:%H:%M}",
            *(str(x[key]) for key in ("SUMMARY", "LOCATION", "STATUS")),
            int(x["SEQUENCE"]),
        )
        for x in events(office, kind, name)
        if x["DTSTART"].dt.date() == date
    ]


def test_cover_is_in_the_calendars_of_both_teachers_and_nothing_is_published(running):
    before = running.current()
    running.changes.make(ABSENT, [change(teacher_ids=("T2",), start=530)])
    assert running.current() is before
    assert shown(running, "teacher", "T1") == [
        (
            "08:00",
            "【调课】【代课】体育与健康 三(2)班",
            "田径场 · 北半场",
            "CANCELLED",
            1,
        )
    ]
    assert [x[0] for x in shown(running, "teacher", "T2")] == ["08:00", "08:50"]
    assert len(shown(running, "class", "C2", NEXT)) == 1
    assert shown(running, "class", "C2", NEXT)[0][4] == 0


def test_cover_taken_back_is_told_of_as_over_and_marks_nothing(running):
    before = shown(running, "class", "C2")
    batch = running.changes.make(ABSENT, [change(teacher_ids=("T2",), start=530)])
    running.changes.undo(batch.batch_id)

    (again,) = shown(running, "class", "C2")
    assert again == (*before[0][:4], 2)
    (mine,) = [x for x in events(running, "teacher", "T1") if x["SEQUENCE"] == 2]
    lines = str(mine["DESCRIPTION"]).splitlines()
    assert lines[-1] == "变动已撤销，照常上课"
    assert not [x for x in lines if x.startswith("原")]
    # Who had it for a while is told that it is theirs no more.
    (lost,) = [x for x in events(running, "teacher", "T2") if x["SEQUENCE"] == 2]
    assert lost["STATUS"] == "CANCELLED"
    assert str(lost["SUMMARY"]) == "体育与健康 三(2)班"
    assert str(lost["DESCRIPTION"]).splitlines()[-1] == "变动已撤销"


def test_batch_keeps_why_and_by_whom_and_its_undoing(running, clock):
    made = running.changes.make(ABSENT, [change(cancelled=True)])
    clock.wait(60)
    running.changes.undo(made.batch_id, "office")
    (kept,) = running.changes.batches()
    assert (kept.asked, kept.made_at) == (ABSENT, made.made_at)
    (line,) = kept.lines
    assert (line.undone_at, line.undone_by) == (clock(), "office")
    assert running.changes.in_force() == ()
    with pytest.raises(CannotChange, match="no such batch"):
        running.changes.undo(made.batch_id)


def test_undone_cancellation_is_the_same_event_with_a_sequence_that_goes_on(
    running, clock
):
    (first,) = [e for e in events(running, "class", "C2") if day(e) == MONDAY]
    batch = running.changes.make(ABSENT, [change(cancelled=True)])
    clock.wait(60)
    running.changes.undo(batch.batch_id)
    (again,) = [e for e in events(running, "class", "C2") if day(e) == MONDAY]
    assert str(again["UID"]) == str(first["UID"])
    assert (int(first["SEQUENCE"]), int(again["SEQUENCE"])) == (0, 2)
    assert again["LAST-MODIFIED"].dt == clock()
    for part in ("SUMMARY", "LOCATION", "STATUS", "DTSTART", "DTEND"):
        assert again[part] == first[part]


def day(event):
    return event["DTSTART"].dt.date()


def test_lesson_moved_to_another_date_is_the_same_event_there(running):
    (old,) = [e for e in events(running, "class", "C2") if day(e) == MONDAY]
    running.changes.make(ABSENT, [change(to_date=FRIDAY, start=580)])
    moved = [e for e in events(running, "class", "C2") if day(e) == FRIDAY]
    assert [str(e["UID"]) for e in moved] == [str(old["UID"])]
    assert shown(running, "class", "C2") == []


def test_extra_lesson_has_a_name_of_its_own_for_ever(running):
    extra = ExtraLesson(FRIDAY, "", ("C1",), "CN", ("T2",), 480, 520)
    later = [replace(extra, start=start, end=start + 40) for start in (530, 580)]
    first = running.changes.make(ABSENT, [extra])
    second = running.changes.make(ABSENT, [change(cancelled=True), *later])
    names = [c.lesson_id for b in (first, second) for c in b.changes]
    assert names == ["+1#1", "R1#1", "+3#1", "+4#1"]


def test_extra_lessons_that_are_in_each_others_way_are_refused(running):
    extra = ExtraLesson(FRIDAY, "", ("C1",), "CN", ("T2",), 480, 520)
    with pytest.raises(CannotChange, match="2 lessons at once"):
        running.changes.make(ABSENT, [extra, extra])
    assert running.changes.batches() == ()
    assert shown(running, "class", "C1", FRIDAY) == []


def test_taken_back_extra_lesson_is_shown_as_cancelled(running):
    extra = ExtraLesson(FRIDAY, "", ("C1",), "CN", ("T2",), 480, 520)
    batch = running.changes.make(ABSENT, [extra])
    assert shown(running, "class", "C1", FRIDAY)[0][3] == "CONFIRMED"
    running.changes.undo(batch.batch_id)
    assert shown(running, "class", "C1", FRIDAY)[0][3] == "CANCELLED"


def test_another_bell_moves_the_day_and_takes_what_it_has_no_period_for(running):
    running.changes.make(Batch(Reason.BELL), [BellDay(TUESDAY, "LATE")])
    # Period 4 is not in it.
    assert shown(running, "class", "C2", TUESDAY)[0][3] == "CANCELLED"
    running.changes.make(Batch(Reason.BELL), [BellDay(MONDAY, "LATE")])
    assert shown(running, "class", "C2")[0][0] == "10:00"


def test_another_bell_moves_no_lesson_and_a_lesson_moved_under_it_is_moved(running):
    """A winter bell is of the day: no title of these weeks says that it was moved."""
    running.changes.make(Batch(Reason.BELL), [BellDay(MONDAY, "LATE")])
    (told,) = [x for x in events(running, "class", "C2") if x["SEQUENCE"] == 1]
    assert str(told["SUMMARY"]) == "体育与健康 王芳"
    assert "当天另有作息，平时08:00–08:40" in str(told["DESCRIPTION"])
    log, versions = running.changes.in_force(), running.versions()
    (line,) = dated_lines(versions, log, [MONDAY], "C2")
    assert (line.clock, line.changes) == ("10:00–10:40", ())
    assert day_lines(versions, log, MONDAY) == ()
    running.changes.make(ABSENT, [change(start=650)])
    assert shown(running, "class", "C2")[0][:2] == ("10:50", "【调课】体育与健康 王芳")
    assert len(day_lines(versions, running.changes.in_force(), MONDAY)) == 1


def test_feeds_of_others_stay_as_they_are_kept(running, clock):
    clock.set(9, 1)
    other, own = (running.create_link("class", name) for name in ("C1", "C2"))
    before = [running.feed(token) for token in (other, own)]
    clock.wait(60)
    running.changes.make(ABSENT, [change(cancelled=True)])
    after = [running.feed(token) for token in (other, own)]
    assert before[0] == after[0]
    assert before[1].etag != after[1].etag
    assert after[1].last_modified == clock()


def test_late_entry_needs_a_note_and_is_a_line_seen_from_then_on(running, clock):
    clock.set(9, 16)
    with pytest.raises(CannotChange, match="needs a note"):
        running.changes.make(Batch(Reason.ABSENCE), [change(cancelled=True)])
    yesterday = clock() - dt.timedelta(days=1)
    running.changes.make(ABSENT, [change(cancelled=True)])

    def lost(as_of=None):
        found = {r.class_id: r for r in term_hours(running.entries(as_of))}
        return found["C2"].lost.lessons

    assert (lost(), lost(clock()), lost(yesterday)) == (1, 1, 0)


def test_only_dates_on_which_a_lesson_is_held_make_an_entry_late(running, clock):
    """R1 of Monday 7 September goes to Friday 18; on Wednesday 16 it gets a cover."""
    friday, plain = dt.date(2026, 9, 18), Batch(Reason.ABSENCE)
    moved = change(to_date=friday, start=530)
    assert not running.changes.make(plain, [moved]).late
    clock.set(9, 16)
    cover = running.changes.make(plain, [change(teacher_ids=("T2",))])
    assert not cover.late
    # Back to where it never was: that is an entry of the past.
    with pytest.raises(CannotChange, match="2026-09-07 is past"):
        running.changes.make(plain, [change(to_date=MONDAY, start=530)])
    # A lesson that was lost is made up on a day to come.
    running.changes.make(ABSENT, [change(TUESDAY, "R3#1", cancelled=True)])
    back = change(TUESDAY, "R3#1", to_date=friday, start=580)
    assert not running.changes.make(plain, [back]).late
    assert [x.late for x in running.changes.batches()] == [False, False, True, False]


def test_version_from_a_date_leaves_the_dates_before_it_alone(running, clock):
    clock.set(9, 2)
    later = outdoors(running.current().problem, R1=placement(3, layout_id="L-NORTH"))
    made = running.publish(later.problem, later, "第2版", "{}", begins=NEXT)
    wednesdays = dates("9-9", "9-16")
    found = [shown(running, "class", "C2", date) for date in (MONDAY, *wednesdays)]
    assert [len(x) for x in found] == [1, 0, 1]
    # Until then the first version is the one in force.
    assert (made.version, running.current().version) == (2, 1)
    clock.set(9, 14)
    assert running.current().version == 2


@pytest.mark.parametrize(
    ("date", "word"), [("9-1", "is past"), ("11-2", "is after the term")]
)
def test_version_cannot_begin_in_the_past_or_after_the_term(running, clock, date, word):
    clock.set(9, 2)
    table = running.current().timetable
    with pytest.raises(InputError) as refused:
        running.publish(table.problem, table, "", "{}", begins=dates(date)[0])
    assert word in refused.value.errors[0].problem.en
    assert running.current().version == 1


def test_cover_ends_with_a_timetable_that_gives_the_lesson_to_somebody_else(running):
    running.changes.make(ABSENT, [change(teacher_ids=("T2",), start=530)])
    later = outdoors(
        running.current().problem,
        R1=placement(1, layout_id="L-NORTH", teacher_ids=("T2",)),
        R2=placement(1, 3, layout_id="L-SOUTH", teacher_ids=("T1",)),
    )
    running.publish(later.problem, later, "第2版", "{}")
    assert [x[0] for x in shown(running, "class", "C2")] == ["08:00"]


def test_table_of_replacements_is_an_import_that_is_kept_up(running):
    table = running.current().timetable

    def publish(*rows):
        given = school(
            bells=table.problem.bells,
            replacements=tuple(Replacement(*row, reason="维修") for row in rows),
        )
        again = Timetable(given, table.placements)
        running.publish(given, again, "", "{}")
        return [
            (row.date, row.layout_id)
            for row in to_replacements(running.changes.in_force())
        ]

    first, other = (MONDAY, "R1#1", "L-GYM"), (NEXT, "R1#1", "home")
    assert publish(first) == [(MONDAY, "L-GYM")]
    assert publish(first, other) == [(MONDAY, "L-GYM"), (NEXT, "home")]
    # Rows that are there already are no new lines.
    assert [len(b.lines) for b in running.changes.batches()] == [1, 1]
    assert publish(other) == [(NEXT, "home")]
    running.changes.make(ABSENT, [change(NEXT, layout_id="L-GYM")])
    assert publish() == [(NEXT, "L-GYM")]


def test_log_outlasts_the_process(tmp_path, clock):
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with opened(url, clock) as first:
        table = outdoors()
        first.publish(table.problem, table, "第1版", "{}")
        extra = ExtraLesson(FRIDAY, "", ("C1",), "CN", ("T2",), 480, 520, note="补")
        made = first.changes.make(ABSENT, [change(cancelled=True), extra])
    with opened(url, clock) as second:
        assert second.changes.batches() == (made,)


def test_change_before_anything_is_published_is_refused(office):
    with pytest.raises(CannotChange, match="No timetable has been published"):
        office.changes.make(ABSENT, [change(cancelled=True)])
