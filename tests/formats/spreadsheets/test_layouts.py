"""Layouts by hand: each is found by its headers, each guess is told."""

from datetime import date, time

import pytest

from tests.formats.spreadsheets.sheets import DAYS, grid, lessons, read, read_all

WEEK = ["语", "数", "英", "体", "音"]
CODES = ["CN", "MA", "FL", "PE", "MUS"]


def week(group, period, status="read"):
    return [
        (group, day, period, "every", CODES[day - 1], status) for day in range(1, 6)
    ]


@pytest.mark.parametrize(
    "times",
    [
        [["8:20-9:00"], ["9:10—9:50"]],
        [["8：20～9：00"], ["9:10至9:50"]],
    ],
)
def test_rows_with_times_only_count_in_their_order_and_say_so(times):
    rows = [["三(2)班课表"], ["时间", *DAYS], *([*t, *WEEK] for t in times)]
    found = read(rows)

    assert lessons(found) == week((3, 2), 1) + week((3, 2), 2)
    assert [n.text.zh for n in found.notes] == ["没有节次号，按先后顺序编号"]
    assert [(p.start, p.end) for p in found.classes[0].periods] == [
        (500, 540),
        (550, 590),
    ]


def test_times_as_fractions_of_a_day_and_as_times_are_read():
    rows = [
        ["三(2)班"],
        ["开始", "结束", *DAYS],
        [0.347222222, 0.375, *WEEK],
        [time(9, 10), time(9, 50), *WEEK],
    ]
    found = read(rows)

    assert lessons(found) == week((3, 2), 1) + week((3, 2), 2)
    assert [(p.start, p.end) for p in found.classes[0].periods] == [
        (500, 540),
        (550, 590),
    ]


def test_an_afternoon_that_counts_anew_goes_on_from_the_morning():
    rows = [
        ["三(2)班"],
        ["", "节次", *DAYS],
        ["上午", 1, *WEEK],
        ["", 2, *WEEK],
        ["下午", 1, *WEEK],
    ]

    found = read(rows)
    assert lessons(found) == [x for p in (1, 2, 3) for x in week((3, 2), p)]


def test_rows_that_only_say_morning_or_afternoon_hold_for_those_below():
    rows = [
        ["三(2)班"],
        ["节次", *DAYS],
        ["上  午"],
        ["1", *WEEK],
        ["2", *WEEK],
        ["下  午"],
        ["1", *WEEK],
    ]

    expected = [x for p in (1, 2, 3) for x in week((3, 2), p)]
    assert lessons(read(rows)) == expected
    merges = [(2, 0, 3, 6), (5, 0, 6, 6)]
    assert lessons(read(rows, merges=merges)) == expected


def test_rows_without_any_label_are_counted_in_doubt():
    found = read([["三(2)班课表"], DAYS, WEEK, WEEK])

    assert lessons(found) == week((3, 2), 1, "doubtful") + week((3, 2), 2, "doubtful")


def test_rows_that_are_no_lessons_have_no_number():
    rows = [
        ["三(2)班"],
        ["节次", *DAYS],
        ["晨读", *WEEK],
        ["1", *WEEK],
        ["大课间"],
        ["午    休"],
        ["2", *WEEK],
        ["课后服务", "社团", "社团", "体育活动", "社团", ""],
        ["备注：单周上心理"],
    ]
    found = read(rows, merges=[(4, 1, 5, 6), (5, 0, 6, 6), (8, 0, 9, 6)])

    assert lessons(found) == week((3, 2), 1) + week((3, 2), 2)
    kinds = {(c.row, c.kind.value) for c in found.cells if c.kind != "lesson"}
    assert kinds == {
        ("晨读", "not_lesson"),
        ("大课间", "not_lesson"),
        ("午 休", "not_lesson"),
        ("课后服务", "activity"),
        ("课后服务", "not_lesson"),
    }


@pytest.mark.parametrize(
    ("corner", "heads", "label"),
    [
        ("节\\星期", ["一", "二", "三", "四", "五"], "1"),
        ("", ["一", "二", "三", "四", "五"], "第一节"),
        ("星期", [1, 2, 3, 4, 5], "第1节"),
        ("", ["Mon", "Tue", "Wed", "Thu", "Fri"], "1"),
    ],
)
def test_days_may_be_numerals_where_something_says_so(corner, heads, label):
    found = read([["三(2)班课表"], [corner, *heads], [label, *WEEK]])

    assert lessons(found) == week((3, 2), 1)


