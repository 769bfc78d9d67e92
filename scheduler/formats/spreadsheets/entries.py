"""Entries: what a cell's text says: subject, teacher, class, room, week.

A cell may speak of two subjects in turn (心理/班队, 劳动(单) 信息(双)), name its
teachers in a second line, in brackets or after a space, and in the timetables of
teachers and rooms it names classes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    classes_in,
    edge_classes,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.people import (
    people_in,
    perhaps_person,
    person,
    room,
)
from scheduler.formats.spreadsheets.labels.vocabulary import (
    EMPTY_MARKS,
    Name,
    Vocabulary,
)
from scheduler.formats.spreadsheets.labels.words import close_up, plain
from scheduler.model.read_timetable import CellKind, CellStatus
from scheduler.model.text import Text
from scheduler.model.times import Week

_WEEK_MARK = re.compile(
    r"\(?(?<![\u4e00-\u9fff])(?:第)?(单双|单|双|奇|偶)(?:数)?周?(?:上课)?\)?(?=$|[\s:：/、,，;；(\u4e00-\u9fff)])"
    r"|\((单双|单|双)周?\)|(单|双)周|(?<=[\u4e00-\u9fff])(单|双)(?=$|[\s/、,，;；\u4e00-\u9fff])"
)
_DOUBLE = re.compile(r"\(?(?:连堂|连上|双课时|两节连堂)\)?|[*★☆▲△※#]")
_IN_TURN = re.compile(r"\(?(单|双)周?[/、,](单|双)周?\)?$")
_SEPARATORS = re.compile(r"[/、,，;；|+&\\]|\n")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WITHIN = "∕"
"""Stands for the slash of ``校/书法``, which parts a course from its title."""
_TITLED = re.compile(
    r"(?<![\u4e00-\u9fff])(校本课程|校本课|校本|校|地方课程|地方课|地方|地)"
    r"[/:：·-]+(?=[\u4e00-\u9fff]{2})(?!单周|双周)"
)
_PREFIX = re.compile(rf"^([^{_WITHIN}]+){_WITHIN}(.+)$")
_SPREAD_OUT = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff])+(?![\u4e00-\u9fff])"
)
ODD_EVEN = (Week.ODD, Week.EVEN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject of a cell, with who, where, when."""

    name: Name
    week: Week = Week.EVERY
    teachers: tuple[str, ...] = ()
    room: str = ""
    groups: tuple[ClassLabel, ...] = ()
    assumed: str = ""


@dataclass(slots=True)
class _Parts:
    """Pieces of a cell sorted by what they are."""

    subjects: list[tuple[str, Week | None]] = field(default_factory=list)
    teachers: list[tuple[str, ...]] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    groups: list[ClassLabel] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    separators: list[str] = field(default_factory=list)
    week: Week | None = None
    order: tuple[Week, ...] = ()
    """Weeks said once for both subjects: (单/双)."""


def entries_of(
    lines: Sequence[str],
    fields: Sequence[str],
    vocabulary: Vocabulary,
    grade: int | None = None,
    with_classes: bool = False,
) -> list[Entry]:
    """The entries of a cell.

    ``lines`` are the texts of the sheet rows that belong to the cell, ``fields`` what
    each holds (``""`` where unsaid); ``with_classes`` where cells name classes.
    Empty where the cell is empty.
    """
    parts = _Parts()
    for index, (line, said) in enumerate(zip(lines, fields, strict=True)):
        text = plain(line)
        if text in EMPTY_MARKS:
            continue
        if said in ("teacher", "room"):
            _keep(parts, text, said)
        else:
            _sort(parts, text, vocabulary, with_classes, later=index > 0)
    return _entries(parts, vocabulary, grade)


def _keep(parts: _Parts, text: str, said: str) -> None:
    if said == "room":
        parts.rooms.append(text)
    else:
        parts.teachers.append(people_in(text))


def _sort(
    parts: _Parts, text: str, vocabulary: Vocabulary, with_classes: bool, later: bool
) -> None:
    """Take a text apart; ``later`` where it is a row below the subject's."""
    if not with_classes and vocabulary.knows(text.replace("\n", "")):
        parts.subjects.append((text.replace("\n", ""), None))
        return
    text = _gathered(_DOUBLE.sub("", text).strip(), vocabulary)
    turn = _IN_TURN.search(text)
    if turn and turn[1] != turn[2]:
        parts.order = ODD_EVEN if turn[1] == "单" else ODD_EVEN[::-1]
        text = text[: turn.start()].strip()
    if with_classes:
        text = _take_classes(parts, text)
    text = _TITLED.sub(rf"\1{_WITHIN}", text)
    for piece, separator in _pieces(text):
        if separator:
            parts.separators.append(separator)
        _place(parts, piece, vocabulary, later)


