"""Pay and workload by teacher, for pages, commands and workbooks."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.formats.ledgers.certificate import certificate
from scheduler.formats.ledgers.pay import pay_workbook
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.school.ledgers import Books
from scheduler.services.school.pay import Month
from scheduler.term.ledgers.pay import Kind, PayLine, PaySheet


@dataclass(frozen=True, slots=True)
class PayRow:
    """A teacher's month in lessons: covered, received, travelling; ``fen`` paid."""

    teacher_id: str
    name: str
    given: int
    received: int
    travelling: int
    corrected: int
    fen: int
    lines: tuple[PayLine, ...]

    @property
    def yuan(self) -> str:
        """The amount as people write it."""
        return f"{self.fen / 100:.2f}"


def pay_rows(problem: Problem, sheet: PaySheet) -> tuple[PayRow, ...]:
    """A row for each teacher with a line, by id."""
    names = problem.teacher_name
    found = []
    for name, lines in sheet.by_teacher().items():
        apart = (Kind.RECEIVED, Kind.TRAVEL, Kind.CORRECTION)
        found.append(
            PayRow(
                *(name, names.get(name, name)),
                sum(x.lessons for x in lines if x.kind not in apart),
                sum(x.kind is Kind.RECEIVED for x in lines),
                sum(x.lessons for x in lines if x.kind is Kind.TRAVEL),
                sum(x.lessons for x in lines if x.kind is Kind.CORRECTION),
                sum(x.fen for x in lines),
                lines,
            )
        )
    return tuple(found)


def pay_sentence(row: PayRow) -> Text:
    """One line of the sheet."""
    return Text(
        f"{row.name}：代课{row.given}节，被代{row.received}节，走教{row.travelling}节，"
        f"更正{row.corrected}节，{row.yuan}元",
        f"{row.name}: {row.given} covered, {row.received} received, {row.travelling} "
        f"travelling, {row.corrected} corrected, {row.yuan} yuan",
    )


def signed_words(problem: Problem, month: Month) -> str:
    """By whom and when the sheet was signed; empty where it is not."""
    if month.signed_at is None:
        return ""
    at = month.signed_at.astimezone(ZoneInfo(problem.term.timezone))
    return f"{month.signed_by} 签定于 {at:%Y-%m-%d %H:%M}"


def workbook_of(problem: Problem, month: Month) -> bytes:
    """The month as a workbook."""
    return pay_workbook(month.sheet, problem, signed_words(problem, month))


def certificate_of(books: Books, teacher_id: str) -> bytes:
    """A teacher's certificate as a workbook, of what was given before today."""
    classes = {
        group.name
        for entry in books.entries
        if teacher_id in entry.facts.teacher_ids
        for group in entry.facts.classes
    }
    ledger = books.ledger(until=books.today)
    names = "、".join(sorted(classes))
    return certificate(ledger, books.problem, teacher_id, names, books.digest)
