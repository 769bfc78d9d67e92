"""Sheets of pay and workload: worked out from the books, signed, and then frozen."""

import datetime as dt
import json
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from scheduler.formats.archive import plain, typed
from scheduler.model.errors import Told
from scheduler.model.text import Text
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.office import Office
from scheduler.services.school.ledgers import Books, books_of
from scheduler.services.store.change_rows import Batch
from scheduler.services.store.ledger_tables import SIGNED_SHEETS
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import LEAVES
from scheduler.term.changes import DatedChange
from scheduler.term.cover.leaves import Leave
from scheduler.term.entries import Entry
from scheduler.term.ledgers.pay import (
    Paper,
    PaySheet,
    corrections,
    pay_sheet,
)


class CannotSign(Told, ValueError):
    """A sheet that cannot be signed; ``text`` says why."""


NOT_OVER = Text("这个月还没有过完，不能签定。", "The month is not over yet.")
SIGNED = Text("这个月已经签定。", "The month is signed already.")


@dataclass(frozen=True, slots=True)
class Month:
    """The sheet of a month; ``signed_by``, ``signed_at`` (UTC) where it is frozen."""

    sheet: PaySheet
    signed_by: str = ""
    signed_at: dt.datetime | None = None


def months_of(books: Books) -> tuple[str, ...]:
    """The months of the term, ``2026-09``."""
    term = books.problem.term
    days = (term.last_day - term.first_day).days + 1
    dates = (term.first_day + dt.timedelta(k) for k in range(days))
    return tuple(dict.fromkeys(f"{date:%Y-%m}" for date in dates))


def month_of(office: Office, books: Books, month: str) -> Month:
    """The sheet as signed, or as it is now with corrections of signed months."""
    signed = _signed(office)
    if month in signed:
        return signed[month]
    found = _sheet(office, books, month)
    told = [line for other in signed.values() for line in other.sheet.lines]
    more = [
        line
        for name, old in sorted(signed.items())
        if name < month
        for line in corrections(old.sheet, _sheet(office, books, name), month, told)
    ]
    return Month(replace(found, lines=(*found.lines, *more)))


def sign(office: Office, month: str, by: str) -> Month:
    """Freeze the sheet of a month that is over.

    Raises:
        CannotSign: it is not over, or signed already.
    """
    books = books_of(office)
    if books is None or f"{books.today:%Y-%m}" <= month:
        raise CannotSign(NOT_OVER)
    made = month_of(office, books, month)
    with office.database.write(Action.CHANGE_DATES) as connection:
        if month in _rows(connection):
            raise CannotSign(SIGNED)
        at = office.database.now()
        row = {
            "office": office_of(connection),
            "month": month,
            "signed_at": at,
            "signed_by": by,
            "digest": made.sheet.digest,
            "body": json.dumps(plain(made.sheet), ensure_ascii=False),
        }
        connection.execute(insert(SIGNED_SHEETS).values(row))
        note_deed(connection, at, by, Act.SIGN, month)
    return Month(made.sheet, by, at)


def _signed(office: Office) -> dict[str, Month]:
    """Signed sheets by month."""
    with office.database.read() as connection:
        return _rows(connection)


def _rows(connection: Connection) -> dict[str, Month]:
    chosen = select(SIGNED_SHEETS).where(here(connection, SIGNED_SHEETS))
    return {
        row.month: Month(
            typed(PaySheet, json.loads(row.body)), row.signed_by, row.signed_at
        )
        for row in connection.execute(chosen)
    }


def _sheet(office: Office, books: Books, month: str) -> PaySheet:
    papers = _papers(office)

    def paper(entry: Entry) -> Paper:
        return papers.get((entry.planned_date, entry.lesson_id), Paper())

    settings = office.cover_settings()
    return pay_sheet(month, books.problem, books.entries, settings, paper, books.digest)


def _papers(office: Office) -> dict[tuple[dt.date, str], Paper]:
    leaves = _leaves(office)
    found = {}
    for batch in office.changes.batches():
        paper = Paper(_reason(batch), leaves.get(batch.asked.leave_id or 0))
        for line in batch.lines:
            if line.undone_at is None and isinstance(line.change, DatedChange):
                found[line.change.date, line.change.lesson_id] = paper
    return found


def _reason(batch: Batch) -> str:
    """What the log says, in words; notes of leaves are confidential and not in it."""
    asked = batch.asked
    return (
        f"{asked.reason.text.zh}（{asked.form}）"
        if asked.form
        else asked.reason.text.zh
    )


def _leaves(office: Office) -> dict[int, Leave]:
    with office.database.read() as connection:
        chosen = select(LEAVES.c.leave_id, LEAVES.c.body).where(
            here(connection, LEAVES), LEAVES.c.kind == "leave"
        )
        return {
            row.leave_id: typed(Leave, json.loads(row.body))
            for row in connection.execute(chosen)
        }
