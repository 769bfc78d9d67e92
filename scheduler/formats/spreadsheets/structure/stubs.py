"""Stubs: the columns at the left of a block that name its rows."""

import re
from dataclasses import dataclass, replace

from scheduler.formats.spreadsheets.labels.class_names import ClassLabel, grade_in
from scheduler.formats.spreadsheets.labels.clock import moment, span_in
from scheduler.formats.spreadsheets.labels.days import bare_day, named_day
from scheduler.formats.spreadsheets.labels.periods import (
    PeriodLabel,
    is_pe_row,
    period_label,
    row_label,
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
from scheduler.formats.spreadsheets.structure.numbering import EVENING
from scheduler.formats.spreadsheets.structure.roles import roles_of
from scheduler.formats.spreadsheets.structure.sheet import Anchor, Sheet
from scheduler.formats.spreadsheets.structure.subheads import class_head
from scheduler.model.times import RowKind

MOST_LINES = 3
_SUMS = re.compile("合计|总计|小计|共计|平均|总课时|课时合计|节数合计")
"""Rows of such names hold numbers about the rows above."""
_BREAK = PeriodLabel("", kind=RowKind.BREAK)
FILLED_DOWN = frozenset(
    {"day", "class", "grade", "session", "who", "class_teacher", "week", "subject"}
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
    roles = roles_of(sheet, band, left, first, bottom)
    naming = _naming(roles)
    # A row of even weeks below one of odd weeks is of the same period.
    kinds = FILLED_DOWN | ({"period"} if "week" in roles.values() else set())
    filled = {c for c, role in roles.items() if role in kinds}
    filled -= _weeks_of_one_period(roles)
    unnamed = band.kind == "day" and not naming & {
        c for c, role in roles.items() if role not in ("session", "grade")
    }
    banner: int | None = None
    lines: list[Line] = []
    known: dict[int, int] = {}  # the row whose text still holds, by column
    before: dict[int, Anchor] = {}
    for row in range(band.bottom, bottom):
        anchors = {c: sheet.anchor(row, c) for c in roles}
        texts = {c: sheet.text(row, c) for c in roles}
        if sheet.blank(row):
            known = {c: r for c, r in known.items() if roles[c] in ("day", "class")}
            before = {}
            continue
        if any(_SUMS.fullmatch(compact(t)) for t in texts.values()):
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
        if head.period is None and not head.name:
            head = replace(head, period=_said_by_cells(sheet, row, first))
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
        known |= {c: row for c, t in texts.items() if t and c in filled}
    lines = _sun_and_sport(lines)
    return _with_breaks(sheet, lines, first) if band.kind == "day" else lines


def _sun_and_sport(lines: list[Line]) -> list[Line]:
    """The lines, 阳光体育 beside a 大课间 being an activity and no second big break."""
    breaks = {
        line.head.period.name: line.head.period
        for line in lines
        if line.head.period and line.head.period.kind is RowKind.BIG_BREAK
    }
    sport = {name for name in breaks if is_pe_row(name) and "课间" not in name}
    if len(sport) == len(breaks):
        return lines
    return [
        replace(line, head=replace(line.head, period=replace(p, kind=RowKind.ACTIVITY)))
        if (p := line.head.period) and p.name in sport
        else line
        for line in lines
    ]


def _weeks_of_one_period(roles: dict[int, str]) -> set[int]:
    """Columns of weeks behind a column of periods: each says them for one row only."""
    periods = [c for c, role in roles.items() if role in ("period", "both")]
    return {c for c, role in roles.items() if role == "week" and c > min([*periods, c])}


def _with_breaks(sheet: Sheet, lines: list[Line], first: int) -> list[Line]:
    """The lines, those of a time alone being breaks that are empty amid full ones."""
    empty = [all(sheet.blank(r, first) for r in line.rows) for line in lines]
    last = max((i for i, blank in enumerate(empty) if not blank), default=-1)
    return [
        replace(line, head=replace(line.head, period=_BREAK))
        if blank and index < last and _is_time_alone(line.head)
        else line
        for index, (line, blank) in enumerate(zip(lines, empty, strict=True))
    ]


def _is_time_alone(head: Head) -> bool:
    return head.period is None and not head.name and head.start is not None


def _said_by_cells(sheet: Sheet, row: int, first: int) -> PeriodLabel | None:
    """The row of the day that only its cells name: 大课间 on each of the days."""
    texts = [text for _, text in sheet.anchored(row, first, sheet.width)]
    labels = [period_label(text) for text in texts]
    if any(x is None or x.kind is RowKind.LESSON for x in labels):
        return None
    return next(iter(labels), None)


def _naming(roles: dict[int, str]) -> set[int]:
    """Columns where a new text begins a new line: times only where all else lacks."""
    found = {
        c
        for c, role in roles.items()
        if role not in ("field", "time", "skip", "subject")
    }
    if any(
        roles[c] in ("period", "both", "day", "class", "label", "who") for c in found
    ):
        return found
    return found | {c for c, role in roles.items() if role == "time"}


def _head(
    sheet: Sheet,
    row: int,
    roles: dict[int, str],
    texts: dict[int, str],
    known: dict[int, int],
) -> Head:
    head = Head()
    for column, role in roles.items():
        said = row if texts[column] else known.get(column)
        if said is not None:
            text = sheet.text(said, column)
            head = head.over(_said(sheet, said, column, role, text))
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
        case "subject":
            return Head(subject=text)
        case "skip":
            return Head()
        case _:
            return _other(text)


def _other_class(text: str) -> Head:
    """A class that is only counted (1, 二), or that has a name of another kind."""
    label = row_label(text)
    if label and label.kind is not RowKind.LESSON:
        return Head(period=label)
    return Head(group=ClassLabel(text, None, number(compact(text)), sure=False))


def _other(text: str) -> Head:
    """A label that names a row of the day, or one that is not understood."""
    label = row_label(text)
    return Head(period=label) if label else Head(name=text)


def _time(sheet: Sheet, row: int, column: int, text: str) -> Head:
    (start, end), rest = span_in(text)
    if start is not None:
        label = row_label(rest) if rest else None
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
    # What is taught in the evening is no lesson of the curriculum.
    label = head.period
    if label is None:
        if head.start is None:
            return None
        label = PeriodLabel("", sure=False)
    session = label.session or head.session
    evening = session == EVENING and label.kind is RowKind.LESSON
    return replace(
        label,
        session=session,
        kind=RowKind.AFTER_SCHOOL if evening else label.kind,
        start=head.start if label.start is None else label.start,
        end=head.end if label.end is None else label.end,
    )
