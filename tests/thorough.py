"""Thoroughness of the tests: how many examples a property is tried on.

The suite that everybody waits for tries a few; ``CUOFENG_THOROUGH=10 make test`` tries
ten times as many, before a release and after a change of what the properties are about.
"""

import os

TIMES = int(os.environ.get("CUOFENG_THOROUGH", "1"))


def times(few: int) -> int:
    """A number of examples, or as many times more as are asked for."""
    return few * TIMES
