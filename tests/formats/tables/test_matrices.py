"""任课安排 and 课时: what they stand for, and what is said of their faults."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scheduler.formats.problem.reading import read_problem
from scheduler.formats.tables.cells import CellError
from scheduler.formats.tables.files.workbook_writing import write_workbook
from scheduler.formats.tables.files.writing import write_folder
from scheduler.formats.tables.matrices.hours import Share, read_hours
from scheduler.formats.tables.template import write_template
from scheduler.model.errors import InputError, sentences
from scheduler.model.requirements import Requirement, WeekRule
from tests.formats.tables.ten_classes import rows_by_sheet, typed_cells, write_school

EVERY, ODD, EVEN, EITHER = WeekRule
HALF = Fraction(1, 2)
LONG = ["要求编号", "班级", "学科编号", "教师", "每周节数"]


def read(tmp_path, change=None):
    return read_problem(write_school(tmp_path / "实小.xlsx", change))


def errors(tmp_path, change):
    with pytest.raises(InputError) as caught:
        read(tmp_path, change)
    return sentences(caught.value.errors, "zh")


def cell(sheet, row, title, text):
    """A change of one cell; ``row`` counts as a spreadsheet does."""

    def change(sheets):
        rows = sheets[sheet]
        column = rows[0].index(title)
        line = rows[row - 1]
        line += [""] * (column + 1 - len(line))
        line[column] = text

    return change


def of_class(problem, name):
    return {r for r in problem.requirements if r.class_ids == (name,)}


def by_hand(name, rows):
    return {
        Requirement(
            f"{name}-{subject}",
            (name,),
            subject,
            Fraction(hours),
            (teacher,),
            week=week,
        )
        for subject, hours, teacher, week in rows
    }


def test_first_grade_expands_to_the_long_form_written_by_hand(tmp_path):
    assert of_class(read(tmp_path).problem, "一(2)班") == by_hand(
        "一(2)班",
        [
            ("语文", 8, "李娜", EVERY),
            ("数学", 4, "赵刚", EVERY),
            ("道德与法治", 2, "李娜", EVERY),
            ("科学", 1, "郑华", EVERY),
            ("体育与健康", 4, "刘强", EVERY),
            ("音乐", 2, "谢音", EVERY),
            ("美术", 2, "吴涛", EVERY),
            ("劳动", 1, "李娜", EVERY),
            ("书法", HALF, "李娜", ODD),
            ("综合实践活动", HALF, "李娜", EVEN),
        ],
    )


def test_fourth_grade_expands_to_the_long_form_with_its_own_cells(tmp_path):
    assert of_class(read(tmp_path).problem, "四(1)班") == by_hand(
        "四(1)班",
        [
            ("语文", 6, "何平", EVERY),
            ("数学", 5, "冯磊", EVERY),
            ("英语", 3, "孙莉", EVERY),
            ("道德与法治", 2, "何平", EVERY),
            ("科学", 2, "郑华", EVERY),
            ("体育与健康", 4, "高飞", EVERY),
            ("音乐", 2, "谢音", EVERY),
            ("美术", 2, "吴涛", EVERY),
            ("劳动", 1, "何平", EVERY),
            ("信息科技", 1, "马俊", EVERY),
            ("书法", HALF, "吴涛", EVERY),
            ("综合实践活动", HALF, "何平", EITHER),
        ],
    )


def test_the_whole_school_has_its_requirements_and_no_fault(tmp_path):
    reading = read(tmp_path)
    assert reading.warnings == ()
    # Ten subjects in grades 1 and 2, twelve in the others.
    assert len(reading.problem.requirements) == 4 * 10 + 6 * 12


def test_the_school_is_typed_in_few_cells():
    """Teaching and hours take 72, where the long table would take 112 rows of 5."""
    counted = typed_cells()
    assert counted["任课安排"] + counted["课时"] <= 72
    assert sum(counted.values()) < 250


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("4", [Share(Fraction(4))]),
        ("４节", [Share(Fraction(4))]),
        ("四课时", [Share(Fraction(4))]),
        ("0.5", [Share(HALF)]),
        ("2.5", [Share(Fraction(5, 2))]),
        ("4单", [Share(Fraction(2), ODD)]),
        ("单周1", [Share(HALF, ODD)]),
        ("2（双周）", [Share(Fraction(1), EVEN)]),
        ("1单/双", [Share(HALF, EITHER)]),
        ("1单周或双周", [Share(HALF, EITHER)]),
        ("隔周2", [Share(Fraction(1), EITHER)]),
        ("1单1双", [Share(Fraction(1))]),
        ("单周3、双周1", [Share(Fraction(1)), Share(Fraction(1), ODD)]),
        ("1单／2双", [Share(Fraction(1)), Share(HALF, EVEN)]),
    ],
)
def test_hours_read_as_an_office_writes_them(text, shares):
    assert read_hours(text) == tuple(shares)


@pytest.mark.parametrize("text", ["若干", "1单2单", "0.3", "0.5单", "200", "2/1"])
def test_hours_that_say_nothing_clear_are_refused(text):
    with pytest.raises(CellError):
        read_hours(text)


def test_different_hours_by_week_are_two_requirements(tmp_path):
    problem = read(tmp_path, cell("课时", 3, "美术", "2单1双")).problem
    arts = {r.requirement_id: r for r in of_class(problem, "六(1)班")}
    assert arts["六(1)班-美术"].per_week == 1
    assert (arts["六(1)班-美术-odd"].per_week, arts["六(1)班-美术-odd"].week) == (
        HALF,
        ODD,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("吴滔", "“吴滔”不在【教师】表中。是否改过名？是否应为“吴涛”？"),
        ("欧阳修远", "“欧阳修远”不在【教师】表中。是否改过名？"),
        ("吴涛或谢音、马俊", "“吴涛或谢音、马俊”既有“或”又有“、”。"),
    ],
)
def test_unknown_teacher_is_told_by_row_title_and_likely_name(tmp_path, text, said):
    (line,) = errors(tmp_path, cell("任课安排", 7, "美术", text))
    assert line.startswith(f"【任课安排】第7行“美术”：{said}")


def test_own_teacher_needs_the_column_of_head_teachers(tmp_path):
    lines = errors(tmp_path, cell("任课安排", 2, "班主任", ""))
    assert lines[0].startswith(
        "【任课安排】第19行“语文”：“本班”所指的“班主任”没有填写。"
    )


def test_unknown_class_and_subject_are_told_with_the_table_they_lack_in(tmp_path):
    def change(sheets):
        sheets["任课安排"][0][9] = "美木"
        sheets["任课安排"][1][0] = "一（9）班"

    lines = errors(tmp_path, change)
    assert lines[0].startswith("【任课安排】第1行“美木”：“美木”不在【学科】表中。")
    assert lines[1].startswith("【任课安排】第2行“班级”：“一（9）班”不在【班级】表中。")


def test_a_teacher_without_hours_is_an_error_at_the_cell(tmp_path):
    assert errors(tmp_path, cell("课时", 2, "科学", "")) == [
        "【任课安排】第19行“科学”：有教师，但【课时】表没有一年级、二年级这门课的节数。"
        "请在【课时】表填写节数。"
    ]


def test_a_dash_in_the_hours_says_that_the_grades_have_none_of_it(tmp_path):
    problem = read(tmp_path, cell("课时", 2, "科学", "—")).problem
    given = [q.class_ids[0] for q in problem.requirements if q.subject_id == "科学"]
    assert given == [c.class_id for c in problem.classes if c.grade > 2]


def test_hours_without_a_teacher_are_an_error_that_names_the_classes(tmp_path):
    assert errors(tmp_path, cell("任课安排", 13, "数学", "")) == [
        "【课时】第2行“数学”：有节数，但【任课安排】中没有二（1）班、二（2）班的教师。"
        "请填写教师；不开这门课的班填“—”。"
    ]


def test_a_dash_of_one_class_says_that_it_is_not_taught(tmp_path):
    problem = read(tmp_path, cell("任课安排", 2, "科学", "—")).problem
    assert "一(1)班-科学" not in problem.requirement
    assert "一(2)班-科学" in problem.requirement


def test_two_teachers_come_or_one_of_them_is_chosen(tmp_path):
    problem = read(tmp_path, cell("任课安排", 2, "美术", "吴涛、谢音")).problem
    assert problem.requirement["一(1)班-美术"].teacher_ids == ("吴涛", "谢音")
    problem = read(tmp_path, cell("任课安排", 2, "美术", "吴涛或谢音")).problem
    assert problem.requirement["一(1)班-美术"].teacher_pool == ("吴涛", "谢音")
    problem = read(tmp_path, cell("任课安排", 2, "美术", "无教师")).problem
    assert problem.requirement["一(1)班-美术"].no_teacher


def test_two_teachers_of_one_name_are_told_apart_by_id(tmp_path):
    def change(sheets):
        names = [row[0] for row in sheets["教师"][1:]]
        rows = [[f"{k}", name] for k, name in enumerate(names, 1)]
        sheets["教师"] = [["教师编号", "教师姓名"], *rows, ["23", "吴涛"]]

    line = errors(tmp_path, change)[0]
    assert line == (
        "【任课安排】第8行“书法”：“吴涛”在【教师】表中有2个（21、23）。请写编号。"
    )


def test_a_long_row_of_the_same_id_replaces_the_cell(tmp_path):
    def change(sheets):
        sheets["教学要求"] = [LONG, ["一(1)班-美术", "一(1)班", "美术", "谢音", "3"]]

    reading = read(tmp_path, change)
    assert reading.warnings == ()
    art = reading.problem.requirement["一(1)班-美术"]
    assert (art.per_week, art.teacher_ids) == (3, ("谢音",))


def test_a_long_row_of_another_id_adds_and_is_warned_of(tmp_path):
    def change(sheets):
        sheets["教学要求"] = [LONG, ["加课", "一(1)班", "美术", "谢音", "1"]]

    reading = read(tmp_path, change)
    assert {"一(1)班-美术", "加课"} <= set(reading.problem.requirement)
    assert sentences(reading.warnings, "zh") == [
        "【教学要求】第2行“学科编号”：“美术”在【任课安排】第19行也有（一（1）班），"
        "两处都算。若要取代，请把要求编号改为“一(1)班-美术”。"
    ]


def test_a_cell_filled_twice_for_a_class_is_an_error(tmp_path):
    def change(sheets):
        sheets["任课安排"].append(["一（1）班", "李娜"])

    (line,) = errors(tmp_path, change)
    assert line.startswith("【任课安排】第20行“班主任”：“李娜”与第2行重复（一(1)班）。")


def test_hours_alone_are_warned_of_and_stand_for_no_requirements(tmp_path):
    def without(sheets):
        del sheets["任课安排"]

    def long(sheets):
        del sheets["任课安排"]
        sheets["教学要求"] = [LONG, ["R1", "一(1)班", "体育与健康", "吴涛", "2"]]

    lines = errors(tmp_path, without)
    assert [line for line in lines if line.startswith("【教学要求】")]
    reading = read(tmp_path, long)
    assert [q.requirement_id for q in reading.problem.requirements] == ["R1"]
    assert sentences(reading.warnings, "zh") == [
        "【课时】：没有【任课安排】，这张表没有用到。请填写【任课安排】。"
    ]


def test_a_title_above_the_subjects_and_columns_of_notes_are_passed_over(tmp_path):
    plain = read(tmp_path).problem

    def change(sheets):
        rows = sheets["课时"]
        rows[0] += ["合计", "备注"]
        rows[1] += ["25", "含书法"]
        sheets["课时"] = [["2026年秋季课时表"], *rows]

    assert read(tmp_path, change).problem == plain


def test_what_is_written_reads_back_from_workbook_and_folder(tmp_path):
    problem = read(tmp_path).problem
    write_workbook(problem, tmp_path / "out.xlsx")
    write_folder(problem, tmp_path / "out")
    assert read_problem(tmp_path / "out.xlsx").problem == problem
    assert read_problem(tmp_path / "out").problem == problem


def test_a_folder_holds_the_matrices_as_files(tmp_path):
    problem = read(tmp_path).problem
    write_folder(problem, tmp_path / "out")
    (tmp_path / "out" / "requirements.csv").unlink()
    (tmp_path / "out" / "teaching.csv").write_text("班级,数学\n全校,赵刚\n")
    (tmp_path / "out" / "hours.csv").write_text("年级,数学\n全部,3\n")
    again = read_problem(tmp_path / "out").problem
    assert {r.teacher_ids for r in again.requirements} == {("赵刚",)}
    assert len(again.requirements) == 10


def test_template_has_both_matrices_with_examples_that_are_not_read(tmp_path):
    write_template(tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    at = book.sheetnames.index("教学要求")
    assert book.sheetnames[at - 2 : at] == ["任课安排", "课时"]
    assert book["课时"]["A2"].value == "#例 三年级"
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path / "t.xlsx")
    lines = sentences(caught.value.errors, "zh")
    assert not [x for x in lines if x.startswith(("【任课安排】", "【课时】"))]
    assert [line for line in lines if "【教学要求】" in line]


TEACHERS = ("王芳", "谢音", "吴涛", "马俊")
SPECIAL = ("音乐", "美术", "科学")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_two_matrices_say_what_their_long_rows_say(tmp_path_factory, data):
    """Agreement: the rows written out by hand, cell by cell, give the same."""
    folder = tmp_path_factory.mktemp("school")
    hours = data.draw(st.tuples(*[st.sampled_from(("1", "2", "0.5"))] * 3))
    people = data.draw(
        st.lists(st.tuples(*[st.sampled_from(TEACHERS)] * 3), min_size=10, max_size=10)
    )
    names = [row[0] for row in rows_by_sheet()["班级"][1:]]

    def matrices(sheets):
        pairs = zip(names, people, strict=True)
        sheets["任课安排"] = [["班级", *SPECIAL], *([n, *p] for n, p in pairs)]
        sheets["课时"] = [["年级", *SPECIAL], ["全部", *hours]]

    def long(sheets):
        del sheets["任课安排"], sheets["课时"]
        sheets["教学要求"] = [LONG] + [
            [f"{n}-{s}", n, s, teacher, count]
            for n, row in zip(names, people, strict=True)
            for s, teacher, count in zip(SPECIAL, row, hours, strict=True)
        ]

    # A teacher may have drawn more lessons than fit, which is not asked here.
    short, full = (
        read_problem(write_school(folder / "实小.xlsx", change), even_impossible=True)
        for change in (matrices, long)
    )
    assert short.problem == full.problem
