"""The slip of a batch of changes as a voucher: what, why, by whom, and its seal."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.fingerprint import is_typed, signs_of
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
    return next(_slips(x for x in batches if x.batch_id == number), None)


def sealed_slip(office: Office, seal: str, date: dt.date) -> Slip | None:
    """The slip of a date's term that bears a fingerprint; None of none."""
    slips = _slips(office.changes.batches(date))
    return next((x for x in slips if is_typed(x.seal, seal)), None)


def _slips(batches: Iterable[Batch]) -> Iterator[Slip]:
    for batch in batches:
        if batch.of_lessons:
            rows = batch.slip_lines()
            yield Slip(_title(rows), batch, rows, _seal(batch, rows))


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
