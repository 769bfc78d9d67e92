"""Assignments, hours and bell times beside timetables."""

from tests.formats.spreadsheets.sheets import DAYS, grid, read, read_all


def test_assignments_name_class_subject_and_teachers():
    rows = [
        ["下陆小学任课表"],
        ["年级", "班级名称", "班主任", "语文", "数学", "体育"],
        ["一年级", "1班", "张三", "张三", "李四", "赵六/钱七"],
        ["", "2班", "王五", "王五", "李四", ""],
    ]
    found = [
        (x.class_name.grade, x.class_name.number, x.subject, x.teachers)
        for x in read(rows).assignments
    ]

    assert found == [
        (1, 1, "CN", ("张三",)),
        (1, 1, "MA", ("李四",)),
        (1, 1, "PE", ("赵六", "钱七")),
        (1, 2, "CN", ("王五",)),
        (1, 2, "MA", ("李四",)),
    ]


def test_hours_are_read_with_subjects_across_and_down():
    across = [
        ["课时表"],
        ["年级", "语文", "数学", "体育"],
        ["一年级", 8, 4, 4],
        ["二", 8, 4, 4],
    ]
    down = [
        ["学科", "一年级", "二年级"],
        ["语文", 8, 8],
        ["数学", 4, 4],
        ["体育", 4, 4],
    ]

    for rows in (across, down):
        found = {(x.grade, x.subject, x.per_week) for x in read(rows).hours}
        assert found == {
            (g, code, n)
            for g in (1, 2)
            for code, n in (("CN", "8"), ("MA", "4"), ("PE", "4"))
        }


def test_bell_times_are_given_to_the_classes_of_their_grades():
    bells = [
        ["作息时间表（三至六年级）"],
        ["节次", "开始", "结束"],
        ["第一节", "8:20", "9:00"],
        ["大课间", "9:00", "9:30"],
        ["第二节", "9:30", "10:10"],
    ]
    week = [["节次", *DAYS], ["1", *["语文"] * 5], ["2", *["数学"] * 5]]
    found = read_all([grid(week, "三1班"), grid(week, "一1班"), grid(bells, "作息")])

    assert found.bells[0].grades == (3, 4, 5, 6)
    third, first = found.classes
    assert [(p.period, p.start) for p in third.periods] == [
        (1, 500),
        (None, 540),
        (2, 570),
    ]
    assert [(p.period, p.start) for p in first.periods] == [(1, None), (2, None)]


def test_summer_and_winter_times_are_two_and_none_is_chosen():
    bells = [
        ["节次", "夏季", "冬季"],
        ["第1节", "8:20-9:00", "8:30-9:10"],
        ["第2节", "9:10-9:50", "9:20-10:00"],
        ["第3节", "10:20-11:00", "10:30-11:10"],
    ]
    week = [["节次", *DAYS], ["1", *["语文"] * 5]]
    found = read_all([grid(week, "三1班"), grid(bells, "作息")])

    assert [b.name for b in found.bells] == ["夏季", "冬季"]
    assert found.classes[0].periods[0].start is None
    assert any("没有选用" in n.text.zh for n in found.notes)


def test_a_list_may_have_grade_and_class_in_columns_of_their_own():
    rows = [
        ["序号", "年级", "班", "星期", "第几节", "科目", "教师"],
        [1, "七年级", 2, 1, 3, "语文", "王芳"],
        [2, "八年级", 1, 4, 6, "物理", "李强"],
    ]
    assert [
        (c.class_name.grade, c.class_name.number, c.day, c.period, c.subject)
        for c in read(rows).cells
    ] == [(7, 2, 1, 3, "CN"), (8, 1, 4, 6, "PH")]