def test_classes_that_were_typed_as_numbers_keep_their_tens():
    heads = [1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1.1]
    found = read(
        [
            ["星期", "节次", *heads],
            ["星期一", 1, *["语"] * 10],
            ["星期二", 1, *["数"] * 10],
        ]
    )

    numbers = [x[0] for x in lessons(found)[:10]]
    assert numbers == [(1, n) for n in range(1, 11)]
    assert lessons(found)[9][-1] == "corrected"


def test_a_class_that_was_taken_for_a_date_is_a_class():
    heads = [date(2026, 3, 1), date(2026, 3, 2)]
    rows = [
        ["星期", "节次", *heads],
        ["星期一", 1, "语", "数"],
        ["星期二", 1, "数", "语"],
    ]

    assert [x[0] for x in lessons(read(rows))[:2]] == [(3, 1), (3, 2)]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        (
            [
                ["星期", "班级", "第1节", "第2节"],
                ["星期一", "一(1)", "语", "数"],
                ["", "一(2)", "数", "语"],
                ["星期二", "一(1)", "体", "音"],
                ["", "一(2)", "音", "体"],
            ],
            [(1, 0, 3, 1), (3, 0, 5, 1)],
        ),
        (
            [
                ["班级", "星期", "第1节", "第2节"],
                ["一(1)", "星期一", "语", "数"],
                ["", "星期二", "体", "音"],
                ["一(2)", "星期一", "数", "语"],
                ["", "星期二", "音", "体"],
            ],
            [],
        ),
        (
            [
                ["班级", "节次", "星期一", "星期二"],
                ["一(1)", 1, "语", "体"],
                ["", 2, "数", "音"],
                ["一(2)", 1, "数", "音"],
                ["", 2, "语", "体"],
            ],
            [],
        ),
        (
            [
                ["", "一(1)", "", "一(2)", ""],
                ["节次", "周一", "周二", "周一", "周二"],
                ["1", "语", "体", "数", "音"],
                ["2", "数", "音", "语", "体"],
            ],
            [(0, 1, 1, 3), (0, 3, 1, 5)],
        ),
    ],
)
def test_days_classes_and_periods_may_stand_anywhere(rows, merges):
    expected = {
        ((1, 1), 1, 1, "CN"),
        ((1, 1), 1, 2, "MA"),
        ((1, 1), 2, 1, "PE"),
        ((1, 1), 2, 2, "MUS"),
        ((1, 2), 1, 1, "MA"),
        ((1, 2), 1, 2, "CN"),
        ((1, 2), 2, 1, "MUS"),
        ((1, 2), 2, 2, "PE"),
    }

    found = lessons(read(rows, merges=merges))
    assert {(*x[:3], x[4]) for x in found} == expected
    assert {x[-1] for x in found} == {"read"}


def test_a_sheet_for_each_day_takes_the_day_from_its_name():
    sheets = [
        grid(
            [["班级", "第1节", "第2节"], ["一(1)", "语", "数"], ["一(2)", "数", "语"]],
            day,
        )
        for day in ("星期一", "周二")
    ]

    days = [x[1] for x in lessons(read_all(sheets))]
    assert days == [1, 1, 1, 1, 2, 2, 2, 2]


def test_odd_and_even_weeks_may_be_rows_or_columns():
    rows = [
        ["五(1)班"],
        ["节次", "周次", "星期一", "星期二"],
        ["第1节", "单周", "劳动", "数学"],
        ["", "双周", "书法", "数学"],
    ]
    across = [
        ["五(1)班"],
        ["节次", "星期一", "", "星期二", ""],
        ["", "单周", "双周", "单周", "双周"],
        ["1", "劳动", "书法", "数学", "数学"],
    ]
    expected = {
        ((5, 1), 1, 1, "odd", "LAB"),
        ((5, 1), 1, 1, "even", "CAL"),
        ((5, 1), 2, 1, "odd", "MA"),
        ((5, 1), 2, 1, "even", "MA"),
    }

    assert {x[:5] for x in lessons(read(rows))} == expected
    merges = [(1, 1, 2, 3), (1, 3, 2, 5)]
    assert {x[:5] for x in lessons(read(across, merges=merges))} == expected


