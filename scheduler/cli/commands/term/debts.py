"""debts: lost lessons of mandated subjects, and how they are given back."""

import argparse
from argparse import Namespace
from collections import Counter
from contextlib import closing
from typing import Any

from scheduler.cli.arguments import add_database, add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED, refusal
from scheduler.cli.numbers import date
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.services.school.changes import CannotChange
from scheduler.services.school.ledgers import Books, books_of
from scheduler.services.school.repaying import (
    Repayment,
    apply,
    asked_for,
    possible,
    propose,
)
from scheduler.services.views.ledgers.debts import (
    chosen_debts,
    debt_sentence,
    offer_sentence,
    repayment_sentence,
    unserved_sentences,
)
from scheduler.term.changes import CLASSES, SUBJECTS, TEACHERS, not_in_table
from scheduler.term.ledgers.debts import Debt
from scheduler.term.ledgers.repaying import Offer

_FILTERS = (
    ("--class", "class_id", "班级编号 / of this class alone"),
    ("--teacher", "teacher_id", "教师编号 / of this teacher alone"),
    ("--subject", "subject_id", "课程编号 / of this subject alone"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Whose debts, until when they are to be repaid, whether to do it."""
    add_database(command)
    add_office(command)
    for name, key, text in _FILTERS:
        command.add_argument(name, dest=key, default="", metavar="ID", help=text)
    command.add_argument(
        "--until",
        type=date,
        metavar="DATE",
        help="在这天之前补完，并给出方案 / propose how to give them back by this date",
    )
    command.add_argument(
        "--apply",
        action="store_true",
        help="按方案登记补课 / make the proposals, as one batch",
    )
    command.add_argument(
        "--all", action="store_true", help="也列已补的 / list repaid ones too"
    )
    add_json(command)


def run(options: Namespace) -> int:
    """List debts, and with a date how to repay them; 1 where some cannot be."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        books = books_of(office)
        if books is None:
            raise InputError([NOTHING_PUBLISHED])
        _known(books.problem, options)
        debts = chosen_debts(books, *(getattr(options, key) for _, key, _ in _FILTERS))
        found = None
        if options.until is not None or options.apply:
            open_ = [debt for debt in debts if debt.repaid_on is None]
            found = propose(books, open_, possible(books, open_, options.until))
        if options.apply and found is not None and found.offers:
            try:
                apply(office, found, asked_for())
            except CannotChange as error:
                raise InputError([DataError("--apply", error.text)]) from error
    shown = [debt for debt in debts if options.all or debt.repaid_on is None]
    if options.json:
        say_json(_facts(shown, found, options.apply))
    else:
        _say(books, shown, found, options)
    return 1 if found is not None and found.unserved else 0


def _known(problem: Problem, options: Namespace) -> None:
    """Refuse ids that no table has.

    Raises:
        InputError: all of them.
    """
    tables = (problem.class_group, problem.teacher, problem.subject)
    given = [getattr(options, key) for _, key, _ in _FILTERS]
    titles = (CLASSES, TEACHERS, SUBJECTS)
    faults = [
        not_in_table(title, name, table)
        for name, title, table in zip(given, titles, tables, strict=True)
        if name and name not in table
    ]
    if faults:
        raise refusal("cuofeng debts", *faults)


def _say(
    books: Books, shown: list[Debt], found: Repayment | None, options: Namespace
) -> None:
    problem, lang = books.problem, options.lang
    said = Counter(debt_sentence(problem, debt) for debt in shown)
    for text, count in said.items():
        times = f" ×{count}" if count > 1 else ""
        say(text.in_language(lang) + times)
    if found is None:
        open_ = sum(debt.lessons for debt in shown if debt.repaid_on is None)
        say(Text(f"共欠{open_}节。", f"{open_} lesson(s) owed.").in_language(lang))
        return
    for offer in found.offers:
        say(offer_sentence(problem, offer).in_language(lang))
    for text in unserved_sentences(problem, found):
        say(text.in_language(lang))
    say(repayment_sentence(found, options.apply).in_language(lang))


def _facts(shown: list[Debt], found: Repayment | None, applied: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {"debts": [_debt(debt) for debt in shown]}
    if found is not None:
        facts |= {
            "offers": [_offer(offer) for offer in found.offers],
            "unserved": [[d.key for d in one.debts] for one in found.unserved],
            "applied": applied and bool(found.offers),
        }
        facts["unserved"] = [
            [[name, day.isoformat(), lesson] for name, day, lesson in keys]
            for keys in facts["unserved"]
        ]
    return facts


def _debt(debt: Debt) -> dict[str, Any]:
    return {
        "class_id": debt.class_id,
        "subject_id": debt.subject_id,
        "date": debt.date.isoformat(),
        "lesson_id": debt.lesson_id,
        "lessons": debt.lessons,
        "minutes": debt.minutes,
        "why": debt.why.both(),
        "closed": debt.closed,
        "repaid_on": debt.repaid_on and debt.repaid_on.isoformat(),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    debt = offer.owed.first
    return {
        "for": {"date": debt.date.isoformat(), "lesson_id": debt.lesson_id},
        "class_ids": list(offer.owed.class_ids),
        "date": offer.date.isoformat(),
        "start": offer.start,
        "end": offer.end,
        "layout_id": offer.layout_id,
        "after_school": offer.after_school,
    }
