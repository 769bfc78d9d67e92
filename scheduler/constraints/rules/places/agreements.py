"""Venues of others are used only as agreed."""

from collections.abc import Iterator
from typing import ClassVar

from scheduler.constraints import describe, words
from scheduler.constraints.base import (
    CapacityRule,
    Capped,
    Cause,
    Portion,
    SingleLessonRule,
    Violation,
)
from scheduler.constraints.primitives import Capacity, Primitive
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson
from scheduler.model.text import Text
from scheduler.model.venues import Agreement, Use


class HonourAgreements(SingleLessonRule):
    """A lesson at a venue its school does not own lies inside an agreement's window.

    The agreement must be valid on every date of that weekday in the term and, where it
    names zones, open all of the layout's. Amount:
    one for each lesson and school without such an agreement. Level: hard. Source:
    data-format.md, "Agreements".
    """

    title: ClassVar[Text] = Text("遵守场地协议", "Honour agreements")
    fault: ClassVar[Text] = Text("违反场地协议", "Agreements broken")

    def layouts(self, problem: Problem) -> tuple[str, ...]:
        """Those at which a school is a guest."""
        return problem.foreign_layouts

    def breaches(self, problem: Problem, meeting: Meeting) -> Iterator[Violation]:
        """One for each school that uses the venue without leave."""
        for use in meeting.uses:
            if use.foreign and not _valid(problem, use):
                name = use.agreement.agreement_id if use.agreement else ""
                yield Violation(
                    1,
                    (meeting.lesson.lesson_id,),
                    (use.school_id, meeting.placement.layout_id, name),
                    meeting.day,
                    meeting.start,
                    meeting.end,
                )

    def portion_broken(self, problem: Problem, violation: Violation) -> Portion:
        """The venue."""
        venue_id = problem.layout[violation.resource_ids[1]].venue_id
        return Portion(self.name, (venue_id,))

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """Whose windows."""
        if not ids:
            return self.title
        name = problem.venue[ids[0]].name
        return Text(f"{name}的协议时段", f"the agreements' windows for {name}")

    def cause(self, problem: Problem, violation: Violation, meeting: Meeting) -> Cause:
        """The agreement that is too short, or that there is none then."""
        _, layout_id, agreement_id = violation.resource_ids
        venue = problem.venue[problem.layout[layout_id].venue_id]
        given = {a.agreement_id: a for a in problem.agreements}.get(agreement_id)
        if given is not None:
            return Cause(self.name, (agreement_id,), words.too_short(problem, given))
        zoned = any(a.zones for a in problem.agreements if a.venue_id == venue.venue_id)
        text = Text(
            f"不在{venue.name}的任何协议时段内（或不在协议开放的分区）"
            if zoned
            else f"不在{venue.name}的任何协议时段内",
            f"outside every agreement for {venue.name}"
            + (" or the zones it opens" if zoned else ""),
        )
        return Cause(self.name, (venue.venue_id,), text)

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the lesson, the venue and the agreement, if there is one."""
        _, layout_id, agreement_id = violation.resource_ids
        lesson = describe.lesson(problem, violation.lesson_ids[0])
        venue = problem.venue[problem.layout[layout_id].venue_id].name
        time = describe.when(violation.day, violation.start, violation.end)
        given = next(
            (a for a in problem.agreements if a.agreement_id == agreement_id), None
        )
        if given is None:
            zh, en = _other_zones(problem, violation)
            return Text(
                f"{lesson.zh}{time.zh}在{venue}，没有协议时段覆盖{zh}。",
                f"{lesson.en} is at {venue} on {time.en}, outside every agreement{en}.",
            )
        return Text(
            f"{lesson.zh}{time.zh}在{venue}，但协议{agreement_id}有效期为{given.valid_from}"
            f"至{given.valid_to}，未覆盖学期内全部该星期日期。",
            f"{lesson.en} is at {venue} on {time.en}, but agreement {agreement_id} "
            f"runs from {given.valid_from} to {given.valid_to}, not on every such "
            "weekday of the term.",
        )


def _other_zones(problem: Problem, violation: Violation) -> tuple[str, str]:
    """Which other zones an agreement opens just then, in both languages."""
    school_id, layout_id, _ = violation.resource_ids
    start, end = violation.start or 0, violation.end or 0
    given = problem.agreements_at.get(
        (school_id, problem.layout[layout_id].venue_id), ()
    )
    zones = dict.fromkeys(
        z
        for a in given
        if a.day == violation.day and a.start <= start and end <= a.end
        for z in a.zones
    )
    if not zones:
        return "", ""
    names = "、".join(zones)
    return f"（此时只开放{names}）", f" (only {names} is open to it then)"


def _valid(problem: Problem, use: Use) -> bool:
    return use.agreement is not None and problem.covers_term(use.agreement)


class FitAgreementCaps(CapacityRule):
    """Classes and pupils under one agreement stay within its caps at every moment.

    Of classes taught together each counts under its own school's agreement.
    Amount: classes (or pupils) too many times minutes, over both weeks. Level:
    hard. Source: data-format.md, "Agreements".
    """

    title: ClassVar[Text] = Text("不超协议人数", "Fit agreement caps")
    fault: ClassVar[Text] = Text("超出协议人数", "Over an agreement's cap")
    tells_places: ClassVar[bool] = True
    capped: ClassVar[Capped] = Capped.AGREEMENT

    def resources(self, problem: Problem) -> Iterator[Capacity]:
        """Classes and, where capped, pupils of each agreement."""
        for agreement in problem.agreements:
            yield from _caps(problem, agreement)

    def users(self, meeting: Meeting) -> list[str]:
        """The agreements it is under."""
        return [u.agreement.agreement_id for u in meeting.uses if u.agreement]

    def portion_of(self, problem: Problem, primitive: Primitive) -> Portion:
        """The agreement."""
        assert isinstance(primitive, Capacity)
        return Portion(self.name, primitive.resource[:1])

    def portion_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """What the agreement allows at once."""
        found = {a.agreement_id: a for a in problem.agreements}[ids[0]]
        name, most, pupils = found.agreement_id, found.max_classes, found.max_pupils
        crowd = Text("", "")
        if pupils is not None:
            crowd = Text(f"、{pupils}名学生", f" and {pupils} pupils")
        return Text(
            f"协议{name}同时最多{most}个班{crowd.zh}",
            f"agreement {name} for at most {most}{crowd.en} at once",
        )

    def resource_name(self, problem: Problem, ids: tuple[str, ...]) -> Text:
        """The agreement."""
        return Text(f"协议{ids[0]}", f"agreement {ids[0]}")

    def explain(self, problem: Problem, violation: Violation) -> Text:
        """Name the agreement, the time, what is used and what is allowed."""
        name, unit = violation.resource_ids
        return describe.too_many(
            problem, Text(f"协议{name}", f"agreement {name}"), unit, violation
        )


def _caps(problem: Problem, agreement: Agreement) -> Iterator[Capacity]:
    name, school = agreement.agreement_id, agreement.school_id
    here = [x.layout_id for x in problem.layouts if x.venue_id == agreement.venue_id]
    users = dict.fromkeys(
        x for layout_id in here for x in problem.lessons_on[layout_id]
    )
    lessons = tuple(x for x in users if school in problem.schools_of(x.requirement))

    def span(meeting: Meeting) -> tuple[int, int] | None:
        given = (u.agreement.agreement_id for u in meeting.uses if u.agreement)
        return (meeting.start, meeting.end) if name in given else None

    def classes(lesson: Lesson) -> int:
        return 1 if lesson.requirement.is_partial else len(taught(lesson))

    def pupils(lesson: Lesson) -> int:
        return problem.pupils_in(lesson.requirement, taught(lesson))

    def taught(lesson: Lesson) -> tuple[str, ...]:
        return problem.classes_by_school(lesson.requirement.class_ids)[school]

    yield Capacity((name, "classes"), lessons, span, classes, agreement.max_classes)
    if agreement.max_pupils is not None:
        yield Capacity((name, "pupils"), lessons, span, pupils, agreement.max_pupils)
