"""Standard course names written into a copy of a school's own workbook or CSV file.

Only the cells concerned change, in the part of their sheet; every other part of the
file is copied as it is, so formats, formulas, pictures and macros stay.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from scheduler.audit.profile import Profile
from scheduler.formats.auditing.corrected_text import corrected_text
from scheduler.model.course_names import NameUse
from scheduler.model.read_timetable import Place, ReadCell, ReadNote
from scheduler.model.text import Text

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_ITEM = re.compile(r"<si\s*/>|<si\b[^>]*>(.*?)</si>", re.DOTALL)
_CELL = re.compile(r'<c\s[^>]*?\br="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_TEXT = re.compile(r"(<t\b[^>]*>)([^<]*)(</t>)")
_VALUE = re.compile(r"<v>(\d+)</v>")
_INLINE = re.compile(r"<is>(.*?)</is>", re.DOTALL)
Names = dict[Place, dict[str, str]]


def names_to_correct(cells: Iterable[ReadCell], profile: Profile) -> Names:
    """Obsolete names and what should stand in their place, by the cell's address."""
    found: Names = {}
    for cell in cells:
        known = profile.names.of(cell.subject_name)
        if known is not None and known.use is NameUse.OBSOLETE and cell.status.sure:
            names = found.setdefault(cell.place, {})
            names[cell.subject_name] = profile.names.print_name(known.code)
    return found


def corrected(path: Path, names: Names) -> tuple[bytes | None, list[ReadNote]]:
    """The workbook with its names put right, and the cells that were left as they are.

    None where nothing could be written.
    """
    own = {place: x for place, x in names.items() if place.file == path.name}
    if path.suffix.lower() == ".csv":
        return _corrected_csv(path, own)
    if not zipfile.is_zipfile(path):
        return None, [ReadNote(Place(path.name), _ONLY_XLSX, "failed")]
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    texts = {entry.filename: content for entry, content in parts.items()}
    changed: dict[str, bytes] = {}
    try:
        shared = texts.get(_STRINGS, b"").decode()
        strings = [m[1] or "" for m in _ITEM.finditer(shared)]
        for title, part in _sheets(texts).items():
            here = {p.cell: x for p, x in own.items() if p.sheet == title}
            if here:
                new, done = _sheet(texts[part].decode(), strings, here)
                changed[part] = new.encode()
                put = {Place(path.name, title, cell) for cell in done}
                own = {p: x for p, x in own.items() if p not in put}
    except (KeyError, UnicodeDecodeError, ElementTree.ParseError):
        return None, [ReadNote(Place(path.name), _ONLY_XLSX, "failed")]
    left = [ReadNote(place, _LEFT, "failed") for place in own]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, old in parts.items():
            archive.writestr(entry, changed.get(entry.filename, old))
    return content.getvalue(), left


def _corrected_csv(path: Path, names: Names) -> tuple[bytes | None, list[ReadNote]]:
    made = corrected_text(path.read_bytes(), {p.cell: x for p, x in names.items()})
    if made is None:
        return None, [ReadNote(Place(path.name), _ONLY_XLSX, "failed")]
    content, done = made
    left = [ReadNote(p, _LEFT, "failed") for p in names if p.cell not in done]
    return (content if done else None), left


def write_corrected(
    cells: Iterable[ReadCell], profile: Profile, files: Sequence[Path], folder: Path
) -> list[ReadNote]:
    """Write a copy of every file with obsolete names; what was left as it is.

    Raises:
        OSError: a copy cannot be written.
    """
    names = names_to_correct(cells, profile)
    notes: list[ReadNote] = []
    concerned = {place.file for place in names}
    for name in dict.fromkeys(p.name for p in files if p.name in concerned):
        same = [p for p in files if p.name == name]
        if len(same) > 1:
            # Cells name the file alone, and would be put right in the wrong one.
            notes.append(ReadNote(Place(name), _TWICE, "failed"))
            continue
        content, left = corrected(same[0], names)
        notes += left
        if content is not None:
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    return notes


def _sheets(texts: dict[str, bytes]) -> dict[str, str]:
    """The part of every sheet by its title."""
    links = {x.attrib["Id"]: x.attrib for x in ElementTree.fromstring(texts[_LINKS])}
    book = ElementTree.fromstring(texts[_BOOK])
    return {
        sheet.attrib["name"]: normpath(
            join("/xl", links[sheet.attrib[_LINK]]["Target"])
        ).removeprefix("/")
        for sheet in book.iter(f"{_MAIN}sheet")
    }


def _sheet(
    xml: str, strings: list[str], names: dict[str, dict[str, str]]
) -> tuple[str, set[str]]:
    """A sheet's part with its cells put right, and which were."""
    done: set[str] = set()

    def put(found: re.Match[str]) -> str:
        wanted = names.get(found[1])
        new = _cell(found[0], strings, wanted) if wanted else None
        if new is None:
            return found[0]
        done.add(found[1])
        return new

    return _CELL.sub(put, xml), done


def _cell(xml: str, strings: list[str], names: dict[str, str]) -> str | None:
    """A cell as inline text in its own style; None where a name is not in it once."""
    inline, value = _INLINE.search(xml), _VALUE.search(xml)
    if "<f" in xml or xml.endswith("/>"):
        return None
    if inline is not None:
        content = inline[1]
    elif value is not None and 't="s"' in xml and int(value[1]) < len(strings):
        content = strings[int(value[1])]
    else:
        return None
    for old, new in names.items():
        # Some programs write every Chinese character as a reference.
        held = [m for m in _TEXT.finditer(content) if old in unescape(m[2])]
        if len(held) != 1 or unescape(held[0][2]).count(old) != 1:
            return None
        m = held[0]
        text = m[1] + escape(unescape(m[2]).replace(old, new)) + m[3]
        content = content[: m.start()] + text + content[m.end() :]
    head = xml[: xml.index(">")]
    typed = re.sub(r'\bt="\w+"', 't="inlineStr"', head)
    return f"{typed}><is>{content}</is></c>"


_ONLY_XLSX = Text(
    "课程名称没有写回：只能写回 .xlsx 和 .csv",
    "names not corrected: only .xlsx and .csv are written",
)
_LEFT = Text(
    "课程名称没有写回，请自行修改", "the name was not corrected; please do it yourself"
)
_TWICE = Text(
    "有两个文件同名，课程名称没有写回", "two files have this name; names not corrected"
)
