"""Rows of bells: order, overlaps, numbers of the lessons."""

from collections.abc import Iterator
from itertools import groupby

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.model.errors import DataError
from scheduler.model.text import Text, weekday
from scheduler.model.times import RowKind


def reversed_rows(draft: Draft) -> Iterator[DataError]:
    """A row must end after it starts."""
    for row in draft.rows["bells"]:
        if row.item.end <= row.item.start:
            start = row.cells["start"]
            yield row.fault(
                "end",
                f"不晚于开始时间 {start}",
                f"is not after the start {start}",
                Text("开始和结束是否写反了？", "Maybe start and end are swapped?"),
            )


def overlapping_rows(draft: Draft) -> Iterator[DataError]:
    """Rows of one day must not overlap."""
    for rows in _days(draft):
        latest = rows[0]
        for row in rows[1:]:
            if row.item.start < latest.item.end and row.item.end > row.item.start:
                yield row.fault(
                    "start",
                    f"与{latest.place_zh}（到 {latest.cells['end']}）重叠",
                    f"overlaps {latest.place}, which ends at {latest.cells['end']}",
                    Text("请核对时间。", "Maybe one of the times is a slip?"),
                )
            latest = max(latest, row, key=lambda r: r.item.end)


def lesson_numbers(draft: Draft) -> Iterator[DataError]:
    """Lessons are numbered 1, 2, … in time order; the first wrong one of a day."""
    for rows in _days(draft):
        lessons = [r for r in rows if r.item.kind is RowKind.LESSON]
        for number, row in enumerate(lessons, start=1):
            if row.item.period != number:
                yield row.fault(
                    "period",
                    f"是当天按时间的第{number}节正课，节次应为{number}",
                    f"is lesson {number} of the day by the clock",
                    Text(
                        "正课按时间编为1、2、3…，其他行用别的数字。",
                        f"Maybe number it {number}, and other rows after the lessons?",
                    ),
                )
                break


def short_big_breaks(draft: Draft) -> Iterator[DataError]:
    """Big breaks of a day last half an hour together; said once for each bell.

    Source: the national notice of 2024 (regulations.md 2.1, C04).
    """
    said: set[str] = set()
    for rows in _days(draft):
        breaks = [r for r in rows if r.item.kind is RowKind.BIG_BREAK]
        total = sum(r.item.end - r.item.start for r in breaks)
        bell_id = rows[0].item.bell_id
        if breaks and total < _BIG_BREAK_MINUTES and bell_id not in said:
            said.add(bell_id)
            day = weekday(breaks[0].item.day)
            yield breaks[0].fault(
                "end",
                f"结束，{day.zh}大课间一共{total}分钟，每天应不少于{_BIG_BREAK_MINUTES}分钟",
                f"makes {total} minutes of big break on {day.en}, where "
                f"{_BIG_BREAK_MINUTES} a day are asked for",
                Text("请核对作息。", "Maybe a time is a slip?"),
            )


_BIG_BREAK_MINUTES = 30


def _days(draft: Draft) -> Iterator[list[Located]]:
    """Rows of each bell and day by the clock."""

    def day(row: Located) -> tuple[str, int]:
        return row.item.bell_id, row.item.day

    rows = sorted(draft.rows["bells"], key=lambda r: (*day(r), r.item.start))
    for _, group in groupby(rows, day):
        yield list(group)
