"""What meetings of one problem share; filled by meeting.py as it is worked out."""

from dataclasses import dataclass, field

from scheduler.model.times import Period, RowKinds
from scheduler.model.venues import Use

RowsKey = tuple[tuple[str, ...], RowKinds, int, int, int]
"""Classes, kinds of rows, day, period, length."""


@dataclass(frozen=True, slots=True)
class Known:
    """Rows of blocks and whether they fit; uses by classes and venue."""

    rows: dict[RowsKey, tuple[tuple[Period, ...], bool]] = field(default_factory=dict)
    uses: dict[tuple[tuple[str, ...], str], tuple[Use, ...]] = field(
        default_factory=dict
    )
