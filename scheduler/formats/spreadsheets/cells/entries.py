"""Entries: what a cell's text says: subject, teacher, class, room, week.

A cell may speak of two subjects in turn (心理/班队, 劳动(单) 信息(双)), name its
teachers in a second line, in brackets or after a space, and in the timetables of
teachers and rooms it names classes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scheduler.formats.spreadsheets.cells.entry import ODD_EVEN, WITHIN, Entry, Parts
from scheduler.formats.spreadsheets.cells.joining import entries_from
from scheduler.formats.spreadsheets.cells.weeks import (
    WEEK_MARK,
    Mark,
    marks_in,
    without_ranges,
)
from scheduler.formats.spreadsheets.labels.class_names import (
    classes_in,
    edge_classes,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.people import (
    people_in,
    perhaps_person,
    person,
    room,
    surname,
)
from scheduler.formats.spreadsheets.labels.topics import topic
from scheduler.formats.spreadsheets.labels.vocabulary import EMPTY_MARKS, Vocabulary
from scheduler.formats.spreadsheets.labels.words import close_up, compact, plain

_DOUBLE = re.compile(r"\(?(?:连堂|连上|双课时|两节连堂)\)?|[*★☆▲△※#]")
_IN_TURN = re.compile(r"\(?(单|双)周?[/、,](单|双)周?\)?$")
_SEPARATORS = re.compile(r"[/、,，;；|+&\\]|\n")
# Latin names keep their spaces.
_GAP = re.compile(r"(?<=[^\sA-Za-z]) +(?=\S)|(?<=[A-Za-z]) +(?=[^\sA-Za-z])")
_EVERY_OTHER = re.compile(r"\(?隔周(?:一次|上课|上)?\)?")
_POSTS = re.compile("兼[职课]?|代课?|代理|外聘|临聘|返聘|走教|支教|实习|轮岗|交流|顶岗")
_NAMESAKES = frozenset("大小男女老")
_BETWEEN = ":：-·—"
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TITLED = re.compile(
    r"(?<![\u4e00-\u9fff])(校本课程|校本课|校本|校|地方课程|地方课|地方|地)"
    r"[/:：·-]+(?=[\u4e00-\u9fff]{2})(?!单周|双周)"
)
_TOGETHER = re.compile(
    r"(?:与|和|合班|合上)[:：]?[^\n]*班[^\n]*?(?:合班|合上)?(?=\n|$)"
)
_SPREAD_OUT = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff])+(?![\u4e00-\u9fff])"
)


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
    if with_classes and len(segments := _segments(lines, vocabulary)) > 1:
        entries = [
            entry
            for segment in segments
            for entry in entries_of([segment], [""], vocabulary, grade, True)
        ]
        if sum(_names_a_class(plain(line)) for line in lines) > 1:
            return [replace(entry, assumed="moved") for entry in entries]
        return entries
    parts = Parts()
    for index, (line, said) in enumerate(zip(lines, fields, strict=True)):
        text = plain(line)
        if text in EMPTY_MARKS:
            continue
        if said in ("teacher", "room"):
            _keep(parts, text, said)
        else:
            known = len(parts.subjects)
            _sort(parts, text, vocabulary, with_classes, later=index > 0)
            if index and len(parts.subjects) > known:
                # A row of subjects below a period's row may be another period's.
                parts.moved = True
    entries = entries_from(parts, vocabulary, grade)
    if parts.moved:
        return [replace(entry, assumed="moved") for entry in entries]
    doubt = "ranges" if parts.ranges else "glued_week" if parts.glued else ""
    if doubt:
        return [replace(entry, assumed=doubt) for entry in entries]
    if parts.strange:
        return [replace(x, assumed=x.assumed or "strange_name") for x in entries]
    return entries


def _segments(lines: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Parts of a teacher's or room's cell that each have a class and a subject."""
    texts = [t for line in lines for t in plain(line).split("\n") if t]
    classes = [i for i, t in enumerate(texts) if _names_a_class(t)]
    subjects = [i for i, t in enumerate(texts) if _names_a_subject(t, vocabulary)]
    if len(classes) < 2 or len(subjects) < 2:
        return ["\n".join(texts)]
    cuts = subjects if subjects[0] < classes[0] else classes
    cuts = [0, *cuts[1:], len(texts)]
    return ["\n".join(texts[a:b]) for a, b in pairwise(cuts)]


