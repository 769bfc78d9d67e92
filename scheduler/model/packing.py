"""How many classes the layouts of a venue let in at once."""

from collections.abc import Mapping
from functools import cache

from scheduler.model.venues import Layout


def most_classes(layouts: tuple[Layout, ...], caps: Mapping[str, int]) -> int:
    """The most classes at once, each in one layout and so in all its zones.

    Parameters:
        caps: By zone that is open: classes it may hold.

    Returns:
        The exact maximum; fewer than the zones hold together where layouts of
        several zones are all there is.
    """
    zones = tuple(caps)
    usable = tuple(
        (tuple(zones.index(z) for z in x.zones), x.max_classes)
        for x in layouts
        if all(z in caps for z in x.zones)
    )

    @cache
    def best(number: int, room: tuple[int, ...]) -> int:
        if number == len(usable):
            return 0
        used, most = usable[number]
        found = best(number + 1, room)
        for classes in range(1, min(most, *(room[z] for z in used)) + 1):
            left = tuple(n - classes * (z in used) for z, n in enumerate(room))
            found = max(found, classes + best(number + 1, left))
        return found

    return best(0, tuple(caps.values()))
