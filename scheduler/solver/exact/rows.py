"""Collects the rows of a PuLP model, each distinct one once."""

from collections.abc import Mapping

import pulp


class ModelRows:
    """Variables, rows and objective of one PuLP model.

    Rows that say the same (odd and even weeks often do) are posted once.
    ``origins`` hold for each row, in order, what ``origin`` was whenever it was posted.
    """

    def __init__(self, name: str) -> None:
        self.model = pulp.LpProblem(name, pulp.LpMinimize)
        self._objective: dict[pulp.LpVariable, int] = {}
        self._constant = 0
        self._known: dict[tuple[object, ...], int] = {}
        self._names: dict[str, int] = {}
        self.origin: object = None
        self.origins: list[list[object]] = []

    def variable(
        self, name: str, high: int | None = None, whole: bool = False
    ) -> pulp.LpVariable:
        """A variable of at least 0."""
        category = pulp.LpInteger if whole else pulp.LpContinuous
        return self.model.add_variable(self._unique(name), 0, high, category)

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
        self._objective[variable] = self._objective.get(variable, 0) + cost

    def charge_constant(self, cost: int) -> None:
        """Add a constant to the objective."""
        self._constant += cost

    def finish(self) -> pulp.LpProblem:
        """Set the objective and return the model."""
        self.model.setObjective(
            pulp.LpAffineExpression(self._objective, constant=self._constant)
        )
        return self.model

    def _post(
        self,
        name: str,
        terms: Mapping[pulp.LpVariable, int],
        sense: int,
        limit: int,
    ) -> None:
        kept = {v: c for v, c in terms.items() if c}
        key = (sense, limit, frozenset((id(v), c) for v, c in kept.items()))
        if key in self._known:
            self.origins[self._known[key]].append(self.origin)
            return
        self._known[key] = len(self.origins)
        row = pulp.LpConstraint(pulp.LpAffineExpression(kept), sense, None, limit)
        self.model.addConstraint(row, self._unique(name))
        self.origins.append([self.origin])

    def _unique(self, name: str) -> str:
        """Readable names that PuLP accepts, told apart by a number."""
        clean = name.translate(_FORBIDDEN)
        count = self._names.get(clean, 0)
        self._names[clean] = count + 1
        return f"{clean}~{count}" if count else clean


_FORBIDDEN = str.maketrans({c: "_" for c in "-+[] ->/.#:,;()~"})
