"""What an import makes of activities, titled courses, joint classes and surnames."""

import datetime as dt

import openpyxl

from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.running.audit import audit
from scheduler.audit.running.catalogue import RULE
from scheduler.formats.spreadsheets.importing.building import build
from scheduler.formats.spreadsheets.reading import read_school
from tests.audit.clean_school import PROFILE

DAYS = ["星期一", "星期二", "星期三", "星期四", "星期五"]


def imported(tmp_path, *grids):
    """One sheet for each class 三(1), 三(2), …: rows of label and five cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(grids, start=1):
        sheet = book.create_sheet(f"三({number})班")
        sheet.append([f"下陆小学三({number})班课程表"])
        sheet.append(["节次", *DAYS])
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "课表.xlsx")
    return build(read_school([tmp_path / "课表.xlsx"]), dt.date(2026, 9, 1))


def week(first, *more):
    """Three lessons a day; the first of Monday is given."""
    rows = [[f"第{n}节", *["语文\n王芳"] * 5] for n in (1, 2, 3)]
    rows[0][1] = first
    return [*rows, *more]


def test_pe_activities_come_along_behind_the_lessons(tmp_path):
    activity = ["体育活动", "", "体育活动", "", "体育活动", ""]
    built = imported(tmp_path, week("数学\n李强", activity))

    (need,) = [r for r in built.problem.requirements if r.subject_id == "PEA"]
    assert (need.per_week, need.slots) == (2, "activity")
    placed = [built.timetable.meeting[x.lesson_id] for x in need.lessons]
    # Lessons of 40 minutes end at 11:00 (a long break after the second), then ten more.
    assert [(m.day, m.start, m.end) for m in placed] == [(2, 670, 710), (4, 670, 710)]


def test_a_school_course_keeps_its_title(tmp_path):
    built = imported(tmp_path, week("校本/经典诵读\n胡平"))

    subjects = {s.name: s for s in built.problem.subjects}
    assert subjects["校本/经典诵读"].standard_code == "SCH"
    assert subjects["校本/经典诵读"].subject_id == "SCH"


def test_classes_in_one_room_with_one_teacher_are_taught_together(tmp_path):
    built = imported(tmp_path, *[week("音乐\n黄艳\n音乐教室")] * 2)

    (music,) = [r for r in built.problem.requirements if r.subject_id == "MUS"]
    assert music.class_ids == ("G3C01", "G3C02")
    # 王芳 is in both classes at once, 黄艳 is not.
    schools = schools_of(built.timetable, PROFILE)
    clashes = audit(schools, PROFILE, [RULE["D01"]]).findings
    assert {found.teacher for _, found in clashes} == {"王芳"}


def test_a_surname_in_two_classes_at_once_is_two_people(tmp_path):
    built = imported(tmp_path, week("数学\n李老师"), week("音乐\n李老师"))

    names = {t.name for t in built.problem.teachers}
    assert {n for n in names if "李" in n} == {"李老师（数学）", "李老师（音乐）"}
    assert any("李老师" in t.zh for t in built.inferred.sentences())


def test_a_surname_that_may_be_one_person_stays_one(tmp_path):
    later = week("数学\n赵勇")
    later[1][1] = "音乐\n李老师"
    built = imported(tmp_path, week("音乐\n李老师"), later)

    assert [t.name for t in built.problem.teachers if "李" in t.name] == ["李老师"]