def _gathered(text: str, vocabulary: Vocabulary) -> str:
    """Names that spaces pull apart, put together: 数 学 -> 数学, 张 三 -> 张三."""

    def joined(match: re.Match[str]) -> str:
        word = match.group().replace(" ", "")
        known = vocabulary.knows(word)
        named = person(word) and not vocabulary.knows(word[0])
        return word if known or named else match.group()

    return _SPREAD_OUT.sub(joined, text)


def _take_classes(parts: _Parts, text: str) -> str:
    """The text without the classes it names."""
    found = classes_in(text) or edge_classes(text)
    for label, (start, end) in reversed(found):
        parts.groups.insert(0, label)
        text = f"{text[:start]}\n{text[end:]}"
    if not found:
        kept = []
        for piece in re.split(r"([\s/、,，;；()]+)", text):
            label = whole_class(piece) if piece.strip() else None
            if label:
                parts.groups.append(label)
            else:
                kept.append(piece)
        text = "".join(kept)
    return re.sub(r"\(\s*\)", "", text).strip(" \n/、,，;；:：-")


def _pieces(text: str) -> list[tuple[str, str]]:
    """Pieces of a cell with the separator before each; spaces cut as lines do."""
    found: list[tuple[str, str]] = []
    spaced = re.sub(r"(?<=\S{2}) +(?=\S)", "\n", text)
    start, separator = 0, ""
    for match in _SEPARATORS.finditer(spaced):
        if spaced.count("(", 0, match.start()) > spaced.count(")", 0, match.start()):
            continue
        piece = spaced[start : match.start()].strip()
        if piece:
            found.append((piece, separator))
        start, separator = match.end(), match.group()
    piece = spaced[start:].strip()
    if piece:
        found.append((piece, separator))
    return found


def _place(parts: _Parts, piece: str, vocabulary: Vocabulary, later: bool) -> None:
    """Say what one piece is: subjects with weeks, a teacher, a room."""
    inside = _BRACKETS.findall(piece)
    bare = close_up(_BRACKETS.sub("", piece).strip())
    if bare and inside and vocabulary.knows(f"{bare}{''.join(inside)}"):
        parts.subjects.append((f"{bare}{''.join(inside)}", None))
        return
    marks = _WEEK_MARK.search(piece)
    if marks and not vocabulary.knows(piece):
        _weekly(parts, piece, vocabulary, later)
        return
    if bare:
        _word(parts, bare, vocabulary, later)
    for text in inside:
        _in_brackets(parts, text.strip(), vocabulary)


def _weekly(parts: _Parts, piece: str, vocabulary: Vocabulary, later: bool) -> None:
    """Words with 单 or 双 before or behind them."""
    cuts = [(m.start(), m.end(), _week(m)) for m in _WEEK_MARK.finditer(piece)]
    before = cuts[0][0] == 0
    if len(cuts) == 1 and cuts[0][2] is None:
        bare = _WEEK_MARK.sub("", piece).strip(" :：()")
        if bare:
            _word(parts, bare, vocabulary, later)
        return
    for index, (start, end, week) in enumerate(cuts):
        if before:
            stop = cuts[index + 1][0] if index + 1 < len(cuts) else len(piece)
            text = piece[end:stop]
        else:
            begin = cuts[index - 1][1] if index else 0
            text = piece[begin:start]
        text = text.strip(" :：-")
        inside = _BRACKETS.findall(text)
        bare = close_up(_BRACKETS.sub("", text).strip(" :：-()"))
        if not bare:
            parts.week = week
            if parts.subjects and parts.subjects[-1][1] is None:
                name, _ = parts.subjects[-1]
                parts.subjects[-1] = (name, week)
            continue
        count = len(parts.subjects)
        _word(parts, bare, vocabulary, later)
        if len(parts.subjects) > count:
            name, _ = parts.subjects[-1]
            parts.subjects[-1] = (name, week)
        for text in inside:
            _in_brackets(parts, text.strip(), vocabulary)
    if not before and cuts[-1][1] < len(piece):
        rest = piece[cuts[-1][1] :].strip(" :：()-")
        if rest:
            _word(parts, rest, vocabulary, later)


def _week(match: re.Match[str]) -> Week | None:
    word = next(group for group in match.groups() if group)
    if word == "单双":
        return None
    return Week.ODD if word in ("单", "奇") else Week.EVEN


