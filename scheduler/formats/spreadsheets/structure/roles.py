"""Roles: what each column at the left of a block names, by its header and its cells."""

import re

from scheduler.formats.spreadsheets.labels.clock import moment
from scheduler.formats.spreadsheets.labels.days import bare_day, named_day
from scheduler.formats.spreadsheets.labels.people import person
from scheduler.formats.spreadsheets.labels.periods import (
    period_label,
    row_label,
    session_of,
)
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.formats.spreadsheets.structure.bands import Band
from scheduler.formats.spreadsheets.structure.heads import (
    day_and_period,
    field_of,
    week_of,
)
from scheduler.formats.spreadsheets.structure.sheet import Anchor, Sheet
from scheduler.formats.spreadsheets.structure.subheads import class_head

_HEADER_ROLES = (
    ("class_teacher", re.compile("班主任|包班")),
    (
        "skip",
        re.compile("^(?:序号|编号|No\\.?|人数|课时数?|周课时|合计)$", re.IGNORECASE),
    ),
    ("grade", re.compile("^(?:年级|级部)$")),
    ("class", re.compile("班级|班别|^班$")),
    ("who", re.compile("教师|姓名|老师|教室|场地|地点|场馆")),
    ("week", re.compile("^(?:单双周?|周次)$")),
    ("subject", re.compile("^(?:任教|任课|所教|担任)?(?:学科|科目|课程)$")),
)
SAID_BY_HEADERS = ("skip", "class_teacher", "grade", "week")


def roles_of(
    sheet: Sheet, band: Band, left: int, first: int, bottom: int
) -> dict[int, str]:
    """What each column names, the surest roles given first."""
    wanted = _wanted(band)
    scores = {c: _scores(sheet, band, c, bottom) for c in range(left, first)}
    roles: dict[int, str] = {}
    for column, found in scores.items():
        header = _header_role(sheet, band, column)
        taught = header == "subject" and "who" in wanted and not _rows_named(found)
        if taught or header in SAID_BY_HEADERS or header in wanted & {"class", "who"}:
            roles[column] = header
    for role in ("both", "day", "class", "period", "week", "field"):
        column = _most(scores, role, roles)
        if column is not None and role in wanted and role not in roles.values():
            roles[column] = role
    for role in ("time", "session"):
        for column, found in scores.items():
            if column not in roles and found.get(role, 0) and role in wanted:
                roles[column] = role
    for role, bare in (
        ("period", "numeral"),
        ("day", "bare_day"),
        ("class", "loose"),
        ("who", "person"),
    ):
        column = _most(scores, bare, roles, at_least=2)
        if role in wanted and role not in roles.values() and column is not None:
            roles[column] = role
    return roles or {c: "label" for c in range(left, first)}


def _rows_named(scores: dict[str, int]) -> bool:
    """Whether a column names rows of a timetable, whatever its header says."""
    return bool(scores.keys() - {"person", "activity"})


def _most(
    scores: dict[int, dict[str, int]],
    role: str,
    taken: dict[int, str],
    at_least: int = 1,
) -> int | None:
    """The free column that reads most often as a role, the leftmost of equal ones.

    A row's name merged over two columns (早读, 午休) reads so in both of them; lone
    numbers below such names number the lessons.
    """
    like = ("period", "activity") if role == "period" else (role,)
    free = {
        c: n + (x.get("numeral", 0) if role == "period" else 0)
        for c, x in scores.items()
        if c not in taken and (n := sum(x.get(r, 0) for r in like))
    }
    if role == "field":
        # One such word among numbers is of a title further down.
        free = {c: n for c, n in free.items() if n > scores[c].get("numeral", 0)}
    column = max(free, key=lambda c: (free[c], -c), default=None)
    return column if column is not None and free[column] >= at_least else None


def _wanted(band: Band) -> frozenset[str]:
    """What the rows may still have to say beside what a band says."""
    heads = [head for run in band.runs for head in run.values()]
    wanted = {
        "both",
        "day",
        "period",
        "class",
        "time",
        "session",
        "week",
        "field",
        "who",
    }
    if any(head.day for head in heads):
        wanted -= {"day", "both"}
    if any(head.period or head.start is not None for head in heads):
        wanted -= {"period", "both", "time", "session"}
    if any(head.group for head in heads):
        wanted -= {"class", "who"}
    if any(head.who for head in heads):
        wanted -= {"who"}
    if any(head.field for head in heads):
        wanted -= {"field"}
    if "period" in wanted and "day" not in wanted:
        wanted -= {"who"}
    return frozenset(wanted)


def _header_role(sheet: Sheet, band: Band, column: int) -> str:
    texts = {sheet.text(r, column) for r in range(band.top, band.bottom)}
    header = compact("".join(texts))
    return next((role for role, words in _HEADER_ROLES if words.search(header)), "")


def _scores(sheet: Sheet, band: Band, column: int, bottom: int) -> dict[str, int]:
    """How many cells of a column read as each role."""
    counts: dict[str, int] = {}
    seen: set[Anchor] = set()
    for row in range(band.bottom, bottom):
        anchor = sheet.anchor(row, column)
        if anchor in seen:
            continue
        seen.add(anchor)
        for role in _readings(sheet, row, column):
            counts[role] = counts.get(role, 0) + 1
    return counts


def _readings(sheet: Sheet, row: int, column: int) -> list[str]:
    text = sheet.text(row, column)
    if not text:
        return []
    if day_and_period(text):
        return ["both"]
    if named_day(text):
        return ["day"]
    if session_of(text):
        return ["session"]
    if week_of(text):
        return ["week"]
    head = class_head(sheet, row, column, text)
    label = period_label(text)
    found = []
    if head and head.group and head.group.sure and head.group.grade:
        found.append("class")
    elif head:
        found.append("loose")
    if label is None and row_label(text):
        found.append("activity")
    elif label and label.sure:
        found.append("period")
    elif label and label.first:
        found.append("numeral")
    elif label or moment(sheet.cell(row, column)) is not None:
        found.append("time")
    if bare_day(text):
        found.append("bare_day")
    if field_of(text):
        found.append("field")
    if not found and person(text):
        found.append("person")
    return found
