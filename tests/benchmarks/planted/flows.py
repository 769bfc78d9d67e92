"""Choose some of the lessons so that every sum stays within its bounds.

The sums form a tree on the teachers' side (rooms of a kind > teacher) and one on the
classes' side (class > PE of a class > requirement). For such a pair of trees the choice
is a flow: whole where the bounds are whole. It is how a bipartite graph is coloured
evenly, one colour after the other (D. de Werra, 1971).
"""

from collections import deque
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass

Node = Hashable
Bounds = Mapping[Node, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Edge:
    """A lesson of one period: its sums from the outermost inwards, on both sides."""

    key: str
    staff: tuple[Node, ...]
    pupils: tuple[Node, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All sums in which the lesson counts."""
        return self.staff + self.pupils


def choose(
    edges: Sequence[Edge],
    bounds: Bounds,
    forced: Set[str] = frozenset(),
    many: bool = True,
    barred: Set[str] = frozenset(),
) -> list[bool] | None:
    """Whether each edge is chosen, or None where the bounds cannot be kept.

    Parameters:
        bounds: Least and most chosen edges of every node.
        forced: Keys of edges that must be chosen.
        many: Choose as many as can be, rather than as few as must be.
        barred: Keys of edges that must not be chosen.
    """
    if forced & barred:
        return None
    network = _Network()
    source, sink = network.node(), network.node()
    name: dict[Node, int] = {}
    for edge in edges:
        for chain, root in ((edge.staff, source), (edge.pupils, sink)):
            above = root
            for label in chain:
                if label not in name:
                    name[label] = network.node()
                    ends = (above, name[label])
                    low, high = bounds[label]
                    ends = ends if root is source else ends[::-1]
                    network.between(*ends, low, high)
                above = name[label]
    first = network.arcs
    for edge in edges:
        ends = name[edge.staff[-1]], name[edge.pupils[-1]]
        most = int(edge.key not in barred)
        network.between(*ends, int(edge.key in forced), most)
    back = network.arcs
    network.between(sink, source, 0, len(edges))
    if not network.feasible():
        return None
    network.close(back)
    if many:
        network.most(source, sink)
    return [
        network.room[first + 2 * k] == 0 and edge.key not in barred
        for k, edge in enumerate(edges)
    ]


class _Network:
    """Arcs with lower bounds; a feasible circulation by blocking flows (Dinic)."""

    def __init__(self) -> None:
        self.out: list[list[int]] = []
        self.head: list[int] = []
        self.room: list[int] = []
        self.need: dict[int, int] = {}

    @property
    def arcs(self) -> int:
        return len(self.head)

    def node(self) -> int:
        self.out.append([])
        return len(self.out) - 1

    def between(self, tail: int, head: int, low: int, high: int) -> None:
        """An arc whose flow lies between the bounds: what must flow is owed."""
        self._arc(tail, head, high - low)
        if low:
            self.need[head] = self.need.get(head, 0) + low
            self.need[tail] = self.need.get(tail, 0) - low

    def _arc(self, tail: int, head: int, room: int) -> None:
        for a, b, free in ((tail, head, room), (head, tail, 0)):
            self.out[a].append(self.arcs)
            self.head.append(b)
            self.room.append(free)

    def close(self, arc: int) -> None:
        """Let nothing more run along an arc, in either direction."""
        self.room[arc] = self.room[arc ^ 1] = 0

    def feasible(self) -> bool:
        """Send what is owed; tell whether all of it arrives."""
        giver, taker = self.node(), self.node()
        owed = 0
        for node, need in self.need.items():
            if need > 0:
                self._arc(giver, node, need)
                owed += need
            elif need < 0:
                self._arc(node, taker, -need)
        return self.most(giver, taker) == owed

    def most(self, source: int, sink: int) -> int:
        """Send as much more as can be."""
        total = 0
        while (level := self._levels(source, sink)) is not None:
            at = [0] * len(self.out)
            while path := self._path(source, sink, level, at):
                step = min(self.room[arc] for arc in path)
                for arc in path:
                    self.room[arc] -= step
                    self.room[arc ^ 1] += step
                total += step
        return total

    def _levels(self, source: int, sink: int) -> list[int] | None:
        level = [-1] * len(self.out)
        level[source] = 0
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for arc in self.out[node]:
                if self.room[arc] and level[self.head[arc]] < 0:
                    level[self.head[arc]] = level[node] + 1
                    queue.append(self.head[arc])
        return level if level[sink] >= 0 else None

    def _path(
        self, source: int, sink: int, level: list[int], at: list[int]
    ) -> list[int]:
        """Arcs of one path down the levels, dead ends left behind for good."""
        path: list[int] = []
        node = source
        while node != sink:
            while at[node] < len(self.out[node]):
                arc = self.out[node][at[node]]
                head = self.head[arc]
                if self.room[arc] and level[head] == level[node] + 1:
                    path.append(arc)
                    node = head
                    break
                at[node] += 1
            else:
                if not path:
                    return []
                node = self.head[path.pop() ^ 1]
                at[node] += 1
        return path
