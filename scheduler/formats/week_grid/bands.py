"""The rows of a grid: periods of one bell, or clock-time bands of several."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from scheduler.model.meeting import Meeting
from scheduler.model.text import Text
from scheduler.model.times import Bell, Period, RowKind, overlap

BAND_NAMES = {
    RowKind.LESSON: Text("第{}节", "Lesson {}"),
    RowKind.ACTIVITY: Text("活动", "Activity"),
    RowKind.BIG_BREAK: Text("大课间", "Big break"),
    RowKind.BREAK: Text("课间", "Break"),
    RowKind.LUNCH: Text("午餐午休", "Lunch"),
    RowKind.AFTER_SCHOOL: Text("课后服务", "After school"),
}
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Band:
    """A row's time on every day: ``slots`` by day, None on days without it.

    ``periods`` are the bell rows behind it.
    """

    label: Text
    kind: RowKind
    slots: tuple[Interval | None, ...]
    periods: tuple[Period, ...]

    @property
    def time(self) -> Interval:
        """The clock time of most days; the earliest where days are even."""
        counts = Counter(slot for slot in self.slots if slot)
        return min(counts, key=lambda slot: (-counts[slot], slot))


def label_of(row: Period) -> Text:
    """Name of a bell row; English names it by kind and number."""
    name = BAND_NAMES[row.kind]
    return Text(row.name or name.zh.format(row.number), name.en.format(row.number))


def bell_bands(
    bell: Bell, days: tuple[int, ...], wanted: Callable[[Period], bool]
) -> tuple[Band, ...]:
    """The rows of one bell, the same row of every weekday side by side.

    Lessons are the same row by number. Other rows are by kind and name, for
    their numbers are free and may differ from day to day.
    """
    columns = [_keyed(row for row in bell.on(day) if wanted(row)) for day in days]
    return tuple(
        _bell_band([column.get(key) for column in columns])
        for key in _merged_order(columns)
    )


def _keyed(rows: Iterable[Period]) -> dict[Hashable, Period]:
    keyed: dict[Hashable, Period] = {}
    for row in rows:
        if row.kind is RowKind.LESSON:
            keyed[row.kind, row.number] = row
            continue
        name, again = label_of(row).zh, 0
        while (row.kind, name, again) in keyed:
            again += 1
        keyed[row.kind, name, again] = row
    return keyed


def _merged_order(columns: list[dict[Hashable, Period]]) -> list[Hashable]:
    """One order of the rows that keeps every day's own order.

    Where days contradict each other, the earlier clock time goes first.
    """
    starts: dict[Hashable, int] = {}
    before: dict[Hashable, dict[Hashable, None]] = {}
    for column in columns:
        keys = list(column)
        for place, key in enumerate(keys):
            start = column[key].start
            starts[key] = min(start, starts.get(key, start))
            before.setdefault(key, {}).update(dict.fromkeys(keys[:place]))
    order: list[Hashable] = []
    while len(order) < len(starts):
        left = [key for key in starts if key not in order]
        free = [k for k in left if all(b in order for b in before[k])]
        order.append(min(free or left, key=lambda key: starts[key]))
    return order


def _bell_band(rows: list[Period | None]) -> Band:
    known = tuple(row for row in rows if row)
    slots = tuple((row.start, row.end) if row else None for row in rows)
    return Band(label_of(known[0]), known[0].kind, slots, known)


def clock_bands(rows: Iterable[Period], days: tuple[int, ...]) -> tuple[Band, ...]:
    """Bands between all starts and ends of the rows; gaps of all are left out."""
    rows = sorted(dict.fromkeys(rows), key=lambda row: (row.start, row.end, row.day))
    cuts = sorted({cut for row in rows for cut in (row.start, row.end)})
    bands = []
    for start, end in pairwise(cuts):
        inside = tuple(r for r in rows if r.start <= start and end <= r.end)
        taught = {row.day for row in inside}
        if inside:
            slots = tuple((start, end) if day in taught else None for day in days)
            bands.append(Band(_joint_label(inside), inside[0].kind, slots, inside))
    return tuple(bands)


def joint_bands(rows: Iterable[Period], days: tuple[int, ...]) -> tuple[Band, ...]:
    """A band for periods of all bells that are mostly at once or of one number."""
    groups: list[list[Period]] = []
    for row in sorted(dict.fromkeys(rows), key=lambda row: (row.start, row.end)):
        group = next((g for g in groups if _belong_together(g, row)), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    bands = (_joint_band(tuple(group), days) for group in groups)
    return tuple(sorted(bands, key=lambda band: band.time))


def _belong_together(group: list[Period], row: Period) -> bool:
    """Whether a period is mostly at once with a group's first, or of its number."""
    first = group[0]
    shared = min(first.end, row.end) - max(first.start, row.start)
    if row.kind is RowKind.LESSON:
        numbers = (r for r in group if r.kind is row.kind and r.number == row.number)
        if any(overlap(r.start, r.end, row.start, row.end) for r in numbers):
            return True
    return 2 * shared > max(first.minutes, row.minutes)


def _joint_band(rows: tuple[Period, ...], days: tuple[int, ...]) -> Band:
    """The name is that of its lessons, the slot of a day the earliest of them."""
    first = sorted(rows, key=lambda row: (row.kind is not RowKind.LESSON, row.start))
    named = tuple(row for row in first if row.kind is first[0].kind)
    slots = (next(((r.start, r.end) for r in first if r.day == d), None) for d in days)
    return Band(_joint_label(named), first[0].kind, tuple(slots), rows)


def _joint_label(rows: tuple[Period, ...]) -> Text:
    labels = tuple(dict.fromkeys(label_of(row) for row in rows))
    return Text(
        "/".join(dict.fromkeys(label.zh for label in labels)),
        "/".join(dict.fromkeys(label.en for label in labels)),
    )


def bell_of_all(bells: tuple[Bell, ...], meetings: tuple[Meeting, ...]) -> Bell | None:
    """The one bell all these lessons follow, or None."""
    if len(bells) != 1:
        return None
    rows = {(row.day, row.start, row.end) for row in bells[0].periods}
    taken = {(m.day, row.start, row.end) for m in meetings for row in m.rows}
    return bells[0] if taken <= rows else None
