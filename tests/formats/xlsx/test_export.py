"""The exported workbook, read back cell by cell."""

from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from scheduler.audit.planned.table import hours_table
from scheduler.audit.standard import Standard, StandardKind, StandardRow
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.xlsx import export_workbook
from scheduler.model.requirements import WeekRule
from scheduler.model.text import Text
from scheduler.model.times import Week
from tests import builders
from tests.small_school import (
    CLASSES,
    SUBJECTS,
    TEACHERS,
    at,
    need,
    small_problem,
    timetable,
)


def exported(table, folder, report=None, hours=None):
    """The workbook as a spreadsheet program reads it."""
    path = folder / "week.xlsx"
    export_workbook(table, path, report, hours)
    return load_workbook(path)


def merged(sheet):
    """Merged ranges below the two title rows."""
    return sorted(str(r) for r in sheet.merged_cells.ranges if r.min_row > 2)


def values(sheet, row):
    """Texts of a row up to its last column."""
    return [cell.value for cell in sheet[row]]


def week_of_a():
    """Class A: a double lesson, an odd and an even one, one on the field."""
    problem = small_problem(
        need("R1", "A", "CN", "2", blocks=(Fraction(2),)),
        need("R2", "A", "CLS", "1/2", week=WeekRule.ODD),
        need("R3", "A", "PSY", "1/2", week=WeekRule.EVEN, teacher_ids=("T2",)),
        need("R4", "A", "PE", "1", teacher_ids=("T3",)),
        need("R5", "A", "MUS", "1"),
    )
    return timetable(
        problem,
        R1_1=at(1, 1, length=2),
        R2_1=at(1, 3, week=Week.ODD),
        R3_1=at(1, 3, week=Week.EVEN, teachers=("T2",)),
        R4_1=at(5, 2, "L12", teachers=("T3",)),
    )


def test_export_has_a_sheet_for_everything_in_order(tmp_path):
    book = exported(week_of_a(), tmp_path)
    assert book.sheetnames == [
        "目录",
        "总课表",
        "三(1)班",
        "三(2)班",
        "一(1)班",
        "王芳",
        "李强",
        "张敏",
        "田径场",
        "音乐教室",
        "总课表 教师",
    ]


def test_export_class_sheet_has_the_printed_layout(tmp_path):
    sheet = exported(week_of_a(), tmp_path)["三(1)班"]
    assert sheet["A1"].value == "铁山路学校 三(1)班课程表"
    assert sheet["A2"].value == (
        "2026-2027学年第一学期　周课时：4节　三(1)班 timetable, 4 periods a week"
    )
    assert values(sheet, 3) == ["节次 \\ 星期", "时间", "星期一", "星期五"]
    assert [values(sheet, row) for row in range(4, 12)] == [
        ["第1节", "08:20-09:00", "语文\n王芳", None],
        # Friday's second lesson is at another time; the row shows the earlier of
        # two equally common ones.
        ["第2节", "09:10-09:50", None, "体育与健康\n张敏\n田径场"],
        ["大课间", "09:50-10:20", "周一 09:55-10:25", None],
        ["第3节", "10:25-11:05", "班团队活动(单)\n王芳\n心理健康(双)\n李强", None],
        ["午餐午休", "11:05-13:00", "周五 无", None],
        ["第4节", "13:00-13:40", None, None],
        ["课后服务", "11:15-12:00", "周一 13:50-14:50", None],
        ["未排课 1 节次：音乐 王芳", None, None, None],
    ]
    # The double lesson, three bands, the line of unplaced lessons.
    assert merged(sheet) == ["A11:D11", "C10:D10", "C4:C5", "C6:D6", "C8:D8"]


