"""What a lesson breaks on its date and in its week, by the rules of the timetable."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.constraints.base import Constraint, Violation
from scheduler.constraints.catalogue import rules_in_force
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import Level
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.term.altering import on_its_date, with_extras
from scheduler.term.dated import DatedLesson
from scheduler.term.joining import met


def telling_rules(problem: Problem) -> list[Constraint]:
    """Hard rules that can tell one place from another on a single date."""
    return [
        rule
        for rule in rules_in_force(problem)
        if rule.level is Level.HARD and rule.tells_places
    ]


def counting_rules(problem: Problem) -> list[Constraint]:
    """Hard rules that a lesson more on somebody's day or week can exceed."""
    return [
        rule
        for rule in rules_in_force(problem)
        if rule.level is Level.HARD and rule.counts_days
    ]


def breaches(
    problem: Problem,
    rules: Iterable[Constraint],
    meeting: Meeting,
    others: Iterable[Meeting],
) -> Iterator[tuple[Constraint, Violation]]:
    """What this meeting breaks among those of the date, rule by rule."""
    venue_id = meeting.layout.venue_id if meeting.layout else None
    people = {*meeting.adult_ids, *meeting.class_ids}
    near = [meeting]
    for other in others:
        same_venue = venue_id is not None and (
            other.layout is not None and other.layout.venue_id == venue_id
        )
        if same_venue or people & {*other.adult_ids, *other.class_ids}:
            near.append(other)
    # In one order, whichever lesson is asked about: one clash is one sentence.
    near.sort(key=lambda other: other.lesson.lesson_id)
    day = Timetable.of_meetings(problem, near)
    name = meeting.lesson.lesson_id
    for rule in rules:
        for violation in rule.violations(day):
            if name in violation.lesson_ids:
                yield rule, violation


def broken(lesson: DatedLesson, of_dates: Iterable[DatedLesson]) -> Text | None:
    """What a lesson breaks on its date that it does not break where the week has it."""
    concerned = _Near(lesson)
    there = [
        x
        for x in of_dates
        if x.date == lesson.date and _takes_place(x) and concerned.shares(x)
    ]
    problem = with_extras(lesson.problem, (lesson, *there))
    meetings = met([lesson, *(x for x in there if x.key != lesson.key)])
    meeting = meetings.pop(lesson.key)
    near = list({id(m): m for m in meetings.values() if m is not meeting}.values())
    rules, known = telling_rules(problem), set()
    if lesson.weekly is not None and lesson.date == lesson.original_date:
        before = on_its_date(replace(lesson, meeting=lesson.weekly))
        known = {
            (rule.name, violation.lesson_ids)
            for rule, violation in breaches(problem, rules, before, near)
        }
    for rule, violation in breaches(problem, rules, meeting, near):
        if (rule.name, violation.lesson_ids) not in known:
            # Of one date: which of the two weeks it lies in need not be said.
            return rule.explain(problem, replace(violation, layer=None))
    return None


def overfull(
    lesson: DatedLesson, before: Iterable[DatedLesson], after: Iterable[DatedLesson]
) -> Text | None:
    """What a lesson exceeds on its day, or in its calendar week, that was not before.

    Parameters:
        before, after: Lessons of that week, without and with what is new.
    """
    rules, near = counting_rules(lesson.problem), _Near(lesson)
    if not rules:
        return None
    now = near.of(after)
    problem = with_extras(lesson.problem, now)
    found = list(_exceeded(problem, rules, now))
    if not any(lesson.lesson_id in v.lesson_ids for _, v in found):
        return None
    known = {
        (rule.name, v.resource_ids, v.day): v.amount
        for rule, v in _exceeded(problem, rules, near.of(before))
    }
    for rule, v in found:
        is_new = v.amount > known.get((rule.name, v.resource_ids, v.day), 0)
        if is_new and lesson.lesson_id in v.lesson_ids:
            return rule.explain(problem, replace(v, layer=None))
    return None


class _Near:
    """Lessons that share people, classes or the venue with one."""

    def __init__(self, lesson: DatedLesson) -> None:
        self._people: set[str] = set()
        self._venues: set[str] = set()
        # The lesson as the week has it is compared, too.
        for meeting in (lesson.meeting, lesson.weekly or lesson.meeting):
            self._people |= {*meeting.adult_ids, *meeting.class_ids}
            if meeting.layout is not None:
                self._venues.add(meeting.layout.venue_id)

    def has_people_of(self, x: DatedLesson) -> bool:
        ids = (*x.meeting.adult_ids, *x.meeting.class_ids)
        return not self._people.isdisjoint(ids)

    def shares(self, x: DatedLesson) -> bool:
        layout = x.meeting.layout
        there = layout is not None and layout.venue_id in self._venues
        return there or self.has_people_of(x)

    def of(self, lessons: Iterable[DatedLesson]) -> list[DatedLesson]:
        """Those that take place and share people or classes."""
        return [x for x in lessons if self.has_people_of(x) and _takes_place(x)]


def _exceeded(
    problem: Problem, rules: Iterable[Constraint], lessons: Iterable[DatedLesson]
) -> Iterator[tuple[Constraint, Violation]]:
    # Two dates of a week may act as the same weekday: each is a day of its own.
    days = [replace(on_its_date(x), day=x.date.isoweekday()) for x in lessons]
    week = Timetable.of_meetings(problem, days)
    for rule in rules:
        for violation in rule.violations(week):
            yield rule, violation


def _takes_place(lesson: DatedLesson) -> bool:
    return lesson.off is None and lesson.place_available


def date_breaches(
    problem: Problem, lessons: Iterable[DatedLesson]
) -> dict[tuple[str, tuple[str, ...]], Text]:
    """All that the lessons of one date break together, by rule and lessons."""
    there = [x for x in lessons if _takes_place(x)]
    problem = with_extras(problem, there)
    meetings = {id(m): m for m in met(there).values()}.values()
    day = Timetable.of_meetings(problem, meetings)
    return {
        (rule.name, v.lesson_ids): rule.explain(problem, replace(v, layer=None))
        for rule in telling_rules(problem)
        for v in rule.violations(day)
    }