def _names_a_class(text: str) -> bool:
    words = re.split(r"[\s()]+", text)
    return bool(classes_in(text) or any(whole_class(x) for x in words if x))


def _names_a_subject(text: str, vocabulary: Vocabulary) -> bool:
    bare = WEEK_MARK.sub(" ", text)
    for _, (start, end) in reversed(classes_in(bare) or edge_classes(bare)):
        bare = f"{bare[:start]} {bare[end:]}"
    return any(vocabulary.knows(x) for x in re.split(r"[\s()/、,，]+", bare) if x)


def _keep(parts: Parts, text: str, said: str) -> None:
    if said == "room":
        parts.rooms.append(text)
    else:
        parts.teachers.append(people_in(text))


def _sort(
    parts: Parts, text: str, vocabulary: Vocabulary, with_classes: bool, later: bool
) -> None:
    """Take a text apart; ``later`` where it is a row below the subject's."""
    if not with_classes and vocabulary.knows(text.replace("\n", "")):
        parts.subjects.append((text.replace("\n", ""), None))
        return
    text = gathered(_DOUBLE.sub("", text).strip(), vocabulary)
    text, ranges = without_ranges(text)
    parts.ranges = parts.ranges or ranges
    if _EVERY_OTHER.search(text):
        parts.every_other = True
        text = _EVERY_OTHER.sub("", text).strip()
    turn = _IN_TURN.search(text)
    if turn and turn[1] != turn[2]:
        parts.order = ODD_EVEN if turn[1] == "单" else ODD_EVEN[::-1]
        text = text[: turn.start()].strip()
    if with_classes:
        text = gathered(_take_classes(parts, text), vocabulary)
    elif classes_in(compact(text)):
        text = _without_classes(text)
    text = _TITLED.sub(rf"\1{WITHIN}", text)
    for piece, separator in _pieces(text):
        if separator:
            parts.separators.append(separator)
        _place(parts, piece, vocabulary, later)


def gathered(text: str, vocabulary: Vocabulary) -> str:
    """Names that spaces pull apart, put together: 数 学 -> 数学, 张 三 -> 张三."""

    def joined(match: re.Match[str]) -> str:
        word = match.group().replace(" ", "")
        known = next(
            (k for k in range(len(word), 1, -1) if vocabulary.knows(word[:k])), 0
        )
        if known:
            return f"{word[:known]} {' '.join(word[known:])}".strip()
        named = person(word) and not vocabulary.knows(word[0])
        return word if named or match.group() == text else match.group()

    return _SPREAD_OUT.sub(joined, text)


def _without_classes(text: str) -> str:
    """A class's own cell without the classes that are taught with it."""
    text = _TOGETHER.sub("", text)
    for _, (start, end) in reversed(classes_in(text)):
        text = f"{text[:start]}\n{text[end:]}"
    return text.strip()


def _take_classes(parts: Parts, text: str) -> str:
    """The text without the classes it names."""
    text = re.sub(r" *([()]) *(班?)", r"\1\2", text)
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
    spaced = _GAP.sub("\n", text)
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


def _place(parts: Parts, piece: str, vocabulary: Vocabulary, later: bool) -> None:
    """Say what one piece is: subjects with weeks, a teacher, a room."""
    inside = _BRACKETS.findall(piece)
    bare = close_up(_BRACKETS.sub("", piece).strip())
    whole = f"{bare}{''.join(inside)}"
    if bare and inside and _is_one_name(whole, bare, inside, vocabulary):
        parts.subjects.append((whole, None))
        return
    marks = [] if vocabulary.knows(piece) else marks_in(piece, vocabulary)
    if marks:
        _weekly(parts, piece, marks, vocabulary, later)
        return
    if bare:
        _word(parts, bare, vocabulary, later)
    for text in inside:
        _in_brackets(parts, text.strip(), vocabulary)


def _is_one_name(
    whole: str, bare: str, inside: list[str], vocabulary: Vocabulary
) -> bool:
    """Whether brackets hold a part of the name: 艺术（音乐）, but not 英语（口语）."""
    if not vocabulary.knows(whole):
        return False
    sure = vocabulary.look_up(whole).status.sure
    return sure or not (vocabulary.knows(bare) and all(map(topic, inside)))