def test_export_prints_landscape_on_one_page_with_titles(tmp_path):
    sheet = exported(week_of_a(), tmp_path)["三(1)班"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    cell = sheet["C4"]
    assert cell.alignment.wrap_text
    assert cell.border.left.style == "thin"


def test_export_teacher_and_venue_sheets_say_what_the_other_does_not(tmp_path):
    book = exported(week_of_a(), tmp_path)
    assert book["李强"]["C7"].value == "心理健康(双)\n三(1)班"
    field = book["田径场"]
    assert values(field, 3) == ["节次 \\ 星期", "时间", "星期一", "星期五"]
    # On the whole field, so no zone is named.
    assert values(field, 5)[2:] == [None, "三(1)班 体育 张敏"]
    assert merged(field) == []


def test_export_master_sheet_has_merged_weekdays_and_short_subjects(tmp_path):
    sheet = exported(week_of_a(), tmp_path)["总课表"]
    assert values(sheet, 3) == [
        "班级", "星期一", None, None, None, "星期五", None, None, "未排"
    ]  # fmt: skip
    assert values(sheet, 4) == [None, 1, 2, 3, 4, 1, 2, 3, None]
    assert values(sheet, 5) == [
        "三(1)班", "语文", "语文", "班会单\n心理双", None, None, "体育", None, "音乐"
    ]  # fmt: skip
    # Classes of the other bell stand below, under their own two periods a day.
    assert values(sheet, 7) == [
        "班级", "星期一", None, "星期五", None, None, None, None, "未排"
    ]  # fmt: skip
    assert values(sheet, 8) == [None, 1, 2, 1, 2, None, None, None, None]
    assert values(sheet, 9)[0] == "一(1)班"
    assert values(sheet, 10)[0] == (
        "班会 = 班团队活动；心理 = 心理健康；体育 = 体育与健康；单、双：单双周"
    )
    assert merged(sheet) == [
        *("A10:I10", "A3:A4", "A7:A8", "B3:E3", "B7:C7", "D7:E7"),
        *("F3:H3", "I3:I4", "I7:I8"),
    ]


def test_export_index_links_to_every_sheet(tmp_path):
    book = exported(week_of_a(), tmp_path)
    index = book["目录"]
    links = [index.cell(row, 1).hyperlink.location for row in range(3, 13)]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    # Class A has one lesson unplaced.
    assert index["E4"].value == 1


def test_export_unplaced_lessons_alike_are_counted(tmp_path):
    table = timetable(small_problem(need("R1", "A", "CN", "3"), need("R2", "A", "CLS")))
    book = exported(table, tmp_path)
    assert book["三(1)班"]["A11"].value == "未排课 4 节次：语文 王芳×3；班团队活动 王芳"
    assert book["总课表"]["I5"].value == "语文×3；班团队活动"


def test_export_clash_is_marked_in_words_and_colour(tmp_path):
    problem = small_problem(need("R1", "A", "CN"), need("R2", "A", "CLS"))
    table = timetable(problem, R1_1=at(1, 1), R2_1=at(1, 1))
    book = exported(table, tmp_path)
    cell = book["三(1)班"]["C4"]
    assert cell.value == "【冲突】\n语文\n王芳\n班团队活动\n王芳"
    assert cell.fill.start_color.rgb == "00FFC7CE"
    assert book["目录"]["D4"].value == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "2026-09-01", "12"]
)
def test_export_text_never_becomes_a_formula(tmp_path, text):
    subjects = (replace(SUBJECTS[0], name=text), *SUBJECTS[1:])
    people = (replace(TEACHERS[0], name=text), *TEACHERS[1:])
    classes = (replace(CLASSES[0], name=text), *CLASSES[1:])
    problem = small_problem(
        need("R1", "A", "CN"), subjects=subjects, teachers=people, classes=classes
    )
    book = exported(timetable(problem, R1_1=at(1, 1)), tmp_path)
    sheet = book[book.sheetnames[2]]
    cell, name = sheet["C4"], book["总课表"]["A5"]
    assert (cell.value, cell.data_type) == (f"{text}\n{text}", "s")
    assert (name.value, name.data_type) == (text, "s")
    dangerous = text[0] in "=+-@\t"
    assert (cell.quotePrefix, name.quotePrefix) == (dangerous, dangerous)
    assert all(
        cell.data_type != "f"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
    )


def test_export_control_characters_are_left_out(tmp_path):
    classes = (replace(CLASSES[0], name="三\x01班"), *CLASSES[1:])
    book = exported(
        timetable(small_problem(need("R1", "A", "CN"), classes=classes)), tmp_path
    )
    assert book["三-班"]["A1"].value == "铁山路学校 三班课程表"


def test_export_hours_sheet_shows_findings(tmp_path):
    table = week_of_a()
    names = Text("音乐", "music")
    row = StandardRow(3, "MUS", names, Fraction(1), Fraction(2), StandardKind.COMPONENT)
    hours = hours_table(table, Standard((row,)))
    sheet = exported(table, tmp_path, hours=hours)["课时明细"]
    assert values(sheet, 4)[:11] == [
        "三(1)班", "MUS", "音乐", 1, 2, 1, 0, 40, 0, "0", "A11"
    ]  # fmt: skip
    assert sheet["L4"].value == (
        "三(1)班 音乐：应不少于1节，计划1节，已排0节，缺1节（40分钟）"
    )
    assert sheet["L4"].fill.start_color.rgb == "00FFE4E1"
    # Class C is in grade 1, of which the standard does not speak.
    last = values(sheet, sheet.max_row)
    assert (last[0], last[11]) == (
        "一(1)班",
        "一(1)班 课程标准中没有1年级，未核对课时",
    )


