"""The slip of a batch of changes as a voucher: what, why, by whom, and its seal."""

import datetime as dt
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.fingerprint import signs_of
from scheduler.services.store.change_rows import Batch
from scheduler.term.notices.day import Mark
from scheduler.term.notices.slip import SlipLine


@dataclass(frozen=True, slots=True)
class Slip:
    """A batch as paper; ``seal`` is made of all that is printed."""

    title: Text
    batch: Batch
    rows: tuple[SlipLine, ...]
    seal: str


def slip_of(office: Office, number: int, date: dt.date) -> Slip | None:
    """The slip of a batch of a date's term; None where it changed no lesson."""
    batches = office.changes.batches(date)
    batch = next((x for x in batches if x.batch_id == number), None)
    if batch is None or not batch.of_lessons:
        return None
    rows = batch.slip_lines()
    return Slip(_title(rows), batch, rows, _seal(batch, rows))


def _title(rows: tuple[SlipLine, ...]) -> Text:
    marks = {x.line.mark for x in rows}
    if marks <= {Mark.COVERED, Mark.SELF_STUDY, Mark.JOINED}:
        return Text("代课单", "Cover slip")
    if marks <= {Mark.MOVED}:
        return Text("调课单", "Slip of a swap or move")
    return Text("调代课单", "Slip of changed lessons")


def _seal(batch: Batch, rows: tuple[SlipLine, ...]) -> str:
    asked = batch.asked
    head = (
        *(f"{batch.batch_id}", f"{batch.made_at:%Y-%m-%dT%H:%M:%S}"),
        *(asked.reason.value, asked.note, asked.form),
        *(asked.asked_by, asked.approved_by, asked.made_by),
    )
    told = (f"{x.date} {x.line.sentence.zh} {x.comes}" for x in rows)
    return signs_of(("|".join(head), *told))
