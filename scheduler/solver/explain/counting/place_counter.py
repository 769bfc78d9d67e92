"""How many periods a set of layouts holds, whatever people do besides."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.constraints.base import Capped
from scheduler.constraints.primitives import Capacity
from scheduler.model.meeting import Meeting
from scheduler.model.times import LAYERS
from scheduler.solver.explain.counting.packing import Column, Packed, Use, pack
from scheduler.solver.hard_view import HardView, every_week, possible_in_week
from scheduler.solver.options import LessonGroup

_Footprint = tuple[int, int, int, tuple[Use, ...]]
"""Day, start, end and what is taken: lessons alike in it are one column."""
_Sight = tuple[object, ...]
"""Everything of a meeting that capacities of places look at."""


@dataclass(frozen=True)
class PlaceCounter:
    """Packs lessons into zones, layouts and agreements, and nothing else."""

    limits: dict[Hashable, int]
    one_place_at_a_time: bool
    uses: dict[_Sight, tuple[Use, ...]]

    @staticmethod
    def of(view: HardView) -> "PlaceCounter":
        """Work out what each way to place a lesson takes of places."""
        pooled = view.capacities_pooled(Capped.ZONE, Capped.LAYOUT, Capped.AGREEMENT)
        terms = [term for term, _ in pooled]
        limits: dict[Hashable, int] = {k: most for k, (_, most) in enumerate(pooled)}
        return PlaceCounter(limits, view.caps(Capped.CLASS), _all_uses(view, terms))

    def most(
        self, groups: Sequence[LessonGroup], seconds: float
    ) -> tuple[Packed, Packed] | None:
        """The most periods in the odd and in the even week; None if not proven."""
        odd = self._in_week(groups, LAYERS[0], seconds)
        same = every_week(groups)
        even = odd if same else self._in_week(groups, LAYERS[1], seconds)
        return None if odd is None or even is None else (odd, even)

    def _in_week(
        self, groups: Sequence[LessonGroup], layer: int, seconds: float
    ) -> Packed | None:
        columns = self._columns(possible_in_week(groups, layer))
        return pack(columns, self.limits, {}, seconds)

    def _columns(self, groups: Sequence[LessonGroup]) -> list[Column]:
        users: dict[tuple[_Footprint, int], list[LessonGroup]] = defaultdict(list)
        for group in groups:
            length = group.lessons[0].length
            footprints = (
                (m.day, m.start, m.end, self.uses[sight_of(m)]) for m in group.options
            )
            for footprint in dict.fromkeys(footprints):
                users[footprint, length].append(group)
        return [
            Column(None, day, length, self._room(mine), uses)
            for ((day, _, _, uses), length), mine in users.items()
        ]

    def _room(self, users: Sequence[LessonGroup]) -> int:
        """All these lessons at most, or one for each class if classes may not clash.

        An activity of some pupils is one at a time, too, but several may run at once.
        """
        lessons = sum(g.count for g in users)
        whole = [g for g in users if not g.lessons[0].requirement.is_partial]
        classes = {c for g in whole for c in g.lessons[0].requirement.class_ids}
        some = len(users) - len(whole)
        apart = len(classes) + some
        return min(lessons, apart) if self.one_place_at_a_time else lessons


def sight_of(meeting: Meeting) -> _Sight:
    """What capacities of places look at, alike for meetings that take the same."""
    return (
        meeting.placement.layout_id,
        meeting.day,
        meeting.start,
        meeting.end,
        meeting.class_ids,
        meeting.lesson.requirement.pupils,
    )


def _all_uses(
    view: HardView, terms: Sequence[Capacity]
) -> dict[_Sight, tuple[Use, ...]]:
    found: dict[_Sight, tuple[Use, ...]] = {}
    for group in view.free_groups:
        for meeting in group.options:
            sight = sight_of(meeting)
            if meeting.layout is not None and sight not in found:
                found[sight] = tuple(_uses(meeting, terms))
    return found


def _uses(meeting: Meeting, terms: Sequence[Capacity]) -> Iterator[Use]:
    """What a meeting takes; the week does not matter to places."""
    for k, term in enumerate(terms):
        span = term.span(meeting)
        if span is not None:
            yield Use(k, 0, *span, term.demand(meeting.lesson))