def test_export_hours_are_classes_by_courses_grade_by_grade(tmp_path):
    table = week_of_a()
    rows = tuple(
        StandardRow(
            3, code, Text(zh, en), Fraction(low), Fraction(2), StandardKind.PLAN
        )
        for code, zh, en, low in (
            ("CN", "语文", "Chinese", 1),
            ("MUS", "音乐", "music", 1),
            ("LOC", "地方课程", "local", 0),
        )
    )
    hours = hours_table(table, Standard(rows))
    sheet = exported(table, tmp_path, hours=hours)["课时表"]
    heads = values(sheet, 3)
    assert heads[:3] == ["班级", "语文", "音乐"]
    assert "地方课程" not in heads
    assert values(sheet, 4)[:3] == ["三年级 要求", "1–2", "1–2"]
    # A has its two lessons of Chinese, and one of music that is not placed.
    assert values(sheet, 5)[:3] == ["三(1)班", "2 ✓\n80", "0/1 未开\n0"]
    assert sheet["C5"].fill.start_color.rgb == "00FFC7CE"
    last = [row[0].value for row in sheet.iter_rows() if row[0].value]
    assert last[-1].startswith("学校（盖章）")
    assert "没有要求、也没有开设的课程不列：地方课程。" in last


def test_export_conflict_sheet_lists_every_breach_of_the_report(tmp_path):
    problem = small_problem(need("R1", "A", "CN"), need("R2", "A", "CLS"))
    table = timetable(problem, R1_1=at(1, 1), R2_1=at(1, 1))
    report = evaluate(table)
    sheet = exported(table, tmp_path, report=report)["冲突"]
    hard = [
        (f"{r.title.zh}\n{r.title.en}", r.explain(v).zh, r.explain(v).en)
        for level in ("hard", "soft")
        for r in report.results
        if r.level == level
        for v in r.violations
    ]
    shown = [
        (row[1].value, row[4].value, row[5].value) for row in sheet.iter_rows(min_row=4)
    ]
    assert shown == hard
    assert len(hard) >= 2


def test_export_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "week.xlsx"
    path.write_bytes(b"old")
    table = week_of_a()
    broken = replace(table.problem, classes=())
    with pytest.raises(KeyError):
        export_workbook(replace(table, problem=broken), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    export_workbook(table, path)
    assert load_workbook(path).sheetnames[0] == "目录"
    assert list(tmp_path.iterdir()) == [path]


def test_export_into_a_folder_that_is_not_there_fails_and_leaves_nothing(tmp_path):
    with pytest.raises(FileNotFoundError):
        export_workbook(week_of_a(), tmp_path / "none" / "week.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_every_agreement_has_a_sheet_for_its_partner(tmp_path):
    given = builders.problem(
        builders.need("R1", "C1", "PE"),
        agreements=(builders.agreement(), builders.agreement(2)),
    )
    table = builders.timetable(given, R1=builders.place(1, 3, "LP"))
    export_workbook(table, tmp_path / "week.xlsx")
    book = load_workbook(tmp_path / "week.xlsx")
    (name,) = (name for name in book.sheetnames if name.startswith("协议"))
    cells = [str(c.value) for row in book[name].iter_rows() for c in row if c.value]

    assert name == "协议 社区公园 东校"
    assert any("体育" in cell for cell in cells)


def test_every_week_prints_on_one_page_and_the_master_on_one_of_a3(tmp_path):
    book = exported(week_of_a(), tmp_path)
    for name in book.sheetnames[1:]:
        setup = book[name].page_setup
        paper = "8" if name.startswith("总课表") else "9"
        assert str(setup.paperSize) == paper, name
        assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
            "landscape",
            1,
            1,
        ), name


def test_club_is_one_short_line_in_the_cell_of_its_classes(tmp_path):
    problem = small_problem(
        need("R1", "A;B", "PE", "1", pupils=12, activity_id="X1"),
        need("R2", "A", "CN", "1"),
    )
    table = timetable(problem, R1_1=at(1, 1, "L1"))
    book = exported(table, tmp_path)
    assert book["三(1)班"]["C4"].value == "体育与健康（部分学生）"
    assert book["三(2)班"]["C4"].value == "体育与健康（部分学生）"
    assert book["田径场"]["C4"].value == "体育与健康12人 王芳 Z1"


def test_master_sheet_names_teachers_on_a_sheet_of_its_own(tmp_path):
    book = exported(week_of_a(), tmp_path)
    without, teachers = (
        values(book[name], 5)[1:4] for name in ("总课表", "总课表 教师")
    )
    assert without == ["语文", "语文", "班会单\n心理双"]
    assert teachers == ["语文\n王芳", "语文\n王芳", "班会单\n王芳\n心理双\n李强"]
