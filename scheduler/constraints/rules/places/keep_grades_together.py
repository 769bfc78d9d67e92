"""Which grades may share a place at one moment."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Portion, Violation, grouped
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS, overlap
from scheduler.model.timetable import Timetable

Stay = tuple[int, int, int, int, int, int]
"""(grades apart allowed, day, start, end, lowest grade, highest grade)."""
_ZONE, _LAYOUT = "zone", "layout"


class KeepGradesTogether(Constraint):
    """Lessons at once in a zone or layout are of grades close enough.

    ``max_grades_apart`` of zones.csv and layouts.csv says how many grades the highest
    may be above the lowest: 0 keeps a place to one grade at a time, 2 lets grades 1 to
    3 share it. The classes of one lesson are together by their own requirement; it
    counts with all their grades beside others. Amount: pairs of lessons that should not
    be there at once, over both weeks. Level: hard. Source: zones.csv, layouts.csv.
    """

    title: ClassVar[Text] = Text(
        "同场年级相近", "Keep grades that share a place together"
    )
    fault: ClassVar[Text] = Text("同场年级相差太大", "Grades too far apart")
    tells_places: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each place, week and pair of lessons."""
        on = grouped(timetable.meetings, _names)
        for place in _places(timetable.problem):
            here = on.get(place.name, ())
            users = [(m, e) for m in here if (e := place.stay(m))]
            for layer in LAYERS:
                now = [(m, e) for m, e in users if layer in m.layers]
                for (a, first), (b, second) in combinations(now, 2):
                    if _too_far(first, second):
                        yield _breach(place, layer, (a, first), (b, second))

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pair cost for each place with a limit."""
        return (term for _, term in self.portioned(problem))

    def portioned(self, problem: Problem) -> Iterator[tuple[Portion, Primitive]]:
        """The pair costs by place, which is named as ``zone:Z1``."""
        for place in _places(problem):
            lessons = place.lessons(problem)
            if lessons:
                term = PairCost(lessons, place.stay, _cost, by_layout=True)
                yield Portion(self.name, (f"{place.kind}:{place.name}",)), term

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The limit of the place."""
        return limit_name(problem, ids[0])

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the place, the time, the grades, the limit and both lessons."""
        place = _label(problem, *violation.resource_ids)
        time = describe.when(
            violation.day, violation.start, violation.end, violation.layer
        )
        low, high, apart = violation.numbers
        a, b = (describe.lesson(problem, x) for x in violation.lesson_ids)
        return Text(
            f"{place.zh}{time.zh}同时有{low}年级和{high}年级，最多相差{apart}个年级："
            f"{a.zh}、{b.zh}。",
            f"{place.en} holds grades {low} and {high} at once on {time.en}, at most "
            f"{apart} apart: {a.en}, {b.en}.",
        )


def limit_name(problem: Problem, row: str) -> Text:
    """The limit of a place, named as in ``portioned``, in words."""
    kind, _, name = row.partition(":")
    apart = (problem.zone if kind == _ZONE else problem.layout)[name].max_grades_apart
    place = _label(problem, kind, name)
    if not apart:
        return Text(f"{place.zh}同时只能有一个年级", f"one grade at once on {place.en}")
    return Text(
        f"{place.zh}同时上课的年级最多相差{apart}级",
        f"grades at once on {place.en} at most {apart} apart",
    )


def _label(problem: Problem, kind: str, name: str) -> Text:
    if kind == _ZONE:
        return describe.same(describe.zone(problem, name))
    return describe.layout(problem, name)


@dataclass(frozen=True)
class _Place:
    """A zone or layout that grades too far apart may not share."""

    kind: str
    name: str
    apart: int
    layouts: frozenset[str]
    grade: dict[str, int]

    def stay(self, meeting: Meeting) -> Stay | None:
        """When a meeting is there, and with which grades."""
        if meeting.placement.layout_id not in self.layouts:
            return None
        grades = [self.grade[c] for c in meeting.class_ids]
        span = meeting.day, meeting.start, meeting.end
        return (self.apart, *span, min(grades), max(grades))

    def lessons(self, problem: Problem) -> tuple[Lesson, ...]:
        """Lessons that may be there, each once."""
        here = (x for x in problem.layouts if x.layout_id in self.layouts)
        users = (y for x in here for y in problem.lessons_on[x.layout_id])
        return tuple(dict.fromkeys(users))


def _names(meeting: Meeting) -> tuple[str, ...]:
    """The layout and the zones where it is."""
    return (meeting.placement.layout_id, *meeting.zone_ids)


def _places(problem: Problem) -> Iterator[_Place]:
    grade = {c.class_id: c.grade for c in problem.classes}
    for zone in problem.zones:
        if zone.max_grades_apart is not None:
            inside = (x.layout_id for x in problem.layouts if zone.zone_id in x.zones)
            names = frozenset(inside)
            yield _Place(_ZONE, zone.zone_id, zone.max_grades_apart, names, grade)
    for x in problem.layouts:
        if x.max_grades_apart is not None:
            alone = frozenset({x.layout_id})
            yield _Place(_LAYOUT, x.layout_id, x.max_grades_apart, alone, grade)


def _too_far(a: Stay, b: Stay) -> bool:
    together = a[1] == b[1] and overlap(a[2], a[3], b[2], b[3])
    return together and max(a[5], b[5]) - min(a[4], b[4]) > a[0]


def _cost(a: tuple[Hashable, ...], b: tuple[Hashable, ...]) -> int:
    return int(_too_far(a, b))  # type: ignore[arg-type]


def _breach(
    place: _Place, layer: int, a: tuple[Meeting, Stay], b: tuple[Meeting, Stay]
) -> Violation:
    (one, first), (other, second) = a, b
    grades = min(first[4], second[4]), max(first[5], second[5])
    return Violation(
        1,
        (one.lesson.lesson_id, other.lesson.lesson_id),
        (place.kind, place.name),
        one.day,
        max(one.start, other.start),
        min(one.end, other.end),
        layer,
        (*grades, place.apart),
    )
