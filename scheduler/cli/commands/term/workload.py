"""workload: pay of covers and travelling lessons by month, and certificates."""

import argparse
import re
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import add_database, add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED
from scheduler.formats.archive import plain
from scheduler.formats.tables.files.atomic import write_file
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.offices import Store
from scheduler.services.school.ledgers import Books, books_of
from scheduler.services.school.pay import CannotSign, Month, month_of, sign
from scheduler.services.views.ledgers.pay import (
    certificate_of,
    pay_rows,
    pay_sentence,
    workbook_of,
)

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def add_options(command: argparse.ArgumentParser) -> None:
    """The month or teacher, where to write, whether to sign."""
    add_database(command)
    add_office(command)
    command.add_argument(
        "--month", metavar="YYYY-MM", help="月份 / the month of the sheet"
    )
    command.add_argument(
        "--certificate",
        metavar="TEACHER",
        default="",
        help="这位教师的工作量证明（职称用）/ a teacher's certificate for a title",
    )
    command.add_argument(
        "--sign",
        metavar="NAME",
        default="",
        help="由谁签定：此后不变，更正记在以后的月份 / freeze the sheet, signed by",
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="写成 Excel / write the workbook"
    )
    add_json(command)


def run(options: Namespace) -> int:
    """A line for each teacher of the month; files where asked."""
    month = options.month or ""
    if bool(month) == bool(options.certificate):
        raise InputError([_WHICH])
    if month and not _MONTH.fullmatch(month):
        raise InputError([DataError("--month", _NO_MONTH, value=month)])
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        books = books_of(office)
        if books is None:
            raise InputError([NOTHING_PUBLISHED])
        if options.certificate:
            return _certificate(books, options)
        try:
            made = sign(office, month, options.sign) if options.sign else None
        except CannotSign as error:
            raise InputError([DataError("--sign", error.text)]) from error
        found = made or month_of(office, books, month)
    if options.out is not None:
        _write(options.out, f"workload-{month}.xlsx", workbook_of(books.problem, found))
    if options.json:
        say_json(_facts(found))
        return 0
    for row in pay_rows(books.problem, found.sheet):
        say(pay_sentence(row).in_language(options.lang))
    return 0


def _certificate(books: Books, options: Namespace) -> int:
    name = options.certificate
    if name not in books.problem.teacher:
        raise InputError([DataError("--certificate", _NO_TEACHER, value=name)])
    folder = options.out or Path()
    _write(folder, f"certificate-{name}.xlsx", certificate_of(books, name))
    where = folder / f"certificate-{name}.xlsx"
    say(Text(f"已写入 {where}。", f"Written to {where}.").in_language(options.lang))
    return 0


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / name, content, replace=True)


def _facts(found: Month) -> dict[str, Any]:
    at = found.signed_at and found.signed_at.isoformat()
    return plain(found.sheet) | {"signed_by": found.signed_by, "signed_at": at}


_WHICH = DataError(
    "workload",
    Text(
        "请给出 --month 或 --certificate 之一", "which one: --month or --certificate?"
    ),
)
_NO_MONTH = Text("不是月份，例如 2026-09", "is no month, like 2026-09")
_NO_TEACHER = Text("没有这位教师", "is no teacher of the school")
