"""Components: what ties join, one after the other."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def components(names: Iterable[T], ties: Iterable[Iterable[T]]) -> list[list[T]]:
    """Names that ties join in one list, each name once, in order.

    Parameters:
        ties: Names of which each belongs to the same component.
    """
    root = {name: name for name in names}

    def find(name: T) -> T:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for tied in ties:
        found = [find(name) for name in tied]
        root.update(dict.fromkeys(found, found[0]) if found else {})
    joined: dict[T, list[T]] = defaultdict(list)
    for name in root:
        joined[find(name)].append(name)
    return list(joined.values())
