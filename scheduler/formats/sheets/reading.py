"""Spreadsheets of any format as grids; the content tells the format, not the name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scheduler.formats.sheets.delimited import read_delimited
from scheduler.formats.sheets.grid import Grid
from scheduler.formats.sheets.html_tables import looks_like_html, read_html
from scheduler.formats.sheets.old_workbook import read_old_workbook
from scheduler.formats.sheets.opendocument import read_opendocument
from scheduler.formats.sheets.text_files import check_file
from scheduler.formats.sheets.xlsx import read_xlsx
from scheduler.formats.sheets.xml_workbook import (
    looks_like_xml_workbook,
    read_xml_workbook,
)
from scheduler.model.errors import DataError

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The grids of a file, and what is worth telling about how they were read."""

    grids: tuple[Grid, ...]
    notices: tuple[DataError, ...] = ()


def read_grids(path: Path) -> tuple[Grid, ...]:
    """All sheets of a spreadsheet; see :func:`read_spreadsheet`."""
    return read_spreadsheet(path).grids


def read_spreadsheet(path: Path) -> Spreadsheet:
    """All sheets of a spreadsheet, in the order of their tabs.

    Raises:
        InputError: the file is damaged, unknown or beyond a limit; a sentence for it.
    """
    check_file(path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return next(read for fits, read in _FORMATS if fits(head))(path)


def _workbook(path: Path) -> Spreadsheet:
    return Spreadsheet(read_xlsx(path))


def _delimited(path: Path) -> Spreadsheet:
    grid, notices = read_delimited(path)
    return Spreadsheet((grid,), notices)


def _old_office(path: Path) -> Spreadsheet:
    return Spreadsheet(read_old_workbook(path))


def _opendocument(path: Path) -> Spreadsheet:
    return Spreadsheet(read_opendocument(path))


def _xml_workbook(path: Path) -> Spreadsheet:
    return Spreadsheet(read_xml_workbook(path))


def _html(path: Path) -> Spreadsheet:
    return Spreadsheet(*read_html(path))


# What the first bytes of a file say; the first that fits reads it.
_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[Path], Spreadsheet]], ...] = (
    (lambda head: head.startswith(_ZIP) and _OPEN_DOCUMENT in head, _opendocument),
    (lambda head: head.startswith(_ZIP), _workbook),
    (lambda head: head.startswith(_OLD_OFFICE), _old_office),
    (looks_like_xml_workbook, _xml_workbook),
    (looks_like_html, _html),
    (lambda head: True, _delimited),
)
