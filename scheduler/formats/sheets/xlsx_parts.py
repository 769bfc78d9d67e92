"""The parts of an .xlsx file around its sheets: list of sheets, texts, formats."""

import posixpath
import re
from dataclasses import dataclass
from datetime import date

from scheduler.formats.sheets.archive import Archive, damaged
from scheduler.formats.sheets.faults import refuse
from scheduler.formats.sheets.numbers import (
    FROM_1900,
    FROM_1904,
    NumberFormat,
    number_format,
)
from scheduler.formats.sheets.xml_stream import BrokenXmlError, stream
from scheduler.model.errors import InputError
from scheduler.model.intake import (
    SHARED_CHARACTERS,
    SHARED_TEXTS,
    SHEETS,
    STYLES,
    IntakeLimit,
)

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


def unescaped(text: str) -> str:
    """Text with ``_x000D_`` and its like undone and line ends as ``\\n``."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES else chr(code)


def check(file: str, limit: IntakeLimit, count: int) -> None:
    """Refuse the file where there are more than the limit allows.

    Raises:
        InputError: there are.
    """
    if count > limit.most:
        raise InputError([limit.refusal(file)])


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet in the workbook's list."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """A workbook's list of sheets and where its other parts are."""

    sheets: tuple[SheetPart, ...]
    first_day: date
    texts: str
    styles: str


def contents_of(archive: Archive) -> Contents:
    """The list of sheets, charts left out.

    Raises:
        InputError: it is damaged, or there are too many.
    """
    package = _targets(archive, "")
    book = package.by_kind.get("officeDocument", "xl/workbook.xml")
    if book not in archive.parts:
        raise damaged(archive.name)
    targets = _targets(archive, book)
    listed: list[tuple[str, str, bool]] = []
    first_day = FROM_1900

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal first_day
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            first_day = FROM_1904
        elif name == "sheet":
            link = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            listed.append((unescaped(attributes.get("name", "")), link, hidden))
            check(archive.name, SHEETS, len(listed))

    _stream(archive, book, start)
    sheets = [
        SheetPart(name, targets.by_id[link], hidden)
        for name, link, hidden in listed
        if link in targets.worksheets
    ]
    if len({sheet.part for sheet in sheets}) < len(sheets):
        zh, en = "多张工作表指向同一份内容", "lists one sheet several times"
        raise refuse(archive.name, zh, en)
    texts = targets.by_kind.get("sharedStrings", "")
    return Contents(tuple(sheets), first_day, texts, targets.by_kind.get("styles", ""))


@dataclass(frozen=True, slots=True)
class _Targets:
    """What a part points to, by the pointer's id and by the kind of thing."""

    by_id: dict[str, str]
    by_kind: dict[str, str]
    worksheets: frozenset[str]


def _targets(archive: Archive, part: str) -> _Targets:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    by_id: dict[str, str] = {}
    by_kind: dict[str, str] = {}
    worksheets: set[str] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        by_id[attributes.get("Id", "")] = by_kind[kind] = path
        if kind == "worksheet":
            worksheets.add(attributes.get("Id", ""))

    if rels in archive.parts:
        _stream(archive, rels, start)
    return _Targets(by_id, by_kind, frozenset(worksheets))


def _stream(archive: Archive, part: str, start: object, *rest: object) -> None:
    end, characters = rest or (_nothing, _nothing)
    try:
        stream(archive.chunks(part), start, end, characters)  # type: ignore[arg-type]
    except BrokenXmlError:
        raise damaged(archive.name) from None


def _nothing(_: str) -> None:
    pass


def texts_of(archive: Archive, part: str) -> list[str]:
    """The texts that cells name by number; phonetic guides left out.

    Raises:
        InputError: there are too many, or the part is damaged.
    """
    texts: list[str] = []
    pieces: list[str] = []
    total = 0
    taking = aside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal taking, aside
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            aside = True
        taking = name == "t" and not aside

    def end(name: str) -> None:
        nonlocal taking, aside
        taking = False
        if name == "rPh":
            aside = False
        elif name == "si":
            texts.append(unescaped("".join(pieces)))
            check(archive.name, SHARED_TEXTS, len(texts))

    def characters(text: str) -> None:
        nonlocal total
        if taking:
            total += len(text)
            check(archive.name, SHARED_CHARACTERS, total)
            pieces.append(text)

    if part in archive.parts:
        _stream(archive, part, start, end, characters)
    return texts


def formats_of(archive: Archive, part: str) -> list[NumberFormat]:
    """The number formats that cells name by number.

    Raises:
        InputError: there are too many, or the part is damaged.
    """
    codes: dict[int, str] = {}
    numbers: list[int] = []
    within = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if name == "numFmt":
            codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")
            check(archive.name, STYLES, len(codes))
        elif name == "cellXfs":
            within = True
        elif name == "xf" and within:
            numbers.append(_number(attributes, "numFmtId"))
            check(archive.name, STYLES, len(numbers))

    def end(name: str) -> None:
        nonlocal within
        within = within and name != "cellXfs"

    if part in archive.parts:
        _stream(archive, part, start, end, _nothing)
    made = {n: number_format(n, codes.get(n)) for n in set(numbers)}
    return [made[number] for number in numbers]


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
