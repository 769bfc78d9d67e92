"""The week of every agreement for its partner, with what it says and lacks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.constraints import describe
from scheduler.constraints.catalogue import rules_in_force
from scheduler.constraints.rules.places.bring_escorts import BringEscorts
from scheduler.formats.week_grid.agreement import agreement_meetings
from scheduler.model.escorting import escorts_needed
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.model.venues import Agreement, Use
from scheduler.services.views.places.agreement_terms import (
    Fact,
    cut_short,
    ending_soon,
    missing,
    terms,
)
from scheduler.services.views.places.dates import clash_lines
from scheduler.term.settling import DateClash


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One lesson of the week under an agreement.

    ``walk`` are minutes one way; ``escorts`` are the adults beside one teacher.
    """

    meeting: Meeting
    time: Text
    classes: str
    pupils: int
    subject: str
    teachers: str
    escorts: tuple[str, ...]
    escorts_needed: int
    zones: str
    walk: int

    @property
    def lacks_escorts(self) -> bool:
        """Tell whether fewer adults are named than are needed."""
        return len(self.escorts) < self.escorts_needed


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """All windows of one school at one venue, and the week under them.

    ``urgent`` are sentences about windows that do not last all the term, ``soon`` about
    those to be renewed, ``missing`` is what the table does not say, ``moved`` are the
    lessons that need another place on a date.
    """

    school_id: str
    venue_id: str
    title: Text
    terms: tuple[Fact, ...]
    urgent: tuple[Text, ...]
    soon: tuple[Text, ...]
    missing: tuple[Text, ...]
    lines: tuple[AgreementLine, ...]
    moved: tuple[Text, ...]

    @property
    def sheet_id(self) -> str:
        """Name of the sheet within a page."""
        return f"{self.school_id}-{self.venue_id}"

    @property
    def without_escorts(self) -> int:
        """Lessons with fewer adults than they need."""
        return sum(line.lacks_escorts for line in self.lines)


def agreement_sheets(
    timetable: Timetable, clashes: tuple[DateClash, ...], today: dt.date
) -> tuple[AgreementSheet, ...]:
    """One sheet for each school at each venue of others, in the order of the table."""
    problem = timetable.problem
    found: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for agreement in problem.agreements:
        found[agreement.school_id, agreement.venue_id].append(agreement)
    return tuple(
        _sheet(timetable, *key, tuple(rows), clashes, today)
        for key, rows in found.items()
    )


def _sheet(
    timetable: Timetable,
    school_id: str,
    venue_id: str,
    rows: tuple[Agreement, ...],
    clashes: tuple[DateClash, ...],
    today: dt.date,
) -> AgreementSheet:
    problem = timetable.problem
    school, venue = problem.school[school_id].name, problem.venue[venue_id].name
    meetings = agreement_meetings(timetable, school_id, venue_id)
    ordered = sorted(meetings, key=lambda m: (m.day, m.start))
    return AgreementSheet(
        school_id,
        venue_id,
        Text(f"{school} · {venue}", f"{school} at {venue}"),
        terms(problem, rows),
        tuple(cut_short(problem, rows, today)),
        tuple(ending_soon(problem, rows, today)),
        missing(rows),
        tuple(_line(problem, m, school_id) for m in ordered),
        tuple(_moved(problem, clashes, school_id, venue_id)),
    )


def _line(problem: Problem, meeting: Meeting, school_id: str) -> AgreementLine:
    use = next(u for u in meeting.uses if u.school_id == school_id)
    requirement = meeting.lesson.requirement
    along = meeting.adult_ids[len(meeting.teacher_ids[:1]) :]
    layer = None if len(meeting.layers) == 2 else meeting.layers[0]
    return AgreementLine(
        meeting,
        describe.when(meeting.day, meeting.start, meeting.end, layer),
        describe.classes(problem, use.class_ids),
        problem.pupils_in(requirement, use.class_ids),
        problem.subject[requirement.subject_id].name,
        "、".join(describe.teacher(problem, name) for name in meeting.teacher_ids),
        tuple(describe.teacher(problem, name) for name in along),
        _escorts_needed(problem, meeting, use),
        "、".join(problem.zone[z].title for z in meeting.zone_ids),
        use.walk,
    )


def _escorts_needed(problem: Problem, meeting: Meeting, use: Use) -> int:
    """As the rule on escorts counts, where it is in force with its own least number."""
    if use.agreement is None:
        return 0
    rules = (r for r in rules_in_force(problem) if isinstance(r, BringEscorts))
    rule = next(rules, BringEscorts())
    requirement = meeting.lesson.requirement
    return escorts_needed(
        problem, requirement, use.agreement, use.class_ids, rule.at_least
    )


def _moved(
    problem: Problem, clashes: tuple[DateClash, ...], school_id: str, venue_id: str
) -> Iterator[Text]:
    def is_theirs(clash: DateClash) -> bool:
        meeting = clash.lesson.meeting
        here = meeting.layout is not None and meeting.layout.venue_id == venue_id
        return here and any(
            u.school_id == school_id and u.foreign for u in meeting.uses
        )

    return clash_lines(problem, filter(is_theirs, clashes))