def _weekly(
    parts: Parts, piece: str, marks: list[Mark], vocabulary: Vocabulary, later: bool
) -> None:
    """Words with 单 or 双 before or behind them."""
    cuts = [(mark.start, mark.end, mark.week) for mark in marks]
    parts.glued = parts.glued or not all(mark.sure for mark in marks)
    before = cuts[0][0] == 0
    if len(cuts) == 1 and cuts[0][2] is None:
        bare = f"{piece[: cuts[0][0]]}{piece[cuts[0][1] :]}".strip(" :：()")
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
        if len(parts.subjects) > count or _lacks_weeks(parts):
            # 劳动 王芳(单周): the weeks stand behind the teacher.
            name, _ = parts.subjects[-1]
            parts.subjects[-1] = (name, week)
        for text in inside:
            _in_brackets(parts, text.strip(), vocabulary)
    if not before and cuts[-1][1] < len(piece):
        rest = piece[cuts[-1][1] :].strip(" :：()-")
        if rest:
            _word(parts, rest, vocabulary, later)


def _lacks_weeks(parts: Parts) -> bool:
    return bool(parts.subjects) and parts.subjects[-1][1] is None


def _word(parts: Parts, word: str, vocabulary: Vocabulary, later: bool) -> None:
    """One word: a subject, a teacher, a room, or a subject with a teacher behind it."""
    if word in EMPTY_MARKS:
        return
    taught = later and person(word) and bool(parts.subjects)
    if WITHIN in word or (vocabulary.knows(word) and not taught):
        parts.subjects.append((word, None))
        return
    if room(word) and parts.subjects:
        parts.rooms.append(word)
        return
    start = vocabulary.longest_start(word)
    if start and start != word:
        rest = word[len(start) :].lstrip(_BETWEEN)
        if person(rest) or (_initial(rest) and person(f"{rest}老师") and surname(rest)):
            parts.subjects.append((start, None))
            parts.teachers.append(people_in(rest))
            return
        if room(rest) and not vocabulary.recognises(word):
            parts.subjects.append((start, None))
            parts.rooms.append(rest)
            return
    if topic(word) and parts.subjects and not vocabulary.knows(word):
        parts.rest.append(word)
        return
    taught_first = _teacher_first(word, vocabulary)
    if taught_first:
        parts.teachers.append((taught_first,))
        parts.subjects.append((word[len(taught_first) :], None))
        return
    if (later or parts.subjects) and (person(word) or _initial(word)):
        parts.teachers.append(people_in(word))
    elif vocabulary.recognises(word) or not parts.subjects:
        parts.subjects.append((word, None))
    elif perhaps_person(word) or (later and len(word) <= 4):
        parts.teachers.append(people_in(word))
    else:
        parts.rest.append(word)


def _teacher_first(word: str, vocabulary: Vocabulary) -> str:
    """The teacher of a word that is a name and a subject in one: 张三语文."""
    if vocabulary.recognises(word):
        return ""
    for length in (3, 2):
        name, subject = word[:length], word[length:]
        if len(subject) >= 2 and person(name) and vocabulary.knows(subject):
            return name
    return ""


def _initial(word: str) -> bool:
    """Whether a word is a surname alone, as narrow cells have it."""
    return len(word) == 1 and "\u4e00" <= word <= "\u9fff"


def _in_brackets(parts: Parts, text: str, vocabulary: Vocabulary) -> None:
    """What stands in brackets behind a subject."""
    if not text or _POSTS.fullmatch(text):
        return
    if text in _NAMESAKES and parts.teachers:
        *others, last = parts.teachers[-1]
        parts.teachers[-1] = (*others, f"{last}({text})")
        return
    pieces = [x for x in re.split(r"[/、,，;；\s]+", text) if x]
    if room(text):
        parts.rooms.append(text)
    elif all(_named_in_brackets(x, vocabulary) for x in pieces) or (
        all(surname(x) for x in pieces) and not vocabulary.knows(text)
    ):
        parts.teachers.append(people_in(text))
        parts.strange = parts.strange or not all(map(_surnamed, pieces))
    else:
        parts.rest.append(text)


def _surnamed(text: str) -> bool:
    return person(text) or surname(text)


def _named_in_brackets(text: str, vocabulary: Vocabulary) -> bool:
    if topic(text):
        return False
    return person(text) or (perhaps_person(text) and not vocabulary.knows(text))
