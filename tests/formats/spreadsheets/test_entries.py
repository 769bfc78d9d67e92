"""Texts of single cells: subject, week, teacher, room, in the forms people write."""

import pytest

from scheduler.formats.spreadsheets.cells.entries import entries_of
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary

NAMES = read_vocabulary()


def entries(text, with_classes=False):
    return [
        (e.name.code, e.week.value, "/".join(e.teachers), e.room, e.assumed)
        for e in entries_of([text], [""], NAMES, 3, with_classes)
    ]


@pytest.mark.parametrize(
    ("text", "teacher", "room"),
    [
        ("体育", "", ""),
        ("体 育", "", ""),
        ("体育课", "", ""),
        ("体育\n李老师", "李老师", ""),
        ("体育（李老师）", "李老师", ""),
        ("体育[李某]", "李某", ""),
        ("体育 李某某", "李某某", ""),
        ("体育李明", "李明", ""),
        ("体育李", "李", ""),
        ("李明体育", "李明", ""),
        ("李明 体育", "李明", ""),
        ("体育：李明", "李明", ""),
        ("体育/李明", "李明", ""),
        ("体育(张/李)", "张/李", ""),
        ("体育\n张三、李四", "张三/李四", ""),
        ("体育 张三(兼)", "张三", ""),
        ("体育 张三(大)", "张三(大)", ""),
        ("体育(操场)", "", "操场"),
        ("体育 李明 风雨操场", "李明", "风雨操场"),
        ("体\n王", "王", ""),
        ("体育*", "", ""),
        ("体育（连堂）", "", ""),
        ("体育 Li Ming", "Li Ming", ""),
        ("体育 欧阳小敏", "欧阳小敏", ""),
    ],
)
def test_a_subject_with_its_teacher_and_room(text, teacher, room):
    assert entries(text) == [("PE", "every", teacher, room, "")]


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("劳动(单)书法(双)", ""),
        ("劳动（单）/书法（双）", ""),
        ("劳动单/书法双", ""),
        ("单周:劳动 双周:书法", ""),
        ("单周劳动双周书法", ""),
        ("(单)劳动\n(双)书法", ""),
        ("劳动/书法(单/双)", ""),
        ("劳(单)书(双)", ""),
        ("单周：劳 动\n双周：书 法", ""),
        ("劳动/书法", "alternate"),
        ("劳动/书法(单双周)", "alternate"),
        ("劳动、书法", "several"),
        ("劳动\n书法", "several"),
        ("劳动 书法", "several"),
    ],
)
def test_two_subjects_in_turn_are_odd_and_even_weeks(text, assumed):
    assert entries(text) == [
        ("LAB", "odd", "", "", assumed),
        ("CAL", "even", "", "", assumed),
    ]


def test_two_subjects_in_turn_share_out_their_teachers():
    expected = [("LAB", "odd", "张三", "", ""), ("CAL", "even", "李四", "", "")]

    assert entries("劳动(单)书法(双)\n张三/李四") == expected
    assert entries("劳动(张三)(单)\n书法(李四)(双)") == expected


@pytest.mark.parametrize(
    ("text", "week"),
    [("劳动(双)", "even"), ("单周劳动", "odd"), ("劳动（单周）", "odd")],
)
def test_one_subject_may_be_in_some_weeks_only(text, week):
    assert entries(text) == [("LAB", week, "", "", "")]


def test_every_other_week_leaves_the_week_in_doubt():
    assert entries("劳动(隔周)") == [("LAB", "odd", "", "", "every_other")]


@pytest.mark.parametrize(
    ("text", "code"),
    [("校/书法", "SCH"), ("校本/经典诵读", "SCH"), ("地方/生命安全", "LOC")],
)
def test_a_course_with_its_title_is_one_course(text, code):
    assert [x[:2] for x in entries(text)] == [(code, "every")]


@pytest.mark.parametrize("text", ["", "-", "—", "/", "无", "空", "　"])
def test_marks_of_empty_cells_say_nothing(text):
    assert entries(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("信息技术", "corrected"),
        ("综合实践活", "corrected"),
        ("道法", "read"),
        ("健康", "doubtful"),
        ("校本/劳动", "doubtful"),
        ("奥数", "unknown"),
        ("语闻", "unknown"),
        ("体育大课间", "read"),
    ],
)
def test_names_are_as_sure_as_they_are(text, status):
    (entry,) = entries_of([text], [""], NAMES, 3)
    assert entry.name.status.value == status