def _word(parts: _Parts, word: str, vocabulary: Vocabulary, later: bool) -> None:
    """One word: a subject, a teacher, a room, or a subject with a teacher behind it."""
    if word in EMPTY_MARKS:
        return
    taught = later and person(word) and bool(parts.subjects)
    if _WITHIN in word or (vocabulary.knows(word) and not taught):
        parts.subjects.append((word, None))
        return
    if room(word) and parts.subjects:
        parts.rooms.append(word)
        return
    start = vocabulary.longest_start(word)
    if start and start != word:
        rest = word[len(start) :]
        if person(rest):
            parts.subjects.append((start, None))
            parts.teachers.append(people_in(rest))
            return
        if room(rest) and not vocabulary.recognises(word):
            parts.subjects.append((start, None))
            parts.rooms.append(rest)
            return
    if (later or parts.subjects) and (person(word) or len(word) <= 1):
        parts.teachers.append(people_in(word))
    elif vocabulary.recognises(word) or not parts.subjects:
        parts.subjects.append((word, None))
    elif perhaps_person(word) or (later and len(word) <= 4):
        parts.teachers.append(people_in(word))
    else:
        parts.rest.append(word)


def _in_brackets(parts: _Parts, text: str, vocabulary: Vocabulary) -> None:
    """What stands in brackets behind a subject."""
    if not text:
        return
    pieces = [x for x in re.split(r"[/、,，;；\s]+", text) if x]
    if room(text):
        parts.rooms.append(text)
    elif all(_named_in_brackets(x, vocabulary) for x in pieces) or (
        all(len(x) == 1 for x in pieces) and not vocabulary.knows(text)
    ):
        parts.teachers.append(people_in(text))
    else:
        parts.rest.append(text)


def _named_in_brackets(text: str, vocabulary: Vocabulary) -> bool:
    return person(text) or (perhaps_person(text) and not vocabulary.knows(text))


def _entries(parts: _Parts, vocabulary: Vocabulary, grade: int | None) -> list[Entry]:
    people = tuple(dict.fromkeys(t for found in parts.teachers for t in found))
    place = "；".join(dict.fromkeys(parts.rooms))
    groups = tuple(dict.fromkeys(parts.groups))
    if not parts.subjects:
        if not (groups or people or parts.rest or parts.week):
            return []
        name = Name("", status=CellStatus.UNKNOWN, known=False)
        return [Entry(name, parts.week or Week.EVERY, people, place, groups)]
    names = [(_named(t, vocabulary, grade), week) for t, week in parts.subjects]
    names = list(dict.fromkeys(names))
    if len(names) == 1:
        name, week = names[0]
        return [
            Entry(
                _noted(name, parts),
                week or parts.week or Week.EVERY,
                people,
                place,
                groups,
            )
        ]
    return _alternating(parts, names, place, groups)


def _named(text: str, vocabulary: Vocabulary, grade: int | None) -> Name:
    prefix = _PREFIX.match(text)
    if prefix:
        text = text.replace(_WITHIN, "/")
        name = vocabulary.look_up(prefix[1], grade if prefix[1] != "地" else 1)
        inner = vocabulary.look_up(prefix[2], grade)
        if (
            len(prefix[1]) > 1
            and inner.known
            and inner.code not in ("", "CAL", name.code)
        ):
            both = Text(
                f"{name.printed}，或与{prefix[2]}隔周", f"or in turn with {inner.code}"
            )
            return replace(
                name, printed=text, status=CellStatus.DOUBTFUL, suggestion=both
            )
        return replace(name, printed=text, status=CellStatus.READ)
    return vocabulary.look_up(text, grade)


def _noted(name: Name, parts: _Parts) -> Name:
    """The name with words that are neither teacher nor room kept in the print."""
    if not parts.rest:
        return name
    return replace(name, printed=f"{name.printed}({'、'.join(parts.rest)})")


def _alternating(
    parts: _Parts,
    names: list[tuple[Name, Week | None]],
    place: str,
    groups: tuple[ClassLabel, ...],
) -> list[Entry]:
    """Two subjects in turn; with no weeks said the first is taken for the odd ones."""
    said = [week for _, week in names]
    weeks = said
    assumed = ""
    if None in said:
        known = [week for week in said if week]
        if len(names) == 2 and len(known) == 1:
            other = ODD_EVEN[known[0] is Week.ODD]
            weeks = [week or other for week in said]
        else:
            order = parts.order or ODD_EVEN
            weeks = [order[i % 2] for i in range(len(names))]
            sure = len(names) == 2 and "/" in parts.separators
            assumed = "" if parts.order else "alternate" if sure else "several"
    flat = [t for found in parts.teachers for t in found]
    shares: list[tuple[str, ...]] = [tuple(dict.fromkeys(flat))] * len(names)
    if len(parts.teachers) == len(names):
        shares = parts.teachers
    elif len(flat) == len(names):
        shares = [(t,) for t in flat]
    elif len(flat) > 1:
        assumed = assumed or "shared_teachers"
    return [
        Entry(name, week or Week.EVERY, share, place, groups, assumed)
        for (name, _), week, share in zip(names, weeks, shares, strict=True)
    ]


def is_filled(entries: Sequence[Entry]) -> bool:
    """Whether a cell says anything but that it is empty."""
    return any(entry.name.kind is not CellKind.EMPTY for entry in entries)
