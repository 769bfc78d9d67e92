"""Collects the rows of a model as arrays; a PuLP model is made of them when wanted."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b

import highspy
import numpy as np
import pulp

from scheduler.solver.exact.handing_over import matrix_of, or_infinite


class ModelRows:
    """Variables, rows and objective of one model.

    Rows that say the same (odd and even weeks often do) are posted once.
    ``origins`` hold for each row, in order, what ``origin`` was whenever it was posted.
    Writing PuLP's rows takes as long as finding them, and who proves needs arrays only.
    """

    def __init__(self, name: str) -> None:
        self._model = pulp.LpProblem(name, pulp.LpMinimize)
        self._number: dict[int, int] = {}
        self._variables: list[pulp.LpVariable] = []
        self._costs: dict[int, int] = {}
        self._constant = 0
        self._charged = True
        self._columns, self._values = array("i"), array("q")
        self._starts = array("i", (0,))
        self._sides: list[tuple[int, int]] = []
        """Sense and limit by row."""
        self._labels: list[str] = []
        self._known: dict[bytes, int] = {}
        """Rows by what they say, as a digest: the entries are kept once."""
        self._names: dict[str, int] = {}
        self._packings: dict[int, list[int]] = {}
        """By variable: rows that let one of several variables be 1."""
        self._made = 0
        """Rows that PuLP has already."""
        self.origin: object = None
        self.origins: list[list[object]] = []

    def variable(
        self, name: str, high: int | None = None, whole: bool = False
    ) -> pulp.LpVariable:
        """A variable of at least 0."""
        category = pulp.LpInteger if whole else pulp.LpContinuous
        made = self._model.add_variable(self._unique(name), 0, high, category)
        self._number[id(made)] = len(self._variables)
        self._variables.append(made)
        return made

    def at_most(
        self, name: str, terms: Mapping[pulp.LpVariable, int], limit: int
    ) -> None:
        """Post sum <= limit."""
        self._post(name, terms, pulp.LpConstraintLE, limit)

    def at_least(
        self, name: str, terms: Mapping[pulp.LpVariable, int], limit: int
    ) -> None:
        """Post sum >= limit."""
        self._post(name, terms, pulp.LpConstraintGE, limit)

    def equal(
        self, name: str, terms: Mapping[pulp.LpVariable, int], value: int
    ) -> None:
        """Post sum == value."""
        self._post(name, terms, pulp.LpConstraintEQ, value)

    def charge(self, variable: pulp.LpVariable, cost: int) -> None:
        """Add cost times the variable to the objective."""
        number = self._number[id(variable)]
        self._costs[number] = self._costs.get(number, 0) + cost
        self._charged = True

    def charge_constant(self, cost: int) -> None:
        """Add a constant to the objective."""
        self._constant += cost
        self._charged = True

    def packed(
        self, variables: Collection[pulp.LpVariable]
    ) -> Iterator[dict[pulp.LpVariable, int]]:
        """Parts of these variables of each of which one row lets only one be 1."""
        rest = {self._number[id(v)]: v for v in variables}
        while rest:
            seen = Counter(r for k in rest for r in self._packings.get(k, ()))
            row, _ = seen.most_common(1)[0] if seen else (-1, 0)
            part = [k for k in rest if row in self._packings.get(k, ())] or [*rest][:1]
            yield {rest.pop(k): 1 for k in part}

    def finish(self) -> pulp.LpProblem:
        """The PuLP model, with all that was posted so far.

        An objective of its own stays until more is charged.
        """
        for k in range(self._made, len(self._sides)):
            part = range(self._starts[k], self._starts[k + 1])
            terms = {self._variables[self._columns[e]]: self._values[e] for e in part}
            sense, limit = self._sides[k]
            row = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, None, limit)
            self._model.addConstraint(row, self._unique(self._labels[k]))
        self._made = len(self._sides)
        if self._charged:
            costs = {self._variables[k]: c for k, c in self._costs.items() if c}
            objective = pulp.LpAffineExpression(costs, constant=self._constant)
            self._model.setObjective(objective)
            self._charged = False
        return self._model

    def _order(self) -> list[int]:
        """Numbers of the variables that matter, in PuLP's order: by name."""
        used = {k for k, c in self._costs.items() if c}.union(self._columns)
        return sorted(used, key=lambda k: self._variables[k].name)

    @property
    def columns(self) -> list[pulp.LpVariable]:
        """The variables in the order of :meth:`arrays`, which is PuLP's too."""
        return [self._variables[k] for k in self._order()]

    def arrays(self) -> highspy.HighsLp:
        """The model for HiGHS, straight from what was posted."""
        lp, order = highspy.HighsLp(), self._order()
        variables = [self._variables[k] for k in order]
        lp.num_col_, lp.offset_ = len(variables), self._constant
        lp.col_cost_ = np.array([self._costs.get(k, 0) for k in order], np.float64)
        place = np.zeros(len(self._variables), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        lp.col_lower_ = np.array([or_infinite(v.lowBound, -1) for v in variables])
        lp.col_upper_ = np.array([or_infinite(v.upBound, 1) for v in variables])
        whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [
            whole if v.cat == pulp.LpInteger else real for v in variables
        ]
        columns = place[np.array(self._columns, np.int64)]
        matrix_of(lp, self._starts, columns, self._values)
        senses, limits = np.array(self._sides, np.float64).reshape(-1, 2).T
        infinity = highspy.kHighsInf
        lp.row_lower_ = np.where(senses == pulp.LpConstraintLE, -infinity, limits)
        lp.row_upper_ = np.where(senses == pulp.LpConstraintGE, infinity, limits)
        return lp

    def _post(
        self,
        name: str,
        terms: Mapping[pulp.LpVariable, int],
        sense: int,
        limit: int,
    ) -> None:
        number = self._number
        kept = {number[id(v)]: c for v, c in terms.items() if c}
        key = _digest(kept, sense, limit)
        if key in self._known:
            self.origins[self._known[key]].append(self.origin)
            return
        self._known[key] = len(self.origins)
        if (sense, limit) == (pulp.LpConstraintLE, 1) and {*kept.values()} == {1}:
            for k in kept:
                self._packings.setdefault(k, []).append(len(self.origins))
        self._columns.extend(kept)
        self._values.extend(kept.values())
        self._starts.append(len(self._columns))
        self._sides.append((sense, limit))
        self._labels.append(name)
        self.origins.append([self.origin])

    def _unique(self, name: str) -> str:
        """Readable names that PuLP accepts, told apart by a number."""
        clean = name.translate(_FORBIDDEN)
        count = self._names.get(clean, 0)
        self._names[clean] = count + 1
        return f"{clean}~{count}" if count else clean


def _digest(row: Mapping[int, int], sense: int, limit: int) -> bytes:
    """What rows that say the same have in common."""
    columns = sorted(row)
    said = array("q", (sense, limit, *columns, *map(row.__getitem__, columns)))
    return blake2b(said.tobytes(), digest_size=16).digest()


_FORBIDDEN = str.maketrans({c: "_" for c in "-+[] ->/.#:,;()~"})
