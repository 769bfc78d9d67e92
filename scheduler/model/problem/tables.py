"""The tables of a problem, as they are given, and their rows by id."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from scheduler.model.activities import Activity
from scheduler.model.closures import Booking, Calendar, Closure, Replacement
from scheduler.model.limits import Limit
from scheduler.model.relations import Relation
from scheduler.model.requirements import FixedLesson, Requirement
from scheduler.model.resources import (
    ClassGroup,
    School,
    Subject,
    Teacher,
    Unavailability,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.term import Term
from scheduler.model.times import Bell
from scheduler.model.venues import (
    Agreement,
    Layout,
    SiteDistance,
    Venue,
    VenueTarget,
    Zone,
)


@dataclass(frozen=True)
class ProblemTables:
    """Rows in the order of their files.

    ``requirements`` and ``subjects`` hold what ``activities`` are made into as well
    (:mod:`scheduler.model.expansion`). Derived, too, is ``closed_weekly``: times of the
    week closed on so many dates that no weekly lesson is placed there (``term.closing``
    works them out).
    """

    schools: tuple[School, ...]
    bells: tuple[Bell, ...]
    classes: tuple[ClassGroup, ...]
    subjects: tuple[Subject, ...]
    teachers: tuple[Teacher, ...]
    requirements: tuple[Requirement, ...]
    term: Term
    venues: tuple[Venue, ...] = ()
    zones: tuple[Zone, ...] = ()
    layouts: tuple[Layout, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    sites: tuple[SiteDistance, ...] = ()
    unavailable: tuple[Unavailability, ...] = ()
    fixed: tuple[FixedLesson, ...] = ()
    rules: tuple[RuleSetting, ...] = ()
    limits: tuple[Limit, ...] = ()
    relations: tuple[Relation, ...] = ()
    venue_targets: tuple[VenueTarget, ...] = ()
    activities: tuple[Activity, ...] = ()
    closures: tuple[Closure, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    bookings: tuple[Booking, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    closed_weekly: tuple[Unavailability, ...] = ()

    @cached_property
    def school(self) -> dict[str, School]:
        """Schools by id."""
        return {s.school_id: s for s in self.schools}

    @cached_property
    def bell(self) -> dict[str, Bell]:
        """Bells by id."""
        return {b.bell_id: b for b in self.bells}

    @cached_property
    def class_group(self) -> dict[str, ClassGroup]:
        """Classes by id."""
        return {c.class_id: c for c in self.classes}

    @cached_property
    def class_name(self) -> dict[str, str]:
        """What people call each class: its name, with the school where two share it.

        Two of one school are told apart by their ids.
        """
        shared = Counter(c.name for c in self.classes)
        own = Counter((c.school_id, c.name) for c in self.classes)
        found = {}
        for c in self.classes:
            school = self.school[c.school_id].name if shared[c.name] > 1 else ""
            twin = f"({c.class_id})" if own[c.school_id, c.name] > 1 else ""
            found[c.class_id] = f"{school}{c.name}{twin}"
        return found

    @cached_property
    def teacher_name(self) -> dict[str, str]:
        """What people call each teacher: the name, with the id where two share it."""
        shared = Counter(t.name for t in self.teachers)
        return {
            t.teacher_id: t.name if shared[t.name] == 1 else f"{t.name}({t.teacher_id})"
            for t in self.teachers
        }

    @cached_property
    def subject(self) -> dict[str, Subject]:
        """Subjects by id."""
        return {s.subject_id: s for s in self.subjects}

    @cached_property
    def teacher(self) -> dict[str, Teacher]:
        """Teachers by id."""
        return {t.teacher_id: t for t in self.teachers}

    @cached_property
    def venue(self) -> dict[str, Venue]:
        """Venues by id."""
        return {v.venue_id: v for v in self.venues}

    @cached_property
    def layout(self) -> dict[str, Layout]:
        """Layouts by id."""
        return {x.layout_id: x for x in self.layouts}

    @cached_property
    def requirement(self) -> dict[str, Requirement]:
        """Requirements by id."""
        return {r.requirement_id: r for r in self.requirements}

    @cached_property
    def limit(self) -> dict[str, Limit]:
        """Rows of limits.csv by id."""
        return {x.limit_id: x for x in self.limits}

    @cached_property
    def relation(self) -> dict[str, Relation]:
        """Rows of relations.csv by id."""
        return {x.relation_id: x for x in self.relations}

    @cached_property
    def fixed_at(self) -> dict[str, FixedLesson]:
        """Fixed lessons by lesson id."""
        return {f"{f.requirement_id}#{f.index}": f for f in self.fixed}
