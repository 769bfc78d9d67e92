"""Warnings of what is well written and yet hardly meant."""

from collections.abc import Callable

import pytest

from scheduler.formats.problem.reading import read_problem
from scheduler.model.errors import sentences
from tests.formats.primary_school import Folder


def _told(folder: Folder) -> list[str]:
    return sentences(read_problem(folder.path).warnings, "zh")


def _column(folder: Folder, table: str, row: int, column: str) -> str:
    rows = folder.rows(table)
    return rows[row - 1][rows[0].index(column)]


def test_the_example_is_warned_of_nothing(tmp_path):
    assert _told(Folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("size", "told"),
    [("4000", True), ("101", True), ("100", False), ("5", False), ("4", True)],
)
def test_class_of_an_unheard_of_size_is_warned_of(tmp_path, size, told):
    folder = Folder(tmp_path)
    rows = folder.rows("zones")
    for row in range(2, len(rows) + 1):
        folder.put("zones", row, "max_pupils", "")
    folder.put("classes", 3, "size", size)

    line = f"【班级】第3行“人数”：“{size}”一个班一般为5至100人。请核对人数。"
    assert _told(folder) == [line] * told


def test_two_teachers_of_one_name_are_told_with_both_rows(tmp_path):
    folder = Folder(tmp_path)
    folder.put("teachers", 9, "name", _column(folder, "teachers", 3, "name"))

    (line,) = _told(folder)
    assert line.startswith("【教师】第9行“教师姓名”：“冯若军”与第3行的教师同名。")


def test_teacher_whose_subjects_lack_a_lesson_is_warned_of(tmp_path):
    folder = Folder(tmp_path)
    rows = folder.rows("requirements")
    subject, people = rows[0].index("subject_id"), rows[0].index("teacher_ids")
    number, given = next(
        (n, r[people]) for n, r in enumerate(rows, 1) if r[subject] == "PE"
    )
    names = [r[0] for r in folder.rows("teachers")]
    folder.put("teachers", names.index(given) + 1, "subjects", "MA")

    lines = [line for line in _told(folder) if "的任教学科中没有体育与健康" in line]
    (line,) = lines
    assert line.startswith("【教学要求】第")
    assert str(number) in line


def test_school_without_pe_is_warned_of_once(tmp_path):
    folder = Folder(tmp_path)
    rows = folder.rows("subjects")
    kind = rows[0].index("kind")
    for number, row in enumerate(rows, start=1):
        if row[kind] == "pe":
            folder.put("subjects", number, "kind", "pe_activity")

    assert [line for line in _told(folder) if "没有一个班开设体育与健康" in line] == [
        "【学校】第2行“学校编号”：“S1”没有一个班开设体育与健康。"
        "请补上体育课，并核对【学科】表中体育的类别。"
    ]


@pytest.mark.parametrize(
    ("closed", "days"),
    [
        ("date = 2026-10-17", "周六"),
        ("date = 2026-10-18", "周日"),
        ("from = 2026-10-17\nto = 2026-10-18", "周六、周日"),
        ("date = 2026-10-19", ""),
        ("from = 2026-10-16\nto = 2026-10-18", ""),
    ],
)
def test_holiday_on_days_without_lessons_is_warned_of(tmp_path, closed, days):
    folder = Folder(tmp_path)
    with (folder.path / "term.toml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n[[closed]]\nname = '节日'\n{closed}\n")

    told = [line for line in _told(folder) if "本来就不上课" in line]
    assert len(told) == bool(days)
    assert all(f"是{days}，本来就不上课，没有作用。" in line for line in told)


def _two_fixed(folder: Folder, weeks: tuple[str, str]) -> None:
    """Chinese and mathematics of one class on Tuesday's first period."""
    rows = folder.rows("requirements")
    at = {name: rows[0].index(name) for name in rows[0]}
    ours = [r for r in rows[1:] if r[at["class_ids"]] == "G1C01"]
    folder.write("fixed", folder.rows("fixed")[:1])
    titles = folder.rows("fixed")[0]
    for subject, week in zip(("CN", "MA"), weeks, strict=True):
        name = next(r[0] for r in ours if r[at["subject_id"]] == subject)
        cells = {"requirement_id": name, "index": "1", "day": "2", "period": "1"}
        cells["week"] = week
        folder.add("fixed", ",".join(cells.get(title, "") for title in titles))


def _halves(folder: Folder) -> None:
    """Each of the two gets a last lesson every other week, as its index 1."""
    rows = folder.rows("requirements")
    at = {name: rows[0].index(name) for name in rows[0]}
    for number, row in enumerate(rows[1:], start=2):
        if row[at["class_ids"]] == "G1C01" and row[at["subject_id"]] in ("CN", "MA"):
            folder.put("requirements", number, "per_week", "0.5")
            folder.put("requirements", number, "blocks", "")


@pytest.mark.parametrize(
    ("prepare", "weeks", "told"),
    [
        (lambda folder: None, ("", ""), True),
        (_halves, ("odd", "odd"), True),
        (_halves, ("odd", "even"), False),
        (_halves, ("", "even"), False),
    ],
)
def test_two_fixed_lessons_of_a_class_at_once_are_told_with_both_rows(
    tmp_path, prepare: Callable[[Folder], None], weeks: tuple[str, str], told: bool
):
    folder = Folder(tmp_path)
    prepare(folder)
    _two_fixed(folder, weeks)

    assert (
        _told(folder)
        == [
            "【固定课】第3行“节次”：“1”周二与第2行同时，一(1)班一时有两节固定的课。"
            "请改动其中一节。"
        ]
        * told
    )


def test_whole_number_of_odd_lessons_in_a_full_week_is_advised_to_be_a_half(tmp_path):
    folder = Folder(tmp_path)
    rows = folder.rows("requirements")
    at = {name: rows[0].index(name) for name in rows[0]}
    number = next(
        n
        for n, r in enumerate(rows, 1)
        if r[at["class_ids"]] == "G1C01" and r[at["subject_id"]] == "CN"
    )
    folder.put("requirements", number, "week", "odd")
    folder.put("requirements", number, "per_week", "20")
    folder.put("requirements", number, "blocks", "")

    lines = [line for line in folder.errors() if line.startswith("classes row 2")]
    (line,) = lines
    assert "Maybe per_week of lessons in odd or even weeks should be 0.5?" in line
