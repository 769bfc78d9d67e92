"""Patterns of one row, for rules that only ask whether a day or slot is used."""

from scheduler.constraints.day_rows import Row

ONE_ROW: tuple[Row, ...] = ((0, 1),)
"""A stretch of time as a whole; several lessons may lie on it."""


def is_used(mask: int) -> int:
    """1 for a mask with any row."""
    return int(mask > 0)
