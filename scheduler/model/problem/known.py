"""What is worked out once of one problem; filled by those who work it out."""

from dataclasses import dataclass, field
from typing import Any

from scheduler.model.times import Period, RowKinds
from scheduler.model.venues import Use

RowsKey = tuple[tuple[str, ...], RowKinds, int, int, int]
"""Classes, kinds of rows, day, period, length."""


@dataclass(frozen=True, slots=True)
class Known:
    """Rows of blocks and whether they fit; uses by classes and venue.

    ``others`` is what further layers work out, each under a name of its own.
    """

    rows: dict[RowsKey, tuple[tuple[Period, ...], bool]] = field(default_factory=dict)
    uses: dict[tuple[tuple[str, ...], str], tuple[Use, ...]] = field(
        default_factory=dict
    )
    others: dict[str, Any] = field(default_factory=dict)
