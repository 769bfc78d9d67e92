"""The slip of a batch of changes as a voucher: what, why, by whom, and its seal."""

import datetime as dt
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.model.text import Text
from scheduler.services.office import Office
from scheduler.services.school.fingerprint import signs_of
from scheduler.services.store.change_rows import Batch
from scheduler.term.changes import Change
from scheduler.term.notices.day import Mark
from scheduler.term.notices.slip import SlipLine, slip_lines
from scheduler.term.versions import Versions


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A lesson of the slip, with the names of those who come instead."""

    line: SlipLine
    comes: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A batch as paper; ``seal`` is made of all that is printed."""

    title: Text
    batch: Batch
    rows: tuple[SlipRow, ...]
    seal: str


def slip_of(office: Office, number: int, date: dt.date) -> Slip | None:
    """The slip of a batch of a date's term; None where it changed no lesson."""
    batches, versions = office.changes.batches(date), office.versions(date)
    batch = next((x for x in batches if x.batch_id == number), None)
    if batch is None or versions is None:
        return None
    lines = slip_lines(versions, _known(batches, batch), batch.changes)
    if not lines:
        return None
    rows = tuple(_row(versions, line) for line in lines)
    return Slip(_title(lines), batch, rows, _seal(batch, rows))


def _known(batches: tuple[Batch, ...], batch: Batch) -> list[Change]:
    """What was in force when a batch was made, also where it was undone since."""
    return [
        line.change
        for earlier in batches
        if earlier.batch_id < batch.batch_id
        for line in earlier.lines
        if line.undone_at is None or line.undone_at > batch.made_at
    ]


def _row(versions: Versions, line: SlipLine) -> SlipRow:
    problem = versions.at(line.date).problem
    names = (describe.teacher(problem, x) for x in line.comes if x in problem.teacher)
    return SlipRow(line, "、".join(names))


def _title(lines: tuple[SlipLine, ...]) -> Text:
    marks = {x.line.mark for x in lines}
    if marks <= {Mark.COVERED, Mark.SELF_STUDY, Mark.JOINED}:
        return Text("代课单", "Cover slip")
    if marks <= {Mark.MOVED}:
        return Text("调课单", "Slip of a swap or move")
    return Text("调代课单", "Slip of changed lessons")


def _seal(batch: Batch, rows: tuple[SlipRow, ...]) -> str:
    asked = batch.asked
    head = (
        *(f"{batch.batch_id}", f"{batch.made_at:%Y-%m-%dT%H:%M:%S}"),
        *(asked.reason.value, asked.note, asked.form),
        *(asked.asked_by, asked.approved_by, asked.made_by),
    )
    told = (f"{x.line.date} {x.line.line.sentence.zh} {x.comes}" for x in rows)
    return signs_of(("|".join(head), *told))
