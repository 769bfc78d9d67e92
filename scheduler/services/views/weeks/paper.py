"""Fitting weeks on one sheet of paper: how large the type may be."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import ceil

from scheduler.formats.week_grid import BellGroup, Entry, GridCell, SchoolGrid, WeekGrid
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.services.views.concerned import SubjectOf

# Millimetres that are left of A4 and of A3, both across, by margins and headings.
_WEEK = (279.0, 164.0)
_SCHOOL = (402.0, 262.0)
_TIME_WIDTH, _NAME_WIDTH = 24.0, 17.0
_CELL = (3.8, 1.6)  # what padding and borders of a cell take
_NARROW = (1.5, 1.3)  # the same in the master timetable
_BETWEEN = 0.6  # height between lessons of one cell
_GROUP = 16.0  # height of the headings over a group of classes
_POINT = 25.4 / 72
_LEADING = 1.3  # height of a line over that of its type
_MARK = Text("i", "even ")  # as wide as the marks of weeks are drawn
_WEEK_SIZES = (13, 12, 11, 10, 9, 8, 7, 6)
_SCHOOL_SIZES = (10, 9, 8, 7, 6, 5, 4)


def week_size(grid: WeekGrid, kind: SubjectOf, language: str) -> int:
    """Size of type, in points, at which a week fills one A4 page and no more."""
    return _largest(
        _WEEK_SIZES, _WEEK[1], lambda size: _Type(size, language).week(grid, kind)
    )


def school_size(grid: SchoolGrid, language: str, teachers: bool) -> int:
    """The same for the master timetable on A3, with or without its teachers."""
    return _largest(
        _SCHOOL_SIZES,
        _SCHOOL[1],
        lambda size: sum(_Type(size, language).group(g, teachers) for g in grid.groups),
    )


def _largest(
    sizes: tuple[int, ...], room: float, height: Callable[[int], float]
) -> int:
    return next((size for size in sizes if height(size) <= room), sizes[-1])


@lru_cache(4096)
def _ems(text: str) -> float:
    """How wide a text is, in sizes of its type: names come again and again."""
    wide = (unicodedata.east_asian_width(c) in "WFA" for c in text.strip())
    return sum(1.0 if w else 0.56 for w in wide)


class _Type:
    """Type of one size: the millimetres that texts take in it."""

    def __init__(self, size: int, language: str) -> None:
        self._em = size * _POINT
        self._language = language

    def week(self, grid: WeekGrid, kind: SubjectOf) -> float:
        """Height of a week's table."""
        width = (_WEEK[0] - _TIME_WIDTH) / max(1, len(grid.days)) - _CELL[0]
        heads = (
            "" if row.merged else f"{self._say(row.label)} 00:00–00:00"
            for row in grid.rows
        )
        heights = [
            self._lines(self._wrapped(head, _TIME_WIDTH - _CELL[0]))
            for head in ("", *heads)
        ]
        for place, row in enumerate(grid.rows, start=1):
            for cell in row.cells:
                # A cell over several rows takes an equal part of each.
                part = self._cell(cell, kind, width) / max(1, cell.row_span)
                for below in range(place, place + cell.row_span):
                    heights[below] = max(heights[below], part)
        return sum(heights) + len(heights) * _CELL[1]

    def group(self, group: BellGroup, teachers: bool) -> float:
        """Height of the table of a group of classes."""
        width = (_SCHOOL[0] - _NAME_WIDTH) / max(1, len(group.columns)) - _NARROW[0]
        rows = (
            max(
                (self._short(cell, width, teachers) for cell in row.cells),
                default=0.0,
            )
            for row in group.rows
        )
        return _GROUP + sum(max(self._lines(1), row) + _NARROW[1] for row in rows)

    def _cell(self, cell: GridCell, kind: SubjectOf, width: float) -> float:
        lines = sum(
            self._wrapped(text, width)
            for entry in cell.entries
            for text in self._said(entry, kind, entry.start != cell.start)
        )
        lines += bool(cell.shut) + len(cell.holes)
        return self._lines(lines) + _BETWEEN * len(cell.entries)

    def _said(self, entry: Entry, kind: SubjectOf, timed: bool) -> Iterable[str]:
        """The lines that a lesson is printed in, as the template has them."""
        mark = "单 " if entry.week in (Week.ODD, Week.EVEN) else ""
        clock = "00:00–00:00" if timed else ""
        subject, teachers = self._say(entry.subject), "、".join(entry.teacher_names)
        classes = "、".join(entry.class_names)
        if kind is SubjectOf.VENUE:
            who = f"{classes} {self._say(entry.short)}"
            if entry.some is not None:
                who = f"{self._say(entry.subject)} 00人"
            yield f"{mark}{who} {teachers} {entry.part} {clock}"
        elif kind is SubjectOf.TEACHER:
            yield f"{mark}{classes}"
            yield f"{subject} {entry.place} {clock}"
        elif entry.some is not None:
            yield f"{mark}{subject}（部分学生）"
        else:
            yield f"{mark}{subject}"
            joint = f"合班 {classes}" if len(entry.class_names) > 1 else ""
            yield f"{teachers} {entry.place} {joint} {clock}"

    def _short(self, cell: GridCell, width: float, teachers: bool) -> float:
        lines = 0
        for entry in cell.entries:
            mark = self._say(_MARK) if entry.week in (Week.ODD, Week.EVEN) else ""
            lines += self._wrapped(mark + self._say(entry.short), width)
            if teachers:
                lines += self._wrapped("、".join(entry.teacher_names), width)
        return self._lines(lines) + _BETWEEN * len(cell.entries)

    def _wrapped(self, text: str, width: float) -> int:
        return max(1, ceil(_ems(text) * self._em / max(width, self._em)))

    def _lines(self, count: int) -> float:
        return count * self._em * _LEADING

    def _say(self, text: Text) -> str:
        return text.in_language(self._language)
