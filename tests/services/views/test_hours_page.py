"""The page of hours: what is equal stands once, nothing is full that is not."""

import datetime as dt
from fractions import Fraction

from scheduler.audit.findings import Severity
from scheduler.formats.profiles import read_profile
from scheduler.model.timetable import Timetable
from scheduler.services.views.edition import Edition
from scheduler.services.views.hours import hours_page
from tests.small_school import at, need, small_problem, timetable

NOW = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def page_of(table: Timetable):
    return hours_page(Edition(table, 1, NOW, read_profile()))


def two_classes(*more):
    """A and B of grade 3 have one lesson of music each, at the same place and time."""
    problem = small_problem(
        need("R1", "A", "MUS"), need("R2", "B", "MUS", teacher_ids=("T2",)), *more
    )
    return timetable(problem, R1_1=at(1, 1, "LM"), R2_1=at(5, 1, "LM"))


def column(sheet, code):
    return [c.code for c in sheet.columns].index(code)


def test_classes_with_equal_hours_share_a_row():
    (sheet,) = page_of(two_classes()).sheets
    lines = {g.title.zh: g.lines for g in sheet.grades}
    assert list(lines) == ["三年级", "一年级"]
    (line,) = lines["三年级"]
    assert [c.name for c in line.classes] == ["三(1)班", "三(2)班"]
    assert line.cells[column(sheet, "MUS")].row.taught.placed.lessons == 1


def test_class_that_differs_has_a_row_of_its_own():
    (sheet,) = page_of(two_classes(need("R3", "B", "CN"))).sheets
    names = [[c.name for c in line.classes] for line in sheet.grades[0].lines]
    assert names == [["三(1)班"], ["三(2)班"]]


def test_what_classes_of_a_grade_lack_alike_is_said_once():
    page = page_of(two_classes())
    grades = {title.zh: rows for title, rows in page.findings}
    pe = [row for row in grades["三年级"] if row.what.zh.startswith("体育与健康")]
    (row,) = pe
    assert [c.name for c in row.classes] == ["三(1)班", "三(2)班"]
    assert row.rule.zh.startswith("A05 体育与健康开足")
    # Counted as what they are, class by class; the gravest first.
    counts = [len(row.classes) for rows in grades.values() for row in rows]
    assert page.count == sum(counts)
    assert page.severity is Severity.CRITICAL
    for rows in grades.values():
        ranks = [row.severity.rank for row in rows]
        assert ranks == sorted(ranks)


def test_column_that_nobody_needs_or_has_is_left_out_and_named():
    (sheet,) = page_of(two_classes()).sheets
    # 地方课程 may be 0 in both grades; 书法 is asked for in grade 3 alone.
    assert "LOC" not in [c.code for c in sheet.columns]
    assert "地方课程" in [name.zh for name in sheet.left_out]
    calligraphy = column(sheet, "CAL")
    assert sheet.columns[calligraphy].name.zh == "书法"
    third, first = sheet.grades
    assert third.demands[calligraphy].minimum == 1
    assert first.lines[0].cells[calligraphy].is_empty


def test_source_names_the_plan_its_number_its_year_and_the_profile():
    source = page_of(two_classes()).source
    for part in ("课程方案（2022年版）", "教材〔2022〕2号", "2022年", "国家课程方案"):
        assert part in source.zh
    assert "Profile: national curriculum plan of 2022, as of" in source.en


def test_activity_that_happens_is_counted_by_times():
    activity = need("R3", "A", "CLUB", "2", activity_id="ACT")
    problem = small_problem(need("R1", "A", "CN"), activity)
    table = timetable(problem, R1_1=at(1, 1), R3_1=at(1, 2), R3_2=at(5, 2))
    (sheet,) = page_of(table).sheets
    (line,) = (x for x in sheet.grades[0].lines if x.classes[0].class_id == "A")
    assert line.cells[column(sheet, "CLUB")].times == Fraction(2)