@pytest.mark.parametrize(
    "text",
    [
        "体育\n(三(1)班)",
        "三(1)体育",
        "三（1）班 体育",
        "三(1)\n体育",
        "体育 三1",
        "301体育",
    ],
)
def test_cells_of_teachers_name_class_and_subject(text):
    (entry,) = entries_of([text], [""], NAMES, None, True)

    assert (entry.name.code, entry.teachers) == ("PE", ())
    assert [(g.grade, g.number) for g in entry.groups] == [(3, 1)]


def test_the_class_meeting_is_no_part_of_the_class():
    (entry,) = entries_of(["303班会"], [""], NAMES, None, True)

    assert (entry.name.code, entry.groups[0].printed) == ("CLS", "303")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("体育（武术）", "PE"),
        ("体育 田径", "PE"),
        ("音乐(竖笛)", "MUS"),
        ("音乐\n竖笛", "MUS"),
        ("数学（思维训练）", "MA"),
        ("劳动(种植)", "LAB"),
        ("英语（口语）", "FL"),
        ("科学(代课)", "SC"),
        ("体育(男)", "PE"),
    ],
)
def test_what_a_lesson_is_about_is_no_teacher(text, code):
    assert entries(text) == [(code, "every", "", "", "")]


def test_a_word_in_brackets_without_a_surname_is_a_doubtful_teacher():
    assert entries("体育（飞盘）") == [("PE", "every", "飞盘", "", "strange_name")]
    assert entries("体育（武松）") == [("PE", "every", "武松", "", "")]


@pytest.mark.parametrize("text", ["音乐-三1", "音乐·301", "音乐/三1", "三1-音乐"])
def test_a_stroke_may_stand_between_class_and_subject(text):
    (entry,) = entries_of([text], [""], NAMES, None, True)
    assert (entry.name.code, [(x.grade, x.number) for x in entry.groups]) == (
        "MUS",
        [(3, 1)],
    )


def test_weeks_may_stand_behind_the_teacher():
    assert entries("劳动 王芳（单周）\n科学 李强（双周）") == [
        ("LAB", "odd", "王芳", "", ""),
        ("SC", "even", "李强", "", ""),
    ]


@pytest.mark.parametrize(
    "word",
    ["奇思妙想", "双语阅读", "单词", "奇石", "偶戏", "木偶", "单簧管", "英语双师"],
)
def test_words_that_begin_like_a_mark_of_weeks_are_words(word):
    assert briefly(word) == [(word, "", "every", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单音双美", [("MUS", "odd", ""), ("FA", "even", "")]),
        ("音乐单美术双", [("MUS", "odd", ""), ("FA", "even", "")]),
        ("双音乐", [("MUS", "even", "")]),
        ("双语", [("CN", "even", "glued_week")]),
        ("单美", [("FA", "odd", "glued_week")]),
        ("体育(单双杠)", [("PE", "every", "")]),
    ],
)
def test_a_mark_without_week_counts_beside_a_name_and_is_doubtful_beside_one_letter(
    text, expected
):
    assert [(c, w, a) for _, c, w, a in briefly(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("语文{1-18周}", [("CN", "every", "")]),
        ("语文 第2-16周", [("CN", "every", "")]),
        ("道法（1-9周）", [("ME", "every", "ranges")]),
        ("劳动8-15周", [("LAB", "every", "ranges")]),
        ("劳动1-17周(单)", [("LAB", "odd", "")]),
        ("劳动(2-16双周)", [("LAB", "even", "")]),
        (
            "音乐(1-8周)/美术(9-16周)",
            [("MUS", "odd", "ranges"), ("FA", "even", "ranges")],
        ),
        ("1-8周音乐9-16周美术", [("MUS", "odd", "ranges"), ("FA", "even", "ranges")]),
    ],
)
def test_ranges_of_weeks_are_the_whole_term_or_doubtful(text, expected):
    assert [(c, w, a) for _, c, w, a in briefly(text)] == expected


def briefly(text):
    return [
        (e.name.printed, e.name.code, e.week.value, e.assumed)
        for e in entries_of([text], [""], read_vocabulary(), 3)
    ]
