"""Joining: the parts of a cell as entries, each subject with its weeks and teachers."""

import re
from dataclasses import replace

from scheduler.formats.spreadsheets.cells.entry import ODD_EVEN, WITHIN, Entry, Parts
from scheduler.formats.spreadsheets.labels.class_names import ClassLabel
from scheduler.formats.spreadsheets.labels.people import person
from scheduler.formats.spreadsheets.labels.vocabulary import Name, Vocabulary
from scheduler.model.read_timetable import CellStatus
from scheduler.model.text import Text
from scheduler.model.times import Week

_PREFIX = re.compile(rf"^([^{WITHIN}]+){WITHIN}(.+)$")


def entries_from(
    parts: Parts, vocabulary: Vocabulary, grade: int | None
) -> list[Entry]:
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
    taught = [name for name, _ in names if _is_a_person(name)]
    if 0 < len(taught) < len(names):
        # 李某 语文: the teacher stood first.
        people = (*people, *(name.printed for name in taught))
        names = [(name, week) for name, week in names if name not in taught]
    if len(names) == 1:
        name, week = names[0]
        if parts.every_other and week is None:
            return [Entry(name, Week.ODD, people, place, groups, "every_other")]
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


def _is_a_person(name: Name) -> bool:
    return not name.known and person(name.printed)


def _named(text: str, vocabulary: Vocabulary, grade: int | None) -> Name:
    prefix = _PREFIX.match(text)
    if prefix:
        text = text.replace(WITHIN, "/")
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


def _noted(name: Name, parts: Parts) -> Name:
    """The name with words that are neither teacher nor room kept in the print."""
    if not parts.rest:
        return name
    return replace(name, printed=f"{name.printed}({'、'.join(parts.rest)})")


def _alternating(
    parts: Parts,
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
