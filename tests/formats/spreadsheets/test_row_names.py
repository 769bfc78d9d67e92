"""Names of rows by hand: which column numbers the lessons, and what is no lesson."""

import pytest

from tests.formats.spreadsheets.sheets import DAYS, lessons, read

WEEK = ["语", "数", "英", "体", "音"]
CODES = ["CN", "MA", "FL", "PE", "MUS"]
BLANK = [""] * 5


def week(group, period, status="read"):
    return [
        (group, day, period, "every", CODES[day - 1], status) for day in range(1, 6)
    ]


def others(found, row):
    """Kind, subject and status of the cells of a row that is no lesson."""
    cells = [c for c in found.cells if c.place.cell[1:] == str(row)]
    return {(c.kind.value, c.subject, c.status.value) for c in cells}


@pytest.mark.parametrize("names", [("第1节", "第2节", "第3节"), (1, 2, 3)])
def test_names_merged_over_two_columns_do_not_hide_the_numbers_beside(names):
    first, second, third = names
    rows = [
        ["四(3)班"],
        ["节次", "", *DAYS],
        ["晨读", "晨读", *WEEK],
        ["上午", first, *WEEK],
        ["", second, *WEEK],
        ["午餐", "午餐", *BLANK],
        ["下午", third, *WEEK],
        ["课后服务", "课后服务", *BLANK],
    ]
    over_both = [(r, 0, r + 1, 2) for r in (1, 2, 5, 7)]
    found = read(rows, merges=[*over_both, (3, 0, 5, 1)])

    group = (4, 3)
    assert lessons(found) == week(group, 1) + week(group, 2) + week(group, 3)


@pytest.mark.parametrize("name", ["体育活动", "体育锻炼", "课外体育活动", "体锻"])
def test_an_empty_row_named_as_a_pe_activity_is_one_on_every_day(name):
    rows = [["七(2)班"], ["节次", "时间", *DAYS], ["1", "8:00-8:40", *WEEK]]
    found = read([*rows, [name, "16:40-17:40", *BLANK]])

    assert lessons(found) == week((7, 2), 1)
    assert others(found, 4) == {("activity", "PEA", "corrected")}


@pytest.mark.parametrize("times", [("8:00-8:40", "16:40-17:20"), ("", "")])
def test_an_empty_row_of_a_pe_activity_as_long_as_a_lesson_may_be_one(times):
    first, last = times
    rows = [["七(2)班"], ["节次", "时间", *DAYS], ["1", first, *WEEK]]
    found = read([*rows, ["体育活动", last, *BLANK]])

    assert lessons(found) == week((7, 2), 1)
    assert others(found, 4) == {("activity", "PEA", "doubtful")}


def test_a_pe_row_with_words_says_what_stands_in_it():
    words = ["体育活动", "足球", "", "语文", "值日"]
    rows = [["七(2)班"], ["节次", *DAYS], ["1", *WEEK], ["体育活动", *words]]
    cells = {c.place.cell: c for c in read(rows).cells}

    assert [(cells[f"{x}4"].kind.value, cells[f"{x}4"].subject) for x in "BCE"] == [
        ("activity", "PEA"),
        ("activity", "PEA"),
        ("lesson", "CN"),
    ]
    assert cells["D4"].subject == ""
    assert cells["E4"].status == "doubtful"


@pytest.mark.parametrize("name", ["体育活动", "体育活动\n16:15-16:55"])
def test_a_column_of_pe_activity_beside_periods_across(name):
    rows = [["八1班"], ["", "1", "2", "3", name]]
    rows += [[day, "语", "数", "英", ""] for day in DAYS]
    found = read(rows)

    assert [x[4] for x in lessons(found)] == ["CN", "MA", "FL"] * 5
    assert sum(c.subject == "PEA" and c.kind == "activity" for c in found.cells) == 5


@pytest.mark.parametrize(
    ("beside", "kind"), [("大课间", "activity"), ("第2节", "not_lesson")]
)
def test_sunny_sport_is_the_big_break_only_where_there_is_no_other(beside, kind):
    rows = [["三(1)班"], ["节次", *DAYS], ["第1节", *WEEK], [beside, *WEEK]]
    found = read([*rows, ["阳光体育", *BLANK]])

    assert {x[0] for x in others(found, 5)} == {kind}


def test_breaks_that_only_the_cells_name_take_no_number():
    rows = [
        ["五(2)班"],
        ["时间", *DAYS],
        ["8:20-9:00", *WEEK],
        ["9:00-9:40", *["大课间"] * 5],
        ["9:50-10:30", *WEEK],
    ]
    found = read(rows)

    assert lessons(found) == week((5, 2), 1) + week((5, 2), 2)


def test_an_empty_time_amid_others_is_a_break_and_at_the_end_a_free_lesson():
    rows = [
        ["五(2)班"],
        ["时间", *DAYS],
        ["8:20-9:00", *WEEK],
        ["9:00-9:40", *BLANK],
        ["9:50-10:30", *WEEK],
        ["10:40-11:20", *BLANK],
    ]
    found = read(rows)

    assert lessons(found) == week((5, 2), 1) + week((5, 2), 2)
    assert {c.period for c in found.cells if c.kind == "empty"} == {3}


def test_a_short_time_with_subjects_is_doubtful_and_moves_no_lesson():
    rows = [
        ["五(2)班"],
        ["时间", *DAYS],
        ["7:50-8:10", *WEEK],
        ["8:20-9:00", *WEEK],
        ["9:10-9:50", *WEEK],
    ]
    found = lessons(read(rows))

    assert found[:5] == week((5, 2), None, "doubtful")
    assert found[5:] == week((5, 2), 1) + week((5, 2), 2)


def test_what_is_taught_in_the_evening_is_no_lesson():
    rows = [
        ["九(4)班"],
        ["", "节次", *DAYS],
        ["上午", 1, *WEEK],
        ["下午", 2, *WEEK],
        ["晚上", 1, *WEEK],
    ]
    found = read(rows)

    assert lessons(found) == week((9, 4), 1) + week((9, 4), 2)
    assert {x[0] for x in others(found, 5)} == {"activity"}


def test_choices_after_school_are_one_activity_of_every_week():
    rows = [["一(1)班"], ["节次", *DAYS], ["1", *WEEK]]
    found = read([*rows, ["课后服务", *["作业辅导、社团活动"] * 5]])

    cells = [c for c in found.cells if c.place.cell.endswith("4")]
    assert {(c.week.value, c.kind.value, c.status.value) for c in cells} == {
        ("every", "activity", "read")
    }


def test_weeks_beside_a_period_hold_for_it_alone_and_merged_cells_for_both():
    rows = [
        ["二(4)班"],
        ["节次", "", *DAYS],
        ["第1节", "单周", "劳动", *WEEK[1:]],
        ["", "双周", "书法", "", "", "", ""],
        ["第2节", "", *WEEK],
    ]
    merges = [(2, 0, 4, 1), *((2, c, 4, c + 1) for c in range(3, 7))]
    found = lessons(read(rows, merges=merges))

    group = (2, 4)
    turns = [
        (group, 1, 1, "odd", "LAB", "read"),
        (group, 1, 1, "even", "CAL", "read"),
    ]
    assert sorted(found) == sorted([*turns, *week(group, 1)[1:], *week(group, 2)])
