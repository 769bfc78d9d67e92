"""Add closed and make-up days to the term of a folder or workbook.

What a school has written stays as it is, comments included: rows are appended.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from scheduler.formats.tables.dated.date_writing import put_sheet
from scheduler.formats.tables.declared.problem_tables import CLOSED, MAKE_UP
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.toml_writing import table_toml
from scheduler.formats.tables.rows import closed_row
from scheduler.model.errors import DataError, InputError
from scheduler.model.term import ClosedDays, MakeUpDay, Term
from scheduler.model.text import Text


def holiday_lines(closed: Sequence[ClosedDays], make_up: Sequence[MakeUpDay]) -> str:
    """The rows as they stand in ``term.toml``."""
    parts = [table_toml(CLOSED, closed_row(days)) for days in closed]
    return "\n".join((*parts, *(table_toml(MAKE_UP, day) for day in make_up)))


def add_holidays(
    data: Path,
    term: Term,
    closed: Sequence[ClosedDays],
    make_up: Sequence[MakeUpDay],
) -> None:
    """Append the rows to the term's own.

    Parameters:
        term: The term as it was read from the data.

    Raises:
        InputError: the file has its rows in a form that cannot be added to.
    """
    if not data.is_dir():
        put_sheet(data, CLOSED, map(closed_row, (*term.closed, *closed)))
        put_sheet(data, MAKE_UP, (*term.make_up, *make_up))
        return
    path = data / "term.toml"
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    longer = f"{text}\n\n{holiday_lines(closed, make_up)}"
    try:
        tomllib.loads(longer)
    except tomllib.TOMLDecodeError:
        raise InputError([_INLINE]) from None
    write_file(path, longer.encode(), replace=True)


_INLINE = DataError(
    "term.toml",
    Text(
        "放假或调休写成了行内列表，不能追加",
        "has closed or make_up days in one line, which cannot be added to",
    ),
    Text(
        "请改写成 [[closed]] 和 [[make_up]]。", "Maybe write [[closed]], [[make_up]]?"
    ),
)
