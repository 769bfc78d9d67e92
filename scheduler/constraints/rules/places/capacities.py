"""Zones and layouts hold only so many classes and pupils."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import (
    CapacityRule,
    Capped,
    Portion,
    Violation,
)
from scheduler.constraints.primitives import Capacity, Primitive
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
    tells_places: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.ZONE

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """Classes and, where capped, pupils and lessons of each zone."""
        for zone in problem.all_zones:
            name = zone.zone_id

            def span(m: Meeting, name: str = name) -> tuple[int, int] | None:
                return (m.start, m.end) if name in m.zone_ids else None

            on = tuple(x.layout_id for x in problem.layouts if name in x.zones)
            users = problem.lessons_in_zone[name]
            caps = (zone.max_classes, zone.max_pupils)
            yield from _caps(problem, name, users, span, on, *caps)
            if zone.max_lessons is not None:
                unit = (name, "lessons")
                yield Capacity(unit, users, span, _one, zone.max_lessons, on)

    def users(self, meeting: Meeting) -> tuple[str, ...]:
        """The zones it takes."""
        return meeting.zone_ids

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The venue, with the layouts on it."""
        assert isinstance(primitive, Capacity)
        return Portion(self.name, (problem.zone[primitive.resource[0]].venue_id,))

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """What the venue's zones hold."""
        name = problem.venue[ids[0]].name
        zones = [z for z in problem.all_zones if z.venue_id == ids[0]]
        most = sum(z.max_classes for z in zones)
        pupils = [z.max_pupils for z in zones if z.max_pupils is not None]
        crowd = Text("", "")
        if len(pupils) == len(zones):
            crowd = Text(f"、{sum(pupils)}名学生", f" and {sum(pupils)} pupils")
        return Text(
            f"{name}的容量（{len(zones)}个分区，分区合计最多{most}个班{crowd.zh}）",
            f"the capacity of {name} ({words.plural(len(zones), 'zone')}, at most "
            f"{most} {'class' if most == 1 else 'classes'}{crowd.en} in all)",
        )

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The zone."""
        return describe.same(describe.zone(problem, ids[0]))

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
    tells_places: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.LAYOUT

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """Classes and, where capped, pupils of each layout."""
        for layout in problem.layouts:
            name = layout.layout_id

            def span(m: Meeting, name: str = name) -> tuple[int, int] | None:
                return (m.start, m.end) if m.placement.layout_id == name else None

            caps = (layout.max_classes, layout.max_pupils)
            users = problem.lessons_on[name]
            yield from _caps(problem, name, users, span, (name,), *caps)

    def users(self, meeting: Meeting) -> tuple[str, ...]:
        """The layout it is on."""
        return (meeting.placement.layout_id,)

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """That of the venue's zones."""
        assert isinstance(primitive, Capacity)
        venue_id = problem.layout[primitive.resource[0]].venue_id
        return Portion(FitZoneCapacity.__name__, (venue_id,))

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The layout."""
        return describe.layout(problem, ids[0])

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
) -> Iterator[Capacity]:
    def classes(lesson: Lesson) -> int:
        return lesson.requirement.classes_counted

    def pupils(lesson: Lesson) -> int:
        return problem.pupils_in(lesson.requirement)

    yield Capacity((name, "classes"), users, span, classes, max_classes, on)
    if max_pupils is not None:
        yield Capacity((name, "pupils"), users, span, pupils, max_pupils, on)
