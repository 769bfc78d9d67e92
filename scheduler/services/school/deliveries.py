"""What the books of an office say of lessons given, as rules E01 to E07 ask for it.

The rules bring evidence, a person decides: forms and reasons are those of the log.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from scheduler.audit.inputs.school import Delivery
from scheduler.audit.profile import Profile
from scheduler.model.problem import Problem
from scheduler.model.times import LESSON_ROWS
from scheduler.services.school.ledgers import Books
from scheduler.services.store.change_rows import Batch
from scheduler.term.changes import DatedChange, EventDay, ExtraLesson
from scheduler.term.entries import Entry
from scheduler.term.facts import Facts

_Keys = dict[tuple[dt.date, str], Batch]


def deliveries(
    books: Books, batches: Iterable[Batch], profile: Profile
) -> tuple[Delivery, ...]:
    """A row for each class and lesson before today, by date, class and period."""
    problem = books.problem
    log = _by_lesson(batches)
    codes = {s.subject_id: profile.code(s) for s in problem.subjects}
    repaid = {debt.key: debt.repaid_on for debt in books.debts}
    found = []
    for entry in books.entries:
        if min(entry.planned_date, entry.date) >= books.today:
            continue  # most of a term, for most of it
        if entry.facts.teachers and (entry.off or not entry.cancelled):
            batch = _batch_of(entry, log)
            for row in _rows(problem, entry, batch, codes):
                key = row.class_key, row.date, entry.lesson_id
                if row.planned and row.planned != row.given:
                    row = _repaid(row, repaid.get(key))
                if row.date < books.today:
                    found.append(row)
    return tuple(sorted(found, key=lambda d: (d.date, d.class_key, d.period)))


def _repaid(row: Delivery, date: dt.date | None) -> Delivery:
    return row if date is None else replace(row, made_up_on=date)


def _by_lesson(batches: Iterable[Batch]) -> _Keys:
    """The newest batch in force for each lesson, and for each date of an event."""
    found: _Keys = {}
    for batch in batches:
        for line in batch.lines:
            change = line.change
            if line.undone_at is not None:
                continue
            if isinstance(change, DatedChange | ExtraLesson):
                found[change.date, change.lesson_id] = batch
            elif isinstance(change, EventDay):
                found |= {(date, ""): batch for date in change.dates}
    return found


def _batch_of(entry: Entry, log: _Keys) -> Batch | None:
    date = entry.planned_date
    return log.get((date, entry.lesson_id)) or log.get((date, ""))


def _rows(
    problem: Problem, entry: Entry, batch: Batch | None, codes: dict[str, str]
) -> Iterator[Delivery]:
    facts = entry.facts
    held = not entry.cancelled and not facts.self_study
    planned = codes.get((facts.instead_of or facts.subject).id, "")
    given = codes.get(facts.subject.id, "") if held else ""
    stays = entry.date == entry.planned_date
    more = _papers(problem, batch)
    who = "、".join(person.name for person in facts.covers or facts.teachers)
    for group in facts.classes:
        period = _period(problem, group.id, entry.date, facts)
        if not facts.extra:
            yield Delivery(
                *(entry.planned_date, group.id, period, planned),
                *(given if stays else "", who, *more),
                substituted=bool(facts.covers),
            )
        if held and (facts.extra or not stays):
            yield Delivery(entry.date, group.id, period, "", given, who, *more)


def _papers(
    problem: Problem, batch: Batch | None
) -> tuple[str, str | None, dt.datetime | None]:
    """Reason, number of the form, and when it was entered, by the school's clock."""
    if batch is None:
        return "", None, None
    zone = ZoneInfo(problem.term.timezone)
    asked = batch.asked
    made = batch.made_at.astimezone(zone).replace(tzinfo=None)
    return asked.note or asked.reason.text.zh, asked.form, made


def _period(problem: Problem, class_id: str, date: dt.date, facts: Facts) -> int:
    """The period of the class's bell that begins then; 0 where none does."""
    group = problem.class_group.get(class_id)
    if group is None:
        return 0
    day = facts.acts_as or date.isoweekday()
    rows = problem.bell[group.bell_id].rows(day, LESSON_ROWS)
    return next((row.number for row in rows if row.start == facts.start), 0)