def test_rooms_and_teachers_across_name_whose_lessons_they_are():
    rows = [
        ["星期", "节次", "张三", "李四"],
        ["星期一", 1, "一(1)语文", "一(2)数学"],
        ["", 2, "", "一(1)"],
        ["星期二", 1, "一(2)语文", "一(1)数学"],
    ]
    cells = read(rows).cells

    assert [(c.teachers, c.subject, c.status.value) for c in cells] == [
        (("张三",), "CN", "read"),
        (("李四",), "MA", "read"),
        (("李四",), "", "unknown"),
        (("张三",), "CN", "read"),
        (("李四",), "MA", "read"),
    ]
    room = [["操场使用课表"], ["节次", *DAYS], ["1", "三(1)、三(2) 体育 张强"]]
    found = read(room).cells
    assert [(c.class_name.printed, c.room, c.teachers) for c in found] == [
        ("三(1)", "操场", ("张强",)),
        ("三(2)", "操场", ("张强",)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["一周食谱"], ["", *DAYS], ["早餐", *["包子"] * 5], ["午餐", *["米饭"] * 5]],
        [["值日安排"], ["", *DAYS], ["校门", *["张三"] * 5], ["食堂", *["李四"] * 5]],
        [
            ["课程开设登记表"],
            ["年级", "语文", "数学", "体育"],
            ["一", "√", "+1", "-1"],
            ["二", "√", "0", "√"],
        ],
    ],
)
def test_what_is_no_timetable_is_told_and_not_read(rows):
    found = read(rows)

    assert found.cells == ()
    assert found.notes


def test_hidden_and_empty_sheets_are_told():
    week = [["三(1)班"], ["节次", *DAYS], ["1", *WEEK]]
    found = read_all([grid(week, "旧", hidden=True), grid([], "空")])

    assert found.cells == ()
    assert [(n.place.sheet, n.kind) for n in found.notes] == [
        ("旧", "hidden"),
        ("空", "empty"),
    ]


def test_a_master_of_teachers_takes_the_subject_from_the_column_beside():
    rows = [
        ["教师总课表"],
        ["教师", "任教学科", "周一", "", "", "周二", "", ""],
        ["", "", 1, 2, 3, 1, 2, 3],
        ["王芳", "语文", "三(1)", "三(2)", "", "三(1)", "", "三(2)"],
        ["李强", "信息技术", "", "三(1)", "", "", "三(2)", "三(1)"],
        ["赵敏", "体育", "", "", "三(1)", "三(2)", "", ""],
        ["赵敏", "体育活动", "", "", "", "", "三(1)", ""],
    ]
    found = read(rows, merges=[(1, 2, 2, 5), (1, 5, 2, 8)])

    taught = [
        (c.class_name.number, c.day, c.period, c.subject, c.teachers, c.status.value)
        for c in found.cells
    ]
    assert taught[0] == (1, 1, 1, "CN", ("王芳",), "read")
    assert (1, 1, 2, "IT", ("李强",), "corrected") in taught
    assert (2, 2, 1, "PE", ("赵敏",), "read") in taught
    assert (1, 2, 2, "PEA", ("赵敏",), "read") in taught
    assert len(taught) == 10


def test_classes_typed_as_dates_hold_for_the_rows_below():
    rows = [
        ["班级", "节次", *DAYS],
        [date(2026, 5, 1), 1, *WEEK],
        ["", 2, *WEEK],
        [date(2026, 5, 2), 1, *WEEK],
        ["", 2, *WEEK],
    ]
    expected = [x for n in (1, 2) for p in (1, 2) for x in week((5, n), p)]
    assert lessons(read(rows)) == expected


def test_days_as_banners_over_masters_that_repeat_their_classes():
    rows = [["六年级课表"]]
    for day in DAYS[:3]:
        rows += [
            [day],
            ["节次", "六(1)班", "六(2)班"],
            [1, "语", "数"],
            [2, "数", "语"],
        ]
        rows.append([])
    found = lessons(read(rows))

    assert [(x[0][1], x[1], x[2], x[4]) for x in found] == [
        (n, day, p, "CN" if n == p else "MA")
        for day in (1, 2, 3)
        for p in (1, 2)
        for n in (1, 2)
    ]


def test_blocks_below_each_other_with_class_and_class_teacher_in_cells_apart():
    def block(first, second):
        title = ["班级", first, "", "班主任", "王芳", ""]
        other = ["班级", second, "", "班主任", "李强", ""]
        line = ["节次", *DAYS]
        body = [[p, *WEEK, "", p, *WEEK] for p in (1, 2)]
        return [[*title, "", *other], [*line, "", *line], *body, []]

    found = read([*block("1年级1班", "1年级2班"), *block("2年级1班", "2年级2班")])

    groups = [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert lessons(found) == [x for g in groups for p in (1, 2) for x in week(g, p)]


@pytest.mark.parametrize(
    ("name", "grade"), [("2022级1班", 5), ("2025级2班", None), ("2021级3班", 6)]
)
def test_the_year_of_enrolment_tells_the_grade_where_only_one_stage_fits(name, grade):
    rows = [[f"2026-2027学年{name}课程表"], ["节次", *DAYS], [1, *WEEK]]
    assert {x[0][0] for x in lessons(read(rows))} == {grade}
