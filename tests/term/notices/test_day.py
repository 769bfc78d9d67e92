"""The change sheet of a day: old and new of each lesson that differs."""

import pytest

from scheduler.term.changes import DatedChange, ExtraLesson
from scheduler.term.notices.day import Mark, day_lines
from scheduler.term.versions import Versions
from tests.term.builders import dates, placement, timetable

DAY, OTHER = dates("9-8", "9-10")
TABLE = timetable(R1=placement(layout_id="L-NORTH"))


def lines(*changes, date=DAY):
    found = day_lines(Versions.of(TABLE), changes, date)
    return [(x.mark, x.was.zh, x.now.zh) for x in found]


WEEK = "08:00–08:40 体育与健康 王芳 田径场(北半场)"


@pytest.mark.parametrize(
    ("change", "mark", "now"),
    [
        ({"cancelled": True}, Mark.CANCELLED, "停课"),
        ({"teacher_ids": ("T2",)}, Mark.COVERED, WEEK.replace("王芳", "李明")),
        ({"layout_id": "home"}, Mark.RELOCATED, None),
        ({"start": 530, "end": 570}, Mark.MOVED, "08:50–09:30" + WEEK[11:]),
        ({"subject_id": "CN"}, Mark.SUBJECT, None),
        ({"self_study": True}, Mark.SELF_STUDY, f"自习（{WEEK}）"),
    ],
)
def test_each_kind_of_change_has_its_word_and_both_sides(change, mark, now):
    ((found, was, shown),) = lines(DatedChange(DAY, "R1#1", **change))
    assert (found, was) == (mark, WEEK)
    assert now in (None, shown)


def test_a_lesson_on_another_date_stands_on_both():
    moved = DatedChange(DAY, "R1#1", to_date=OTHER)
    assert lines(moved) == [(Mark.MOVED_AWAY, WEEK, f"9月10日 {WEEK}")]
    assert lines(moved, date=OTHER) == [(Mark.MOVED, f"9月8日 {WEEK}", WEEK)]


def test_an_extra_lesson_has_no_old_side():
    extra = ExtraLesson(DAY, "+1#1", ("C2",), "CN", ("T2",), 580, 620)
    ((mark, was, now),) = lines(extra)
    assert (mark, was) == (Mark.EXTRA, "")
    assert now.startswith("09:40–10:20 语文 李明")


def test_a_day_as_the_week_has_it_has_no_line():
    assert lines() == []
