"""Sheet names: what Excel accepts, each once."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from scheduler.formats.xlsx.names import link_to, sheet_names

FORBIDDEN = set("[]:*?/\\")


def test_sheet_names_replace_what_excel_forbids():
    assert sheet_names(["一(1)班/实验", "a[b]:c*d?e\\f"]) == (
        "一(1)班-实验",
        "a-b--c-d-e-f",
    )


def test_sheet_names_of_two_people_called_alike_get_a_number():
    assert sheet_names(["王芳", "李强", "王芳", "王芳(2)", "王芳"]) == (
        "王芳",
        "李强",
        "王芳(2)",
        "王芳(2)(2)",
        "王芳(3)",
    )


def test_sheet_names_that_differ_in_case_alone_get_a_number():
    assert sheet_names(["Gym", "GYM", "History"]) == ("Gym", "GYM(2)", "History(2)")


def test_sheet_names_end_at_31_units_of_utf16():
    # The last of 31 CJK characters gives way to the number; a character beyond the
    # basic plane counts two.
    assert sheet_names(["长" * 40, "长" * 31]) == ("长" * 31, "长" * 28 + "(2)")
    assert sheet_names(["𠀀" * 16]) == ("𠀀" * 15,)


def test_sheet_names_empty_or_all_apostrophes_still_have_one():
    assert sheet_names(["", "'''", " '甲' "]) == ("表", "表(2)", "甲")


def test_link_doubles_apostrophes():
    assert link_to("O'Neil") == "'O''Neil'!A1"


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheet_names_are_accepted_unchanged_by_a_workbook(wishes):
    names = sheet_names(wishes)
    assert len(names) == len(wishes)
    assert len({name.casefold() for name in names}) == len(names)
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not FORBIDDEN & set(name)
        assert name[0] != "'"
        assert name[-1] != "'"
        workbook.create_sheet(name)
    assert tuple(workbook.sheetnames) == names
