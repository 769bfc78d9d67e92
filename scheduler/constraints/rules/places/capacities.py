"""Zones and layouts hold only so many classes and pupils."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe
from scheduler.constraints.base import CapacityRule, Capped, Resource, Violation
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text

Span = Callable[[Meeting], tuple[int, int] | None]


class FitZoneCapacity(CapacityRule):
    """Classes, lessons and pupils in a zone stay within its caps at every moment.

    A lesson is in every zone of its layout; classes taught together count each, but
    are one lesson; some pupils of several classes are one class. Amount: classes (or
    lessons, or pupils) too many times minutes, over both weeks. Level: hard. Source:
    data-format.md, "Places".
    """

    title: ClassVar[Text] = Text("分区不超员", "Fit zone capacity")
    fault: ClassVar[Text] = Text("分区超员", "Zones over capacity")
    capped: ClassVar[Capped] = Capped.ZONE

    def resources(self, problem: Problem) -> Iterator[Resource]:
        """Classes and, where capped, pupils and lessons of each zone."""
        for zone in problem.all_zones:
            name = zone.zone_id

            def span(m: Meeting, name: str = name) -> tuple[int, int] | None:
                return (m.start, m.end) if name in m.zone_ids else None

            on = tuple(x.layout_id for x in problem.layouts if name in x.zones)
            lessons = (x for layout_id in on for x in problem.lessons_on[layout_id])
            users = tuple(dict.fromkeys(lessons))
            caps = (zone.max_classes, zone.max_pupils)
            yield from _caps(problem, name, users, span, on, *caps)
            if zone.max_lessons is not None:
                unit = (name, "lessons")
                yield Resource(unit, users, span, _one, zone.max_lessons, on)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the zone, the time, what is in it and what may be."""
        name, unit = violation.resource_ids
        return describe.too_many(
            problem, describe.same(describe.zone(problem, name)), unit, violation
        )


class FitLayoutCapacity(CapacityRule):
    """Classes and pupils on a layout stay within its own caps at every moment.

    Amount: classes (or pupils) too many times minutes, over both weeks. Level:
    hard. Source: data-format.md, "Places".
    """

    title: ClassVar[Text] = Text("场地用法不超员", "Fit layout capacity")
    fault: ClassVar[Text] = Text("场地用法超员", "Layouts over capacity")
    capped: ClassVar[Capped] = Capped.LAYOUT

    def resources(self, problem: Problem) -> Iterator[Resource]:
        """Classes and, where capped, pupils of each layout."""
        for layout in problem.layouts:
            name = layout.layout_id

            def span(m: Meeting, name: str = name) -> tuple[int, int] | None:
                return (m.start, m.end) if m.placement.layout_id == name else None

            caps = (layout.max_classes, layout.max_pupils)
            users = problem.lessons_on[name]
            yield from _caps(problem, name, users, span, (name,), *caps)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the layout, the time, what is on it and what may be."""
        name, unit = violation.resource_ids
        return describe.too_many(
            problem, describe.layout(problem, name), unit, violation
        )


def _one(lesson: Lesson) -> int:
    return 1


def _caps(
    problem: Problem,
    name: str,
    users: tuple[Lesson, ...],
    span: Span,
    on: tuple[str, ...],
    max_classes: int,
    max_pupils: int | None,
) -> Iterator[Resource]:
    def classes(lesson: Lesson) -> int:
        return lesson.requirement.classes_counted

    def pupils(lesson: Lesson) -> int:
        return problem.pupils_in(lesson.requirement)

    yield Resource((name, "classes"), users, span, classes, max_classes, on)
    if max_pupils is not None:
        yield Resource((name, "pupils"), users, span, pupils, max_pupils, on)
