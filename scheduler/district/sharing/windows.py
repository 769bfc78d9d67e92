"""Windows: times at which a school could be let into a contested venue.

Rows of its bells that overlap are one window, for agreements of one school at one venue
must not overlap.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from scheduler.district.sharing.needs import Group, Need, is_closed
from scheduler.model.problem import Problem
from scheduler.model.times import LESSON_ROWS, Period, overlap
from scheduler.model.venues import Agreement, Layout


@dataclass(frozen=True)
class Window:
    """A stretch of one agreement that could be given to its school.

    ``rows`` counts the lessons of each group that can follow each other in it;
    ``lost`` the rows of a class that the way covers beside the lesson itself.
    ``follower`` is when the next window of the agreement begins, None for the last.
    """

    claim: int
    agreement: Agreement
    start: int
    end: int
    layouts: tuple[Layout, ...]
    rows: Mapping[Group, int]
    lost: Mapping[Group, int]
    follower: int | None = None

    @property
    def venue_id(self) -> str:
        """The venue it is at."""
        return self.agreement.venue_id

    @property
    def day(self) -> int:
        """Its weekday."""
        return self.agreement.day


def windows_of(claim: int, need: Need, contested: Sequence[str]) -> Iterator[Window]:
    """All windows of a part at contested venues."""
    problem = need.part.problem
    for agreement in problem.agreements:
        if agreement.venue_id not in contested or not problem.covers_term(agreement):
            continue
        groups = [g for g in need.groups if g.school_id == agreement.school_id]
        times = [
            (row.start, row.end, group)
            for group in groups
            for row in _rows(problem, group, agreement)
        ]
        clusters = list(_clusters(times))
        begins = [start for start, _, _ in clusters[1:]]
        for (start, end, here), then in zip_longest(clusters, begins):
            layouts = tuple(_layouts(problem, agreement, start, end, here))
            if layouts:
                rows = {g: len(set(spans)) for g, spans in here.items()}
                lost = {g: _lost(problem, g, agreement, start, end) for g in here}
                yield Window(claim, agreement, start, end, layouts, rows, lost, then)


def _rows(problem: Problem, group: Group, agreement: Agreement) -> Iterator[Period]:
    for row in problem.bell[group.bell_id].on(agreement.day):
        inside = agreement.start <= row.start and row.end <= agreement.end
        if row.kind in group.kinds and inside:
            yield row


_Spans = dict[Group, list[tuple[int, int]]]


def _clusters(
    spans: Sequence[tuple[int, int, Group]],
) -> Iterator[tuple[int, int, _Spans]]:
    """Spans that overlap one after the other, as one stretch each."""
    inside: _Spans = defaultdict(list)
    first = last = 0
    for start, end, group in sorted(spans, key=lambda s: s[:2]):
        if inside and start >= last:
            yield first, last, inside
            inside = defaultdict(list)
        if not inside:
            first, last = start, end
        last = max(last, end)
        inside[group].append((start, end))
    if inside:
        yield first, last, inside


def _layouts(
    problem: Problem, agreement: Agreement, start: int, end: int, groups: _Spans
) -> Iterator[Layout]:
    """Layouts of the venue that the agreement opens and some group may use then."""
    wanted = frozenset(name for g in groups for name in g.layouts)
    for layout in problem.layouts:
        mine = layout.venue_id == agreement.venue_id and layout.layout_id in wanted
        if not (mine and agreement.opens(layout)):
            continue
        if not is_closed(problem, layout, agreement.day, start, end):
            yield layout


def _lost(
    problem: Problem, group: Group, agreement: Agreement, start: int, end: int
) -> int:
    """Lesson rows of the group's bell that the way to and fro covers."""
    classes = tuple(dict.fromkeys(c for r in group.requirements for c in r.class_ids))
    walk = problem.walk_minutes(agreement, classes)
    rows = problem.bell[group.bell_id].rows(agreement.day, LESSON_ROWS)
    return sum(
        overlap(r.start, r.end, start - walk, end + walk)
        and not overlap(r.start, r.end, start, end)
        for r in rows
    )
