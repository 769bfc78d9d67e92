"""Time to travel between sites."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.primitives import PairCost, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.times import LAYERS
from scheduler.model.timetable import Timetable

Stay = tuple[str, int, int, int, bool]
"""(site, day, start, end, some) of a person's lesson, walks included.

``some`` says that only some pupils of a class are there.
"""


class AllowTravel(Constraint):
    """Between lessons at different sites a teacher or class has time to travel.

    Any two lessons of one day count, which equals consecutive ones wherever a
    detour is no short cut. Overlapping lessons are clashes, not counted here, nor are
    two that only some pupils of the class attend each: they may be others.
    Amount: pairs of lessons too close, over both weeks. Level: hard. Source:
    data-format.md, "Travel".
    """

    title: ClassVar[Text] = Text("跨校区有路程时间", "Allow travel between sites")
    fault: ClassVar[Text] = Text("跨校区来不及赶路", "No time to travel")
    tells_places: ClassVar[bool] = True

    def violations(self, timetable: Timetable) -> Iterator[Violation]:
        """One for each pair of a person's lessons that is too close."""
        problem = timetable.problem
        if not any(site.minutes for site in problem.sites):
            return
        attended = _attended(timetable)
        for person, stay in _everybody(problem):
            meetings = attended.get((person, stay.is_class), ())
            stays = [(m, s) for m in meetings if (s := stay(m))]
            if len({s[0] for _, s in stays}) < 2:
                continue
            for layer in LAYERS:
                here = [(m, s) for m, s in stays if layer in m.layers]
                for (a, stay_a), (b, stay_b) in combinations(here, 2):
                    if _too_close(problem, stay_a, stay_b):
                        yield _breach(problem, person, (a, stay_a), (b, stay_b), layer)

    @staticmethod
    def are_too_close(problem: Problem, a: Meeting, b: Meeting) -> bool:
        """Whether a teacher who came to both of two meetings lacks time for the way.

        They are taken to be on one day, whatever weekdays they follow.
        """
        one, other = ((m.site_id, 0, *m.adult_busy, False) for m in (a, b))
        return _too_close(problem, one, other)

    def primitives(self, problem: Problem) -> Iterator[Primitive]:
        """One pair cost for each person who may be at several sites."""

        def of(a: tuple[Hashable, ...], b: tuple[Hashable, ...]) -> int:
            return int(_too_close(problem, a, b))  # type: ignore[arg-type]

        for lessons, stay in _travellers(problem):
            yield PairCost(lessons, stay, of)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the person, the two lessons, minutes given and needed."""
        person = violation.resource_ids[0]
        known = person in problem.teacher
        name = (
            describe.teacher(problem, person) if known else problem.class_name[person]
        )
        first, second = (describe.lesson(problem, x) for x in violation.lesson_ids)
        time = describe.when(
            violation.day, violation.start, violation.end, violation.layer
        )
        gap, need = violation.numbers
        return Text(
            f"{name}{time.zh}从{first.zh}到{second.zh}只有{gap}分钟，路上需要{need}分钟。",
            f"{name} has {gap} minutes on {time.en} from {first.en} to {second.en}; "
            f"the way takes {need}.",
        )


def _attended(timetable: Timetable) -> dict[tuple[str, bool], list[Meeting]]:
    """Meetings by who attends, and whether that is a class: many schools are many."""
    found: dict[tuple[str, bool], list[Meeting]] = defaultdict(list)
    for meeting in timetable.meetings:
        for name in meeting.class_ids:
            found[name, True].append(meeting)
        for name in meeting.adult_ids:
            found[name, False].append(meeting)
    return found


def _everybody(problem: Problem) -> Iterator[tuple[str, "_StayOf"]]:
    """All teachers and classes: a timetable from outside may name anybody."""
    yield from ((t.teacher_id, _StayOf(t.teacher_id, False)) for t in problem.teachers)
    yield from ((c.class_id, _StayOf(c.class_id, True)) for c in problem.classes)


def _travellers(
    problem: Problem,
) -> Iterator[tuple[tuple[Lesson, ...], "_StayOf"]]:
    """Those whose own lessons may be at more than one site."""
    for person, stay in _everybody(problem):
        lessons = (
            problem.lessons_of_class if stay.is_class else problem.lessons_of_teacher
        )[person]
        if len(_sites(problem, lessons)) > 1:
            yield lessons, stay


def _sites(problem: Problem, lessons: tuple[Lesson, ...]) -> set[str]:
    """Sites at which these lessons might begin and end."""
    schools = {s for x in lessons for s in problem.schools_of(x.requirement)}
    sites = {problem.site_of_school(s) for s in schools}
    owned = {v.site_id for v in problem.venues if v.owner in schools}
    return sites | owned


class _StayOf:
    """Where and when one person is during a meeting."""

    def __init__(self, person: str, is_class: bool) -> None:
        self.person, self.is_class = person, is_class

    def __call__(self, meeting: Meeting) -> Stay | None:
        if self.is_class:
            if self.person not in meeting.class_ids:
                return None
            site = meeting.class_site(self.person)
            some = meeting.lesson.requirement.is_partial
            return (site, meeting.day, *meeting.class_busy(self.person), some)
        if self.person not in meeting.adult_ids:
            return None
        return (meeting.site_id, meeting.day, *meeting.adult_busy, False)


def _gap(a: Stay, b: Stay) -> int:
    """Minutes between two stays of one day; negative where they overlap."""
    return max(a[2], b[2]) - min(a[3], b[3])


def _too_close(problem: Problem, a: Stay, b: Stay) -> bool:
    if a[1] != b[1] or a[0] == b[0] or _gap(a, b) < 0 or (a[4] and b[4]):
        return False
    first, second = (a, b) if a[2] <= b[2] else (b, a)
    return _gap(a, b) < (problem.travel_minutes(first[0], second[0]) or 0)


def _breach(
    problem: Problem,
    person: str,
    a: tuple[Meeting, Stay],
    b: tuple[Meeting, Stay],
    layer: int,
) -> Violation:
    (first, stay), (second, later) = sorted((a, b), key=lambda pair: pair[1][2])
    need = problem.travel_minutes(stay[0], later[0]) or 0
    return Violation(
        1,
        (first.lesson.lesson_id, second.lesson.lesson_id),
        (person,),
        stay[1],
        stay[3],
        later[2],
        layer,
        (_gap(stay, later), need),
    )
