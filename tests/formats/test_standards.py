"""Reading curriculum standards."""

from fractions import Fraction

import pytest

from scheduler.audit.standard import StandardKind
from scheduler.formats.standards import read_standard
from scheduler.model.errors import InputError

HEADER = "grade,subject_code,subject_zh,subject_en,weekly_min,weekly_max,note\n"


def test_read_standard_of_2022_sums_to_the_weekly_totals():
    standard = read_standard()
    totals = {r.grade: r.reference for r in standard.rows if r.code == "TOTAL"}
    sums = {
        grade: sum(
            row.reference or Fraction()
            for row in standard.of_grade(grade)
            if row.kind is StandardKind.PLAN
        )
        for grade in totals
    }
    assert sums == totals
    assert list(totals.values()) == [26, 26, 30, 30, 30, 30, 34, 34, 34]


def test_read_standard_reads_kind_relatives_and_halves():
    rows = {row.code: row for row in read_standard().of_grade(3)}
    assert rows["CAL"].relatives == ("CN",)
    assert rows["XJP"].relatives == ("ME", "CLS", "SCH")
    assert rows["INT"].kind is StandardKind.GROUP
    assert rows["INT"].relatives == ("LAB", "CPA", "CLS", "LOC", "SCH")
    assert rows["PEA"].kind is StandardKind.POLICY_COMPONENT
    assert (rows["PSY"].minimum, rows["PSY"].maximum) == (Fraction(1, 2), 1)


def test_read_standard_names_every_faulty_row(tmp_path):
    path = tmp_path / "standard.csv"
    lines = [
        "three,CN,语文,Chinese,6,8,kind=plan; ref=7",
        "3,MA,数学,mathematics,4,5,kind=plan; ref=4",
        "3,PE,体育与健康,PE,3,5,no kind",
    ]
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_standard(path)
    assert [(e.file, e.row) for e in caught.value.errors] == [
        ("standard.csv", 2),
        ("standard.csv", 4),
    ]


def test_read_standard_without_its_columns_names_them(tmp_path):
    path = tmp_path / "standard.csv"
    path.write_text("grade,subject_code\n3,CN\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_standard(path)
    assert [e.column for e in caught.value.errors] == [
        "subject_zh",
        "subject_en",
        "weekly_min",
        "weekly_max",
        "note",
    ]
