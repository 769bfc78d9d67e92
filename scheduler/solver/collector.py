"""Python's cyclic garbage collector, kept from looking at what is being built."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# In the end Python looks for cycles among all that is left: a second on 36 classes.
atexit.register(gc.freeze)

MANY = 50_000
"""New objects that are better not looked at once more; of fewer that takes no time."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collections meanwhile; also a decorator.

    Hundreds of thousands of options and columns, none of them in a cycle, would be
    looked at again and again while their number grows: a quarter of the time. In the
    end so many of them count as old, as if they had been looked at.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Frozen ones are counted one by one, where there are any.
            if gc.get_count()[0] > MANY and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()  # into the oldest generation, without a look
            gc.enable()
