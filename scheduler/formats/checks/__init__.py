"""Faults that no single cell shows: times, sums, agreements, what cannot fit."""

from collections.abc import Callable, Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.model.errors import DataError

Check = Callable[[Draft], Iterator[DataError]]

ERRORS: tuple[Check, ...] = ()
WARNINGS: tuple[Check, ...] = ()


def errors_of(draft: Draft) -> list[DataError]:
    """What makes the problem unusable."""
    return [fault for check in ERRORS for fault in check(draft)]


def warnings_of(draft: Draft) -> list[DataError]:
    """What is allowed but looks like a mistake."""
    return [fault for check in WARNINGS for fault in check(draft)]
