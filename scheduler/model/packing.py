"""How many classes and pupils the layouts of a venue let in at once."""

from collections.abc import Iterable, Iterator, Mapping
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
    usable = (x for x in layouts if all(z in caps for z in x.zones))
    return sum(_classes(part, caps) for part in _apart(usable))


def most_pupils(
    layouts: tuple[Layout, ...],
    caps: Mapping[str, int],
    pupils: Mapping[str, int | None],
) -> int | None:
    """The most pupils at once on layouts that may be used together.

    Layouts fill up one after the other, in the best order. Where several that may be
    used together overlap in a ring (A with B, B with C, C with A) a mixture may hold
    more.

    Parameters:
        caps: By zone that is open: classes it may hold.
        pupils: By such zone: pupils it may hold, None where it has no cap.

    Returns:
        None where a layout lets in any number.
    """
    usable = [x for x in layouts if all(caps.get(z) for z in x.zones)]
    limits = {x: [pupils[z] for z in x.zones] + [x.max_pupils] for x in usable}
    if any(all(n is None for n in found) for found in limits.values()):
        return None
    endless = sum(n for found in limits.values() for n in found if n is not None)
    room = {z: endless if n is None else n for z, n in pupils.items()}
    return sum(_pupils(part, caps, room, endless) for part in _apart(usable))


def _apart(layouts: Iterable[Layout]) -> Iterator[tuple[Layout, ...]]:
    """Layouts in groups of which no two have a zone in common."""
    groups: list[tuple[set[str], list[Layout]]] = []
    for layout in layouts:
        zones, members = {*layout.zones}, [layout]
        for group in [g for g in groups if g[0] & zones]:
            groups.remove(group)
            zones |= group[0]
            members = group[1] + members
        groups.append((zones, members))
    return (tuple(members) for _, members in groups)


def _classes(layouts: tuple[Layout, ...], caps: Mapping[str, int]) -> int:
    zones = tuple(dict.fromkeys(z for x in layouts for z in x.zones))

    @cache
    def best(number: int, room: tuple[int, ...]) -> int:
        if number == len(layouts):
            return 0
        used = [zones.index(z) for z in layouts[number].zones]
        found = best(number + 1, room)
        most = min(layouts[number].max_classes, *(room[z] for z in used))
        for classes in range(1, most + 1):
            left = tuple(n - classes * (z in used) for z, n in enumerate(room))
            found = max(found, classes + best(number + 1, left))
        return found

    return best(0, tuple(caps[z] for z in zones))


def _pupils(
    layouts: tuple[Layout, ...],
    caps: Mapping[str, int],
    pupils: Mapping[str, int],
    endless: int,
) -> int:
    zones = tuple(dict.fromkeys(z for x in layouts for z in x.zones))

    @cache
    def best(used: int, room: tuple[int, ...], left: tuple[int, ...]) -> int:
        found = 0
        for number, x in enumerate(layouts):
            here = [zones.index(z) for z in x.zones]
            if used >> number & 1 or not all(room[k] for k in here):
                continue
            most = endless if x.max_pupils is None else x.max_pupils
            taken = min(most, *(left[k] for k in here))
            fewer = tuple(n - (k in here) for k, n in enumerate(room))
            rest = tuple(n - taken * (k in here) for k, n in enumerate(left))
            found = max(found, taken + best(used | 1 << number, fewer, rest))
        return found

    return best(0, tuple(caps[z] for z in zones), tuple(pupils[z] for z in zones))
