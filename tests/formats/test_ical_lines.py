"""Content lines: folding, escaping, control characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import vText
from icalendar.parser import Contentline

from scheduler.formats.ical.lines import line, text

PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")))


@given(PRINTABLE)
def test_line_folding_keeps_characters_whole_and_lines_within_75_octets(value):
    octets = line("SUMMARY", value)
    rows = octets.removesuffix(b"\r\n").split(b"\r\n")
    assert max(len(row) for row in rows) <= 75
    # Each row decodes by itself: no character is cut.
    decoded = [row.decode() for row in rows]
    assert decoded[0] + "".join(row[1:] for row in decoded[1:]) == f"SUMMARY:{value}"
    assert all(row.startswith(" ") for row in decoded[1:])


@pytest.mark.parametrize(
    ("length", "rows"),
    # "SUMMARY:" takes 8 octets: 67 more fill the first row, 74 each further one.
    [(67, 1), (68, 2), (67 + 74, 2), (67 + 75, 3)],
)
def test_line_is_folded_only_when_needed(length, rows):
    assert line("SUMMARY", "a" * length).count(b"\r\n") == rows


def test_line_fold_falls_before_a_chinese_character():
    # 8 octets, then 3 a character: 22 characters reach 74, the 23rd would need 77.
    first, second = line("SUMMARY", "体" * 23).split(b"\r\n ")
    assert first == ("SUMMARY:" + "体" * 22).encode()
    assert second == "体\r\n".encode()


@given(PRINTABLE)
def test_text_reads_back_with_icalendar(value):
    written = line("SUMMARY", text(value)).decode().removesuffix("\r\n")
    name, _, read = Contentline.from_ical(written).parts()
    assert (name, vText.from_ical(read)) == ("SUMMARY", value)


@given(st.text())
def test_text_never_carries_a_control_character(value):
    assert all(ord(char) >= 32 and not 127 <= ord(char) < 160 for char in text(value))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("一;二,三\\四", "一\\;二\\,三\\\\四"),
        ("甲\r\n乙\r丙\n丁\u2028戊", "甲\\n乙\\n丙\\n丁\\n戊"),
        ("铃\x07声\x00\t\x7f\x9f", "铃声"),
        ("半个\ud83d字符", "半个字符"),
    ],
)
def test_text_escapes_and_strips(value, written):
    assert text(value) == written
