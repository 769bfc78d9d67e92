"""Rows of a model over whole variables, each distinct one once; no solver needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HIGHEST = 10**6
"""Bound of variables that only the objective holds down."""

Row = Mapping[int, int]
"""Variables by their number, with coefficients."""


@dataclass
class Rows:
    """Variables from 0 to ``high``, linear rows, tables, and what is to be least.

    Offers what seats.py needs to make its variables here.
    """

    high: list[int] = field(default_factory=list)
    linear: list[tuple[dict[int, int], int | None, int | None]] = field(
        default_factory=list
    )
    """Coefficients by variable, and the least and most of their sum."""
    tables: list[tuple[tuple[int, ...], list[tuple[int, ...]]]] = field(
        default_factory=list
    )
    """Columns and the tuples they may take together."""
    objective: dict[int, int] = field(default_factory=dict)
    constant: int = 0
    _known: set[object] = field(default_factory=set)

    def variable(self, name: str, high: int | None = None, whole: bool = True) -> int:
        """A whole variable from 0; all are whole, as every amount is."""
        self.high.append(HIGHEST if high is None else high)
        return len(self.high) - 1

    def equal(self, name: str, row: Row, value: int) -> None:
        """Post sum == value."""
        self.between(row, value, value)

    def between(self, row: Row, low: int | None, high: int | None) -> None:
        """Post low <= sum <= high."""
        kept = {v: c for v, c in row.items() if c}
        key = (low, high, frozenset(kept.items()))
        if key not in self._known:
            self._known.add(key)
            self.linear.append((kept, low, high))

    def table(self, columns: Sequence[int], tuples: Sequence[tuple[int, ...]]) -> None:
        """The columns together take one of the tuples."""
        key = (tuple(columns), tuple(tuples))
        if key not in self._known:
            self._known.add(key)
            self.tables.append((tuple(columns), list(tuples)))

    def charge(self, variable: int, cost: int) -> None:
        """Add cost times the variable to the objective."""
        self.objective[variable] = self.objective.get(variable, 0) + cost

    def charge_constant(self, cost: int) -> None:
        """Add a constant to the objective."""
        self.constant += cost
