"""Time to make a place ready for another use."""

from collections.abc import Hashable, Iterator
from itertools import combinations
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation, grouped
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

Stay = tuple[str, int, int, int]
"""(layout, day, start, end) of a lesson, its walks left out."""


class AllowSetup(Constraint):
    """Between two layouts of the same zones there is time to make the later one ready.

    The minutes are the later layout's ``setup_minutes``. Layouts without a common zone
    do not disturb each other, and lessons at the same time are left to the capacity
    rules. Amount: pairs of lessons too close, over both weeks. Level: hard. Source:
    layouts.csv.
    """

    title: ClassVar[Text] = Text("换场有布置时间", "Allow set-up between layouts")
    fault: ClassVar[Text] = Text("换场来不及布置", "No time to set up")
    tells_places: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each pair of lessons of one venue that is too close."""
        problem = timetable.problem
        at = grouped(timetable.meetings, _venue_of)
        for venue_id in _venues(problem):
            here = at.get(venue_id, ())
            for layer in LAYERS:
                now = [m for m in here if layer in m.layers]
                for a, b in combinations(now, 2):
                    if _too_close(problem, _stay(a), _stay(b)):
                        yield _breach(problem, a, b, layer)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pair cost for each venue with a layout that needs set-up."""

        def of(a: tuple[Hashable, ...], b: tuple[Hashable, ...]) -> int:
            return int(_too_close(problem, a, b))  # type: ignore[arg-type]

        for venue_id in _venues(problem):

            def event(m: Meeting, venue_id: str = venue_id) -> Stay | None:
                here = m.layout is not None and m.layout.venue_id == venue_id
                return _stay(m) if here else None

            layouts = [x for x in problem.layouts if x.venue_id == venue_id]
            users = (y for x in layouts for y in problem.lessons_on[x.layout_id])
            lessons = tuple(dict.fromkeys(users))
            if lessons:
                yield PairCost(lessons, event, of, by_layout=True)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name both lessons, the venue, minutes given and needed."""
        first, second = (describe.lesson(problem, x) for x in violation.lesson_ids)
        layout_id = violation.resource_ids[0]
        place = describe.layout(problem, layout_id)
        time = describe.when(
            violation.day, violation.start, violation.end, violation.layer
        )
        gap, need = violation.numbers
        return Text(
            f"{place.zh}{time.zh}换场只有{gap}分钟，布置需要{need}分钟："
            f"{first.zh}之后是{second.zh}。",
            f"{place.en} has {gap} minutes on {time.en} to be made ready, which takes "
            f"{need}: {first.en}, then {second.en}.",
        )


def _venues(problem: Problem) -> tuple[str, ...]:
    """Venues with a layout that needs set-up, each once."""
    found = (x.venue_id for x in problem.layouts if x.setup_minutes)
    return tuple(dict.fromkeys(found))


def _venue_of(meeting: Meeting) -> tuple[str, ...]:
    return (meeting.layout.venue_id,) if meeting.layout else ()


def _stay(meeting: Meeting) -> Stay:
    placement = meeting.placement
    return placement.layout_id, meeting.day, meeting.start, meeting.end


def _too_close(problem: Problem, a: Stay, b: Stay) -> bool:
    if a[0] == b[0] or a[1] != b[1]:
        return False
    first, second = (a, b) if a[2] <= b[2] else (b, a)
    before, after = problem.layout[first[0]], problem.layout[second[0]]
    if not set(before.zones) & set(after.zones):
        return False
    return 0 <= second[2] - first[3] < after.setup_minutes


def _breach(problem: Problem, a: Meeting, b: Meeting, layer: int) -> Violation:
    first, second = (a, b) if a.start <= b.start else (b, a)
    layout_id = second.placement.layout_id
    return Violation(
        1,
        (first.lesson.lesson_id, second.lesson.lesson_id),
        (layout_id,),
        second.day,
        first.end,
        second.start,
        layer,
        (second.start - first.end, problem.layout[layout_id].setup_minutes),
    )
