"""Dividing contested venues: windows given to schools by leximin of what they lack.

In a venue of several zones a zone belongs to one school at a time; a venue of one zone
may be shared by classes of several schools up to its caps.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scheduler.district.sharing.needs import Group, Need
from scheduler.district.sharing.windows import Window, windows_of
from scheduler.model.problem import Problem
from scheduler.model.times import stretches
from scheduler.model.venues import Zone
from scheduler.solver.sharing.division import Claim, Divided, Division, Row
from scheduler.solver.sharing.leximin import in_turn, leximin

_LESSON, _PLACE, _WISH = 1000, 10, 300
"""What a lesson beyond the need, a place left over and a wish kept are worth, in
minutes of walking."""


@dataclass(frozen=True)
class Grant:
    """A window given: how many classes at once, in which zones (none: all agreed)."""

    window: Window
    classes: int
    zones: tuple[str, ...]


@dataclass(frozen=True)
class VenueShares:
    """The division of contested venues: windows given, and what each need gets."""

    needs: tuple[Need, ...]
    grants: tuple[Grant, ...]
    divided: Divided | None

    def met(self, claim: int) -> int:
        """Lessons of what a need lacks that it gets."""
        lacking = [k for k, need in enumerate(self.needs) if need.lacking]
        if self.divided is None or claim not in lacking:
            return 0
        return self.divided.met[lacking.index(claim)]


Liked = Mapping[str, Collection[tuple[str, int, int]]]
"""What parts would like best, by their keys: a venue or teacher, a day, a minute."""


def divide_venues(
    whole: Problem,
    needs: Sequence[Need],
    contested: Sequence[str],
    seconds: float,
    liked: Liked,
) -> VenueShares:
    """Divide all contested venues among the needs, the fairest way there is.

    Parameters:
        liked: Decides between divisions that are equally fair.

    Raises:
        ValueError: agreements that must be kept contradict each other.
    """
    model = _Model(whole, needs, _windows(needs, contested), liked)
    division = model.division()
    if not division.claims:
        return VenueShares(tuple(needs), (), None)
    divided = leximin(division, seconds)
    amounts = leximin(model.ample(division, divided), seconds).amounts
    return VenueShares(tuple(needs), model.grants(amounts), divided)


def first_come(
    whole: Problem, needs: Sequence[Need], contested: Sequence[str], seconds: float
) -> tuple[int, ...]:
    """What each need would get if schools came in the order of their table."""
    division = _Model(whole, needs, _windows(needs, contested), {}).division()
    taken = iter(in_turn(division, seconds))
    return tuple(next(taken) if need.lacking else 0 for need in needs)


def _windows(needs: Sequence[Need], contested: Sequence[str]) -> list[Window]:
    return [w for k, need in enumerate(needs) for w in windows_of(k, need, contested)]


class _Model:
    """Choices of one division: classes by window and layout, lessons, zones."""

    def __init__(
        self,
        whole: Problem,
        needs: Sequence[Need],
        windows: Sequence[Window],
        liked: Liked,
    ) -> None:
        self._whole, self._needs, self._windows = whole, needs, windows
        self._liked = liked
        self._most: list[int] = []
        self._rows: list[Row] = []
        self._charges: dict[int, int] = {}
        self._zones: dict[str, list[Zone]] = defaultdict(list)
        for zone in whole.all_zones:
            self._zones[zone.venue_id].append(zone)
        self._places: list[dict[str, int]] = [{} for _ in windows]
        self._lessons: list[dict[Group, int]] = [{} for _ in windows]
        self._taken: dict[tuple[int, str], int] = {}
        self._beyond: dict[str, tuple[int, ...]] = {}

    def division(self) -> Division:
        """The whole division."""
        for number, window in enumerate(self._windows):
            self._offer(number, window)
        self._hold_capacities()
        self._count_lessons()
        claims = tuple(
            Claim(
                need.part.key, self._counted(k, need), need.lacking, priority_of(need)
            )
            for k, need in enumerate(self._needs)
            if need.lacking
        )
        return Division(self._most, self._rows, claims, self._charges)

    def ample(self, division: Division, divided: Divided) -> Division:
        """What is left, divided as fairly: windows beyond the need, to choose among.

        Nobody loses anything of the division before.
        """
        rows = [
            Row(dict.fromkeys(claim.parts, 1), least=met)
            for claim, met in zip(division.claims, divided.met, strict=True)
        ]
        claims = tuple(
            Claim(
                claim.name,
                self._beyond[claim.name],
                -(-claim.need // 2),
                claim.priority,
            )
            for claim in division.claims
        )
        return Division(self._most, [*self._rows, *rows], claims, self._charges)

    def _counted(self, k: int, need: Need) -> tuple[int, ...]:
        """Choices that count lessons of a need: of each day, and of any day."""
        given: dict[int, dict[int, int]] = defaultdict(dict)
        for number, window in enumerate(self._windows):
            if window.claim == k:
                for choice in self._lessons[number].values():
                    given[window.day][choice] = -1
        counted, rest, beyond = [], [], []
        for day, choices in given.items():
            here = [self._choice(need.by_day.get(day, 0)), self._choice(need.rest)]
            more = self._choice(-(-need.lacking // 2))
            terms = dict.fromkeys((*here, more), 1) | choices
            self._rows.append(Row(terms, most=0))
            counted.append(here[0])
            rest.append(here[1])
            beyond.append(more)
        self._rows.append(Row(dict.fromkeys(rest, 1), most=need.rest))
        self._beyond[need.part.key] = tuple(beyond)
        return (*counted, *rest)

    def grants(self, amounts: Sequence[int]) -> tuple[Grant, ...]:
        """The windows given."""
        found = []
        for number, window in enumerate(self._windows):
            classes = sum(amounts[c] for c in self._places[number].values())
            taken = [z for (n, z), c in self._taken.items() if n == number]
            zones = tuple(z for z in taken if amounts[self._taken[number, z]])
            if classes:
                found.append(Grant(window, classes, zones))
        return tuple(found)

    def _choice(self, most: int, charge: int = 0) -> int:
        self._most.append(most)
        if charge:
            self._charges[len(self._most) - 1] = charge
        return len(self._most) - 1

    def _offer(self, number: int, window: Window) -> None:
        """Classes at once by layout, and lessons of each group in the window."""
        agreement, places = window.agreement, self._places[number]
        biggest = max(g.pupils for g in window.rows)
        room = min(agreement.max_classes, sum(g.at_once for g in window.rows))
        if agreement.max_pupils is not None:
            room = min(room, agreement.max_pupils // biggest)
        for layout in window.layouts:
            most = min(room, layout.max_classes)
            places[layout.layout_id] = self._choice(most, -_PLACE)
        everywhere = dict.fromkeys(places.values(), 1)
        self._rows.append(Row(everywhere, room if agreement.firm else None, room))
        longest = max(window.rows.values())
        lessons = self._lessons[number]
        for group, rows in window.rows.items():
            worth = _LESSON + (_WISH if self._is_liked(window) else 0)
            charge = 2 * agreement.walk_minutes - worth
            most = rows * min(room, group.at_once)
            lessons[group] = self._choice(most, charge)
            its = {c: -rows for name, c in places.items() if name in group.layouts}
            self._rows.append(Row({lessons[group]: 1, **its}, most=0))
        if len(lessons) > 1:
            both = dict.fromkeys(lessons.values(), 1)
            both |= dict.fromkeys(places.values(), -longest)
            self._rows.append(Row(both, most=0))

    def _is_liked(self, window: Window) -> bool:
        """Whether the school wished for the window, or took it when it could choose."""
        minutes = self._liked.get(self._needs[window.claim].part.key, ())
        return window.agreement.wish or any(
            (name, day) == (window.venue_id, window.day)
            and window.start <= minute < window.end
            for name, day, minute in minutes
        )

    def _hold_capacities(self) -> None:
        """Caps of zones and layouts at every moment, over all schools."""
        here: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, window in enumerate(self._windows):
            here[window.venue_id, window.day].append(number)
        for (venue_id, _), numbers in here.items():
            times = [(self._windows[n].start, self._windows[n].end) for n in numbers]
            for zone in self._zones[venue_id]:
                if len(self._zones[venue_id]) > 1:
                    self._take(zone, numbers)
            for start, end in stretches(times):
                inside = [
                    n
                    for n in numbers
                    if self._windows[n].start <= start and end <= self._windows[n].end
                ]
                self._hold(venue_id, inside)

    def _take(self, zone: Zone, numbers: Sequence[int]) -> None:
        """Whether each window has the zone, and what it then holds."""
        for number in numbers:
            its = self._in_zone(number, zone.zone_id)
            if its:
                taken = self._choice(1, 1)
                self._taken[number, zone.zone_id] = taken
                most = {**its, taken: -zone.max_classes}
                self._rows.append(Row(most, most=0))

    def _in_zone(self, number: int, zone_id: str) -> dict[int, int]:
        window = self._windows[number]
        return {
            self._places[number][x.layout_id]: 1
            for x in window.layouts
            if zone_id in x.zones
        }

    def _hold(self, venue_id: str, inside: Sequence[int]) -> None:
        """What the venue holds at one moment."""
        zones = self._zones[venue_id]
        for zone in zones:
            if len(zones) > 1:
                terms = {
                    self._taken[n, zone.zone_id]: 1
                    for n in inside
                    if (n, zone.zone_id) in self._taken
                }
                self._rows.append(Row(terms, most=1))
                continue
            classes: dict[int, int] = {}
            pupils: dict[int, int] = {}
            for number in inside:
                its = self._in_zone(number, zone.zone_id)
                classes |= its
                biggest = max(g.pupils for g in self._windows[number].rows)
                pupils |= dict.fromkeys(its, biggest)
            most = min([zone.max_classes, zone.max_lessons or zone.max_classes])
            self._rows.append(Row(classes, most=most))
            if zone.max_pupils is not None:
                self._rows.append(Row(pupils, most=zone.max_pupils))
        self._hold_layouts(inside)
        ceiling = _ceiling(self._whole, venue_id)
        if ceiling is not None:
            terms = {c: 1 for n in inside for c in self._places[n].values()}
            self._rows.append(Row(terms, most=ceiling))

    def _hold_layouts(self, inside: Sequence[int]) -> None:
        together: dict[str, dict[int, int]] = defaultdict(dict)
        for number in inside:
            for name, choice in self._places[number].items():
                together[name][choice] = 1
        for name, terms in together.items():
            layout = self._whole.layout[name]
            self._rows.append(Row(terms, most=layout.max_classes))

    def _count_lessons(self) -> None:
        """No more lessons of a group than there are, in the week and on a day."""
        week: dict[Group, dict[int, int]] = defaultdict(dict)
        day: dict[tuple[Group, int], dict[int, int]] = defaultdict(dict)
        lost: dict[Group, dict[int, int]] = defaultdict(dict)
        for number, window in enumerate(self._windows):
            for group, choice in self._lessons[number].items():
                week[group][choice] = day[group, window.day][choice] = 1
                if window.lost[group]:
                    lost[group][choice] = window.lost[group]
        self._rows += [Row(terms, most=g.lessons) for g, terms in week.items()]
        self._rows += [Row(terms, most=g.a_day) for (g, _), terms in day.items()]
        self._rows += [Row(terms, most=g.spare) for g, terms in lost.items()]


def priority_of(need: Need) -> int:
    """The greatest priority among the schools of a part."""
    schools = need.part.problem.school
    return max(schools[s].priority for s in need.part.school_ids)


def _ceiling(whole: Problem, venue_id: str) -> int | None:
    """The most classes at once that venue_targets.csv allows in all, None: any."""
    given: Mapping[str, int | None] = {
        t.venue_id: t.max_classes_at_once for t in whole.venue_targets if not t.grade
    }
    return given.get(venue_id)
