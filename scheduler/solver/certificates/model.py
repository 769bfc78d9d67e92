"""The exact model in whole numbers, read from PuLP, and what its limits can be."""

from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import pulp

NO_SIDE = -(1 << 62)
"""Stands in a fingerprint for a side that a row does not have."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: coefficients by column, and its sides; None where it has none."""

    terms: dict[int, int]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """The exact model in whole numbers, read from PuLP."""

    costs: tuple[int, ...]
    constant: int
    low: tuple[int, ...]
    high: tuple[int, ...]
    whole: tuple[bool, ...]
    rows: tuple[Row, ...]

    @staticmethod
    def of(problem: pulp.LpProblem) -> "Model":
        """Read a PuLP model."""
        variables = problem.variables()
        number = {id(v): k for k, v in enumerate(variables)}
        rows = tuple(
            Row(
                {number[id(v)]: int(c) for v, c in row.items()},
                None if row.getLb() is None else int(row.getLb()),
                None if row.getUb() is None else int(row.getUb()),
            )
            for row in problem.constraints()
        )
        return Model(
            tuple(int(problem.objective.get(v, 0)) for v in variables),
            int(problem.objective.constant),
            tuple(int(v.lowBound) for v in variables),
            tuple(int(v.upBound) for v in variables),
            tuple(v.cat == pulp.LpInteger for v in variables),
            rows,
        )

    @property
    def fingerprint(self) -> str:
        """What no other model has (docs/certificate.md)."""
        terms = [sorted(row.terms.items()) for row in self.rows]
        parts = (
            [self.constant, *self.costs],
            self.low,
            self.high,
            self.whole,
            [len(row) for row in terms],
            [column for row in terms for column, _ in row],
            [value for row in terms for _, value in row],
            [NO_SIDE if row.low is None else row.low for row in self.rows],
            [NO_SIDE if row.high is None else row.high for row in self.rows],
        )
        digest = sha256()
        for part in parts:
            digest.update(array("q", part).tobytes())
        return digest.hexdigest()

    def tightened(self) -> "Model":
        """The same with limits of whole columns as near as rows make them.

        In each row a column must be what all others leave it at the most, or want of it
        at the least; a row is looked at again where a limit of its columns has moved.
        Where rows contradict each other the model stays as it is.
        """
        low, high = list(self.low), list(self.high)
        rows_of: list[list[int]] = [[] for _ in low]
        for number, row in enumerate(self.rows):
            for column in row.terms:
                rows_of[column].append(number)
        waiting = deque(range(len(self.rows)))
        queued = [True] * len(self.rows)
        while waiting:
            number = waiting.popleft()
            queued[number] = False
            for column, least, most in _left_by(self.rows[number], low, high):
                if not self.whole[column]:
                    continue
                if least > most:
                    return self
                low[column], high[column] = least, most
                for other in rows_of[column]:
                    if not queued[other]:
                        queued[other] = True
                        waiting.append(other)
        return replace(self, low=tuple(low), high=tuple(high))


def _left_by(
    row: Row, low: list[int], high: list[int]
) -> Iterator[tuple[int, int, int]]:
    """(column, least, most) of columns that a row holds within nearer limits."""
    parts = {j: sorted((c * low[j], c * high[j])) for j, c in row.terms.items()}
    least = sum(small for small, _ in parts.values())
    most = sum(large for _, large in parts.values())
    for j, c in row.terms.items():
        ends = low[j], high[j]
        if row.high is not None:
            ends = _held(c, row.high - least + parts[j][0], ends)
        if row.low is not None:
            ends = _held(-c, most - parts[j][1] - row.low, ends)
        if ends != (low[j], high[j]):
            yield j, *ends


def _held(times: int, most: int, ends: tuple[int, int]) -> tuple[int, int]:
    """Ends of a whole number of which so many times are at most so much."""
    if times > 0:
        return ends[0], min(ends[1], most // times)
    return max(ends[0], -(most // -times)), ends[1]
