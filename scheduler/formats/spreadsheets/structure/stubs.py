"""Stubs: the columns at the left of a block that name its rows."""

import re
from dataclasses import dataclass, replace

from scheduler.formats.spreadsheets.labels.class_names import ClassLabel, grade_in
from scheduler.formats.spreadsheets.labels.clock import moment, span_in
from scheduler.formats.spreadsheets.labels.days import bare_day, named_day
from scheduler.formats.spreadsheets.labels.people import person
from scheduler.formats.spreadsheets.labels.periods import (
    PeriodLabel,
    period_label,
    session_of,
)
from scheduler.formats.spreadsheets.labels.words import compact, number
from scheduler.formats.spreadsheets.structure.bands import Band
from scheduler.formats.spreadsheets.structure.heads import (
    Head,
    day_and_period,
    field_of,
    week_of,
)
from scheduler.formats.spreadsheets.structure.sheet import Anchor, Sheet
from scheduler.formats.spreadsheets.structure.subheads import class_head
from scheduler.model.times import RowKind

MOST_LINES = 3
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
)
SAID_BY_HEADERS = ("skip", "class_teacher", "grade", "week")
FILLED_DOWN = frozenset(
    {"day", "class", "grade", "session", "who", "class_teacher", "week"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block's body: sheet rows that belong together, and their head.

    ``fields`` names what each row holds where the sheet says it.
    """

    rows: tuple[int, ...]
    head: Head
    fields: tuple[str, ...] = ()


def lines_of(
    sheet: Sheet, band: Band, left: int, first: int, bottom: int
) -> list[Line]:
    """Lines of the rows below a band, named by the columns ``left`` to ``first``."""
    roles = _roles(sheet, band, left, first, bottom)
    naming = _naming(roles)
    # A row of even weeks below one of odd weeks is of the same period.
    filled = FILLED_DOWN | ({"period"} if "week" in roles.values() else set())
    unnamed = band.kind == "day" and not naming & {
        c for c, role in roles.items() if role not in ("session", "grade")
    }
    banner: int | None = None
    lines: list[Line] = []
    known: dict[int, str] = {}
    before: dict[int, Anchor] = {}
    for row in range(band.bottom, bottom):
        anchors = {c: sheet.anchor(row, c) for c in roles}
        texts = {c: sheet.text(row, c) for c in roles}
        if sheet.blank(row):
            known = {c: t for c, t in known.items() if roles[c] in ("day", "class")}
            before = {}
            continue
        sessions = {session_of(t) for _, t in sheet.anchored(row, left, sheet.width)}
        if len(sessions) == 1 and None not in sessions:
            # A row of its own that says 上午 or 下午 holds for the rows below.
            (banner,) = sessions
            before = {}
            continue
        spread = len({sheet.anchor(row, c) for c in range(left, sheet.width)}) == 1
        own = {c for c in naming if texts[c] and before.get(c) != anchors[c]}
        head = _head(sheet, row, roles, texts, known)
        head = head if head.session else replace(head, session=banner)
        if (
            not own
            and not unnamed
            and lines
            and before
            and len(lines[-1].rows) < MOST_LINES
        ):
            last = lines[-1]
            lines[-1] = replace(
                last, rows=(*last.rows, row), fields=(*last.fields, head.field)
            )
        elif not spread or head.period is not None:
            lines.append(Line((row,), head, (head.field,)))
        before = anchors
        known |= {c: t for c, t in texts.items() if t and roles[c] in filled}
    return lines


def _naming(roles: dict[int, str]) -> set[int]:
    """Columns where a new text begins a new line: times only where all else lacks."""
    found = {c for c, role in roles.items() if role not in ("field", "time", "skip")}
    if any(
        roles[c] in ("period", "both", "day", "class", "label", "who") for c in found
    ):
        return found
    return found | {c for c, role in roles.items() if role == "time"}


def _roles(
    sheet: Sheet, band: Band, left: int, first: int, bottom: int
) -> dict[int, str]:
    """What each column names, the surest roles given first."""
    wanted = _wanted(band)
    scores = {c: _scores(sheet, band, c, bottom) for c in range(left, first)}
    roles: dict[int, str] = {}
    for column in scores:
        header = _header_role(sheet, band, column)
        if header in SAID_BY_HEADERS or header in wanted & {"class", "who"}:
            roles[column] = header
    for role in ("both", "day", "class", "period", "time", "session", "week", "field"):
        for column, found in scores.items():
            taken = role in roles.values() and role not in ("time", "session")
            if (
                column not in roles
                and not taken
                and found.get(role, 0)
                and role in wanted
            ):
                roles[column] = role
    for role, bare in (
        ("period", "numeral"),
        ("day", "bare_day"),
        ("class", "loose"),
        ("who", "person"),
    ):
        column = next(
            (
                c
                for c, found in scores.items()
                if c not in roles and found.get(bare, 0) >= 2
            ),
            None,
        )
        if role in wanted and role not in roles.values() and column is not None:
            roles[column] = role
    return roles or {c: "label" for c in range(left, first)}


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
    if label and label.sure:
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


def _head(
    sheet: Sheet,
    row: int,
    roles: dict[int, str],
    texts: dict[int, str],
    known: dict[int, str],
) -> Head:
    head = Head()
    for column, role in roles.items():
        text = texts[column] or known.get(column, "")
        if text:
            head = head.over(_said(sheet, row, column, role, text))
    return head


def _said(sheet: Sheet, row: int, column: int, role: str, text: str) -> Head:
    """What one stub cell says in the role of its column."""
    match role:
        case "both":
            both = day_and_period(text)
            return Head(day=both[0], period=both[1]) if both else _other(text)
        case "day":
            day = named_day(text) or bare_day(text)
            return Head(day=day) if day else _other(text)
        case "class":
            head = class_head(sheet, row, column, text)
            return head or _other_class(text)
        case "grade":
            return Head(grade=grade_in(text) or bare_day(text))
        case "session":
            session = session_of(text)
            return Head(session=session) if session else _other(text)
        case "time":
            return _time(sheet, row, column, text)
        case "week":
            return Head(week=week_of(text))
        case "field":
            return Head(field=field_of(text))
        case "who":
            return Head(who=text)
        case "class_teacher":
            return Head(class_teacher=text)
        case "skip":
            return Head()
        case _:
            return _other(text)


def _other_class(text: str) -> Head:
    """A class that is only counted (1, 二), or that has a name of another kind."""
    label = period_label(text)
    if label and label.kind is not RowKind.LESSON:
        return Head(period=label)
    return Head(group=ClassLabel(text, None, number(compact(text)), sure=False))


def _other(text: str) -> Head:
    """A label that names a row of the day, or one that is not understood."""
    label = period_label(text)
    return Head(period=label) if label else Head(name=text)


def _time(sheet: Sheet, row: int, column: int, text: str) -> Head:
    (start, end), rest = span_in(text)
    if start is not None:
        label = period_label(rest) if rest else None
        return Head(start=start, end=end, period=label)
    minute = moment(sheet.cell(row, column))
    if minute is None:
        return _other(text)
    before = moment(sheet.cell(row, column - 1)) if column else None
    return (
        Head(end=minute)
        if before is not None and before < minute
        else Head(start=minute)
    )


def label_of(head: Head) -> PeriodLabel | None:
    """The row of the day of a head, with times that stood in columns of their own."""
    label = head.period
    if label is None:
        if head.start is None:
            return None
        label = PeriodLabel("", sure=False)
    return replace(
        label,
        session=label.session or head.session,
        start=head.start if label.start is None else label.start,
        end=head.end if label.end is None else label.end,
    )
