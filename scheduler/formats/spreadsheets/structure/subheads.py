"""Header rows below the first one of a band: periods, classes, fields, times, dates."""

from collections.abc import Callable
from dataclasses import replace

from scheduler.formats.spreadsheets.labels.class_names import (
    ClassLabel,
    lone_number,
    whole_class,
)
from scheduler.formats.spreadsheets.labels.clock import moment, span_in
from scheduler.formats.spreadsheets.labels.periods import (
    is_pe_row,
    period_label,
    row_label,
    session_of,
)
from scheduler.formats.spreadsheets.labels.words import compact
from scheduler.formats.spreadsheets.structure.heads import Head, field_of, week_of
from scheduler.formats.spreadsheets.structure.sheet import Sheet

MOST_SUBROWS = 3
Columns = dict[int, Head]


def sub_rows(sheet: Sheet, row: int, first: int) -> tuple[int, list[Columns]]:
    """Header rows below the first one, and the end of the band."""
    subs: list[Columns] = []
    bottom = row + 1
    for below in range(row + 1, min(row + 1 + MOST_SUBROWS, sheet.height)):
        if any(
            sheet.anchor(below, c) != sheet.anchor(below - 1, c)
            and _labels_a_row(sheet.text(below, c))
            for c in range(first)
        ):
            break
        if sheet.blank(below, first):
            continue
        heads = _sub_row(sheet, below, first)
        if heads is None or _is_taught(heads, subs):
            break
        subs.append(heads)
        bottom = below + 1
    return bottom, subs


def _is_taught(heads: Columns, subs: list[Columns]) -> bool:
    """Whether classes below periods are cells: a teacher's row names only some."""
    if not any(head.group for head in heads.values()):
        return False
    numbered = {c for sub in subs for c, head in sub.items() if head.period}
    return not numbered <= heads.keys()


def _labels_a_row(text: str) -> bool:
    return bool(text) and (
        period_label(text) is not None or whole_class(text) is not None
    )


def _sub_row(sheet: Sheet, row: int, first: int) -> Columns | None:
    """Labels of one header row, if most of what stands in it is of one kind."""
    texts = {c: t for c in range(first, sheet.width) if (t := sheet.text(row, c))}
    same = {
        c for c in texts if row and sheet.anchor(row, c) == sheet.anchor(row - 1, c)
    }
    texts = {c: t for c, t in texts.items() if c not in same}
    if len(texts) < 2:
        return {} if same and not texts else None
    for label in (_session_head, _period_head, class_head, _field_head, _date_head):
        found = {c: head for c, t in texts.items() if (head := label(sheet, row, c, t))}
        if len(found) >= 2 and len(found) >= 0.6 * len(texts):
            return found | _pe_columns(label, texts, found)
    return None


def _pe_columns(
    label: Callable[..., Head | None], texts: dict[int, str], found: Columns
) -> Columns:
    """Columns beside those of periods that are named 体育活动."""
    if label is not _period_head:
        return {}
    return {
        c: Head(period=row_label(t))
        for c, t in texts.items()
        if c not in found and is_pe_row(t)
    }


def _session_head(sheet: Sheet, row: int, column: int, text: str) -> Head | None:
    session = session_of(text)
    return Head(session=session) if session else None


def _period_head(sheet: Sheet, row: int, column: int, text: str) -> Head | None:
    label = period_label(text)
    if label is None and (minute := moment(sheet.cell(row, column))) is not None:
        return Head(start=minute)
    if label and label.first is None and label.start is not None and not label.sure:
        return Head(start=label.start, end=label.end)
    return Head(period=label) if label else None


def class_head(sheet: Sheet, row: int, column: int, text: str) -> Head | None:
    """A class that a header cell names, also as a date (``3-1`` typed) or a number."""
    if sheet.is_date(row, column):
        value = sheet.cell(row, column).value
        month, day = value.month, value.day  # type: ignore[union-attr]
        if month <= 9 and day <= 30:
            return Head(group=ClassLabel(f"{month}-{day}", month, day, sure=False))
        return None
    label = whole_class(text) or lone_number(text)
    if label is None:
        return None
    own = " ".join(sheet.printed(row, column).split())
    return Head(group=replace(label, printed=own or label.printed))


def _field_head(sheet: Sheet, row: int, column: int, text: str) -> Head | None:
    field, week = field_of(text), week_of(text)
    return Head(field=field, week=week) if field or week else None


def _date_head(sheet: Sheet, row: int, column: int, text: str) -> Head | None:
    short = compact(text).strip("()")
    is_day = short.rstrip("日号").replace("月", "/").replace(".", "/").replace("-", "/")
    dated = sheet.is_date(row, column) or (
        "/" in is_day and is_day.replace("/", "").isdecimal()
    )
    return Head() if dated or span_in(text)[0][0] is not None else None


def joined(subs: list[Columns], column: int) -> Head:
    head = Head()
    for sub in subs:
        head = head.over(sub.get(column, Head()))
    return head
