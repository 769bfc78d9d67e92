"""Certificate: what a bound rests on, so that somebody else can add it up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices of rows, and for each block of columns why it costs no less.

    Rows and columns are numbered in the order of the exact model; prices and
    multipliers are whole multiples of 1 / ``fineness``.
    """

    bound: int
    unit: int
    """Every cost is a multiple of it, so the bound may be rounded up to one."""
    model: str
    """Fingerprint of the exact model."""
    fineness: int
    columns: tuple[tuple[int, int], ...]
    """(block, so many columns in a row of it), -1 for columns of no block."""
    prices: dict[int, int]
    """By row."""
    multipliers: dict[int, dict[int, int]]
    """By block: by row within it."""
    trusted: dict[int, float]
    """By block: the bound that HiGHS proved in whole numbers."""

    def facts(self) -> dict[str, Any]:
        """The content of certificate.json (docs/certificate.md)."""
        return {
            "format": FORMAT,
            "bound": self.bound,
            "unit": self.unit,
            "model": self.model,
            "fineness": self.fineness,
            "columns": [list(x) for x in self.columns],
            "prices": [list(x) for x in self.prices.items()],
            "multipliers": [
                {"block": block, "rows": [list(x) for x in rows.items()]}
                for block, rows in self.multipliers.items()
            ],
            "trusted": [list(x) for x in self.trusted.items()],
        }

    @staticmethod
    def of(facts: Mapping[str, Any]) -> "Certificate":
        """Read back.

        Raises:
            KeyError, TypeError, ValueError: it is no certificate, or of another format.
        """
        if facts["format"] != FORMAT:
            raise ValueError("a certificate of another format")
        return Certificate(
            bound=int(facts["bound"]),
            unit=int(facts["unit"]),
            model=str(facts["model"]),
            fineness=int(facts["fineness"]),
            columns=tuple((int(b), int(n)) for b, n in facts["columns"]),
            prices={int(k): int(v) for k, v in facts["prices"]},
            multipliers={
                int(x["block"]): {int(k): int(v) for k, v in x["rows"]}
                for x in facts["multipliers"]
            },
            trusted={int(k): float(v) for k, v in facts["trusted"]},
        )
