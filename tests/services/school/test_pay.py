"""Covers paid by the school's own rules, signed, and corrected in later months."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from scheduler.services.school.ledgers import books_of
from scheduler.services.school.pay import CannotSign, month_of, sign
from scheduler.services.views.ledgers.pay import certificate_of, pay_rows, workbook_of
from scheduler.term.changes import Batch, DatedChange, Reason
from scheduler.term.cover.settings import Counting, CoverSettings, Pay
from tests.services.builders import only, publish
from tests.term.builders import dates

pytestmark = only("sqlite")
RATES = Pay(lesson=600, self_study=400, free=1, most=2)
WHY = Batch(Reason.ABSENCE, form="D-1")


def cover(office, *days, note="", **more):
    changes = [
        DatedChange(d, "R1#1", teacher_ids=("T2",), **more) for d in dates(*days)
    ]
    return office.changes.make(replace(WHY, note=note), changes)


def september(office):
    """(name, given, received, corrected, yuan) of each teacher with a line."""
    return month(office, "2026-09")


def month(office, name):
    books = books_of(office)
    rows = pay_rows(books.problem, month_of(office, books, name).sheet)
    return [(r.name, r.given, r.received, r.corrected, r.yuan) for r in rows]


def test_free_lessons_come_first_and_none_is_paid_beyond_the_cap(office):
    publish(office)
    office.set_cover_settings(CoverSettings(pay=RATES))
    cover(office, "9-7", "9-14", "9-21", "9-28")
    assert september(office) == [("王芳", 0, 4, 0, "0.00"), ("李明", 4, 0, 0, "12.00")]


def test_supervised_self_study_has_a_rate_of_its_own(office):
    publish(office)
    office.set_cover_settings(CoverSettings(pay=replace(RATES, free=0)))
    cover(office, "9-7", self_study=True)
    assert september(office)[1] == ("李明", 1, 0, 0, "4.00")


def test_net_counting_sets_received_lessons_off(office):
    publish(office)
    settings = CoverSettings(counting=Counting.NET, pay=replace(RATES, free=0))
    office.set_cover_settings(settings)
    cover(office, "9-7")
    # Without a leave that makes it free, the one received counts against Wang Fang.
    lines = month_of(office, books_of(office), "2026-09").sheet.lines
    assert [(x.teacher_id, x.lessons) for x in lines] == [("T1", -1), ("T2", 1)]


def test_a_signed_sheet_stays_and_what_comes_late_is_a_line_of_the_next_month(
    office, clock
):
    publish(office)
    office.set_cover_settings(CoverSettings(pay=replace(RATES, free=0, most=None)))
    first = cover(office, "9-7")
    with pytest.raises(CannotSign):
        sign(office, "2026-09", "主任")
    clock.set(10, 8)
    signed = sign(office, "2026-09", "主任")
    before = signed.sheet
    with pytest.raises(CannotSign):
        sign(office, "2026-09", "主任")

    cover(office, "9-14", note="补记")
    books = books_of(office)
    assert month_of(office, books, "2026-09").sheet == before
    assert month(office, "2026-10") == [("李明", 0, 0, 1, "6.00")]
    clock.set(11, 2)
    sign(office, "2026-10", "主任")
    # Told once; and what is undone after that is told again.
    assert month(office, "2026-11") == []
    office.changes.undo(first.batch_id)
    assert month(office, "2026-11") == [("李明", 0, 0, -1, "-6.00")]


def test_workbooks_hold_the_fingerprint_of_the_books(office, clock):
    publish(office)
    cover(office, "9-7")
    clock.set(10, 8)
    books = books_of(office)
    found = month_of(office, books, "2026-09")
    for content in (workbook_of(books.problem, found), certificate_of(books, "T1")):
        text = sheet_text(content)
        assert books.digest in text
        assert "王芳" in text


def sheet_text(content):
    """All text of a workbook."""
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell) for sheet in book for row in sheet.values for cell in row if cell
    )
