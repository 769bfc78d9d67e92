"""What is proven of a model in blocks at prices, and the certificate of it."""

import math
from dataclasses import dataclass, field

import highspy
import numpy as np

from scheduler.solver.certificates.certificate import Certificate
from scheduler.solver.exact.blocks import LOOSE, Floats, Ints
from scheduler.solver.exact.prices import FINENESS, Priced, rounded
from scheduler.solver.exact.reduced_costs import reduce_costs
from scheduler.solver.exact.relaxation import Relaxation

_ROUNDING = 1e-9
_CLEARLY = 0.01
"""A gain that is worth going on for."""


@dataclass
class BlockProof:
    """What is proven of each block, and how."""

    priced: Priced
    worth: dict[int, float]
    """By block: a bound on its cost at these prices."""
    multipliers: dict[int, Floats] = field(default_factory=dict)
    """Of the rows of blocks whose bound follows from them."""
    solved: set[int] = field(default_factory=set)
    """Blocks whose bound HiGHS proved in whole numbers."""

    @staticmethod
    def of(priced: Priced, multipliers: Floats) -> "BlockProof":
        """What the relaxation's own multipliers prove of each block."""
        proof, multipliers = BlockProof(priced, {}), rounded(multipliers)
        for block in priced.cut.blocks:
            own = multipliers[priced.cut.kept == block]
            proof.worth[block] = Relaxation(priced.model(block)).bound_by(own)
            proof.multipliers[block] = own
        return proof

    @property
    def total(self) -> float:
        """The bound on the whole, less what adding up may be off by."""
        base = self.priced.base
        off = _ROUNDING * (abs(base) + sum(map(abs, self.worth.values())))
        return base + math.fsum(self.worth.values()) - off

    def certificate(self, bound: int, unit: int, model: str) -> Certificate:
        """What the bound rests on."""
        kept, columns = self.priced.cut.kept, self.priced.cut.columns
        ends = np.flatnonzero(np.diff(columns, append=LOOSE - 1)) + 1
        sizes = np.diff(ends, prepend=0)
        return Certificate(
            bound=bound,
            unit=unit,
            model=model,
            fineness=FINENESS,
            columns=tuple(zip(columns[ends - 1].tolist(), sizes.tolist(), strict=True)),
            prices=_sparse(self.priced.prices, np.arange(len(kept))),
            multipliers={
                b: self._multipliers(b) for b in self.worth if b not in self.solved
            },
            trusted={b: self.worth[b] for b in self.solved},
        )

    def _multipliers(self, block: int) -> dict[int, int]:
        """By row; none where each column by itself costs as much."""
        rows = np.flatnonzero(self.priced.cut.kept == block)
        own = self.multipliers.get(block, np.zeros(len(rows)))
        return _sparse(self.priced.usable(block, own), rows)

    def reduce_costs(self, block: int, part: highspy.HighsLp) -> float:
        """Make a block's costs small where it has prices; what that took from them."""
        own = self.multipliers.get(block)
        if own is None or not self.priced.prices.any():
            return 0.0
        return reduce_costs(part, self.priced.usable(block, own))

    def improve(self, block: int, bound: float) -> bool:
        """Note a bound in whole numbers; whether it is clearly better."""
        known = self.worth[block]
        if bound > known:
            self.worth[block] = bound
            self.solved.add(block)
        return bound > known + _CLEARLY


def _sparse(multipliers: Floats, rows: Ints) -> dict[int, int]:
    """By row: multiples of 1 / FINENESS that are not 0."""
    whole = np.round(multipliers * FINENESS).astype(np.int64)
    return dict(zip(rows[whole != 0].tolist(), whole[whole != 0].tolist(), strict=True))
