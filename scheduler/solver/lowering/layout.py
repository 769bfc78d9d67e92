"""How costs and arrays are laid out, for those who make them and those who read them.

A cost is one whole number, hard * HARD + soft, so that one table look-up gives both.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

HARD = 1 << 32
"""One unit of hard cost; soft costs and their differences stay below half of it."""
BREACH = 16
"""Hard cost, in a search, of 40 minutes of a clash or of one unit beyond a limit."""

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Rows = NDArray[Any]
"""Rows with named fields."""

OPTION = np.dtype([(name, np.int32) for name in ("at", "slot", "key", "cost")])
"""Where its effects begin; its slot; a number that is alike for options that differ in
time only; its own soft cost."""
COUNTER = np.dtype([(name, np.int32) for name in ("count", "table", "sum", "unit")])
"""Its count now; where in the table the cost of 0 stands; the sum of the lessons in it;
1 for a capacity that one lesson fills. A capacity for more has in place of the sum its
number in ``crowds``. Side by side, for a search waits for memory more than it
computes."""
ROW = np.dtype([(name, np.int32) for name in ("count", "pattern", "bit")])
"""A row of a day: lessons on it; its pattern and its bit in it."""
RANGE, CHOICE, EVENT = 0, 1, 2
"""Kinds of extra effects; of sets the first two."""
