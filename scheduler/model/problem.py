"""Everything given: the tables of a problem and look-ups over them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.model.activities import Activity
from scheduler.model.agreement_settings import AgreementSettings
from scheduler.model.closures import (
    Booking,
    Calendar,
    Closure,
    Replacement,
    Shut,
    shut_times,
)
from scheduler.model.known import Known
from scheduler.model.limits import Limit
from scheduler.model.relations import Relation
from scheduler.model.requirements import (
    HOME,
    FixedLesson,
    Lesson,
    Requirement,
)
from scheduler.model.resources import (
    ClassGroup,
    Level,
    ResourceKind,
    School,
    Subject,
    Teacher,
    Unavailability,
    UnavailableDay,
    unavailable_days,
)
from scheduler.model.settings import RuleSetting
from scheduler.model.term import Term
from scheduler.model.text import Text
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
class Problem:
    """A school's week to be solved; trusted once built (formats.check_problem).

    Tables keep the order of their files. Everything below them is derived.
    ``requirements`` and ``subjects`` hold what ``activities`` are made into as well
    (:mod:`scheduler.model.expansion`). Derived, too, is
    ``closed_weekly``: times of the week closed on so many dates that no weekly lesson
    is placed there (``term.closing`` works them out).
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
    def all_zones(self) -> tuple[Zone, ...]:
        """Zones of the table, and one of its own id for a venue without any."""
        divided = {z.venue_id for z in self.zones}
        own = (Zone(v.venue_id, v.venue_id, 1) for v in self.venues)
        return self.zones + tuple(z for z in own if z.venue_id not in divided)

    @cached_property
    def zone(self) -> dict[str, Zone]:
        """Zones by id, the implied ones of undivided venues included."""
        return {z.zone_id: z for z in self.all_zones}

    @cached_property
    def layout(self) -> dict[str, Layout]:
        """Layouts by id."""
        return {x.layout_id: x for x in self.layouts}

    @cached_property
    def requirement(self) -> dict[str, Requirement]:
        """Requirements by id."""
        return {r.requirement_id: r for r in self.requirements}

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons, in the order of the requirements."""
        return tuple(x for r in self.requirements for x in r.lessons)

    @cached_property
    def lesson(self) -> dict[str, Lesson]:
        """Lessons by id."""
        return {x.lesson_id: x for x in self.lessons}

    @cached_property
    def lessons_of_class(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each class takes part in; every class is a key."""
        return self._lessons_by([c.class_id for c in self.classes], "class_ids")

    @cached_property
    def whole_lessons_of_class(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each class attends as a whole; every class is a key."""
        found = self.lessons_of_class
        return {
            name: lessons
            if not any(x.requirement.is_partial for x in lessons)
            else tuple(x for x in lessons if not x.requirement.is_partial)
            for name, lessons in found.items()
        }

    @cached_property
    def lessons_of_teacher(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons each teacher gives, may give (pool) or escorts."""
        return self._lessons_by(
            [t.teacher_id for t in self.teachers],
            "teacher_ids",
            "teacher_pool",
            "escort_ids",
        )

    def _lessons_by(
        self, keys: list[str], *fields: str
    ) -> dict[str, tuple[Lesson, ...]]:
        found: dict[str, list[Lesson]] = {key: [] for key in keys}
        for lesson in self.lessons:
            names = [n for f in fields for n in getattr(lesson.requirement, f)]
            for name in dict.fromkeys(names):
                found[name].append(lesson)
        return {key: tuple(lessons) for key, lessons in found.items()}

    @cached_property
    def agreements_at(self) -> dict[tuple[str, str], tuple[Agreement, ...]]:
        """Agreements by (school, venue)."""
        found: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
        for agreement in self.agreements:
            found[agreement.school_id, agreement.venue_id].append(agreement)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def all_unavailable(self) -> tuple[Unavailability, ...]:
        """Rows of unavailable.csv, and the times closed on most dates."""
        return self.unavailable + self.closed_weekly

    @cached_property
    def shut_on(self) -> dict[date, tuple[Shut, ...]]:
        """Closed times by date; dates without any are no keys."""
        times = shut_times(self.term, self.closures, self.calendars, self.bookings)
        found: dict[date, list[Shut]] = defaultdict(list)
        for shut in times:
            found[shut.date].append(shut)
        return {day: tuple(rows) for day, rows in found.items()}

    @cached_property
    def replacement_on(self) -> dict[tuple[date, str], Replacement]:
        """Rows of replacements.csv by date and lesson id."""
        return {(r.date, r.lesson_id): r for r in self.replacements}

    @cached_property
    def unavailability_of(
        self,
    ) -> dict[tuple[ResourceKind, str], tuple[Unavailability, ...]]:
        """Unavailable times of the week by what they speak of."""
        found: dict[tuple[ResourceKind, str], list[Unavailability]] = defaultdict(list)
        for row in self.all_unavailable:
            found[row.kind, row.resource_id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def unavailable_on(self) -> dict[Level, dict[int, UnavailableDay]]:
        """What is unavailable, by level and weekday."""
        return unavailable_days(self.all_unavailable)

    @cached_property
    def fixed_at(self) -> dict[str, FixedLesson]:
        """Fixed lessons by lesson id."""
        return {f"{f.requirement_id}#{f.index}": f for f in self.fixed}

    @cached_property
    def limit(self) -> dict[str, Limit]:
        """Rows of limits.csv by id."""
        return {x.limit_id: x for x in self.limits}

    @cached_property
    def relation(self) -> dict[str, Relation]:
        """Rows of relations.csv by id."""
        return {x.relation_id: x for x in self.relations}

    def related_lessons(self, relation: Relation) -> tuple[Lesson, ...]:
        """Lessons a relation names, each once, in its order.

        Raises:
            KeyError: it names a lesson that is not there.
        """
        found: dict[Lesson, None] = {}
        for name in relation.lessons:
            if "#" in name:
                found[self.lesson[name]] = None
            else:
                found |= dict.fromkeys(self.requirement[name].lessons)
        return tuple(found)

    @cached_property
    def _minutes(self) -> dict[tuple[str, str], int]:
        given = {(s.from_site, s.to_site): s.minutes for s in self.sites}
        back = {(b, a): minutes for (a, b), minutes in given.items()}
        return back | given

    def travel_minutes(self, from_site: str, to_site: str) -> int | None:
        """Minutes from site to site; None where the pair is not listed."""
        if from_site == to_site:
            return 0
        return self._minutes.get((from_site, to_site))

    def site_of_school(self, school_id: str) -> str:
        """Site of a school; its own id by default."""
        return self.school[school_id].site_id or school_id

    def schools_of(self, requirement: Requirement) -> tuple[str, ...]:
        """Schools of the requirement's classes, each once, in order."""
        return tuple(self.classes_by_school(requirement.class_ids))

    def classes_by_school(
        self, class_ids: tuple[str, ...]
    ) -> dict[str, tuple[str, ...]]:
        """Classes by their school, schools in the order of their first class."""
        known = self._by_school.get(class_ids)
        if known is None:
            found: dict[str, list[str]] = defaultdict(list)
            for class_id in class_ids:
                found[self.class_group[class_id].school_id].append(class_id)
            known = {school: tuple(own) for school, own in found.items()}
            self._by_school[class_ids] = known
        return known

    @cached_property
    def _by_school(self) -> dict[tuple[str, ...], dict[str, tuple[str, ...]]]:
        return {}

    def bell_of(self, requirement: Requirement) -> Bell:
        """The bell in which the requirement's periods count: its first class's."""
        return self.bell[self.class_group[requirement.class_ids[0]].bell_id]

    @cached_property
    def agreement_rules(self) -> AgreementSettings:
        """The settings ``[agreements]``."""
        return AgreementSettings.of(self.rules)

    @cached_property
    def known(self) -> Known:
        """What meetings of the problem share, once worked out."""
        return Known()

    def covers_term(self, agreement: Agreement) -> bool:
        """Tell whether it is valid on enough dates of its weekday in the term.

        On every one of them, unless the settings are content with less.
        """
        dates = self.term.weekday_dates(agreement.day)
        valid = sum(agreement.valid_from <= d <= agreement.valid_to for d in dates)
        return 100 * valid >= self.agreement_rules.percent * len(dates)

    def walk_minutes(self, agreement: Agreement, class_ids: tuple[str, ...]) -> int:
        """Minutes these classes walk to the place; the youngest set the pace."""
        grades = {self.class_group[c].grade for c in class_ids}
        return max(self.agreement_rules.walk_minutes(agreement, g) for g in grades)

    def pupils(self, class_ids: tuple[str, ...]) -> int:
        """Number of pupils in these classes."""
        return sum(self.class_group[c].size for c in class_ids)

    def pupils_in(
        self, requirement: Requirement, class_ids: tuple[str, ...] | None = None
    ) -> int:
        """Pupils who attend: all of its classes (or of some of them), or some.

        Where some attend, all of them may come from the classes asked about.
        """
        whole = self.pupils(requirement.class_ids if class_ids is None else class_ids)
        head_count = requirement.pupils
        return whole if head_count is None else min(whole, head_count)

    def may_use(self, school_id: str, layout: Layout) -> bool:
        """Tell whether a school owns the layout's venue or has an agreement for it."""
        if self.venue[layout.venue_id].owner == school_id:
            return True
        given = self.agreements_at.get((school_id, layout.venue_id), ())
        return any(agreement.opens(layout) for agreement in given)

    def refusal(self, layout: Layout, requirement: Requirement) -> Text | None:
        """Why a layout does not take a requirement's grades or tags, or None."""
        grades = dict.fromkeys(self.class_group[c].grade for c in requirement.class_ids)
        return layout.refusal(grades, requirement.tags)

    def is_open_to(self, layout: Layout, requirement: Requirement) -> bool:
        """Tell whether a layout takes the requirement, its subject left aside."""
        if self.refusal(layout, requirement):
            return False
        return all(self.may_use(s, layout) for s in self.schools_of(requirement))

    def allowed_layouts(self, requirement: Requirement) -> tuple[str, ...]:
        """Layout ids (or ``home``) the requirement may choose from.

        Source: data-format.md, "Choice of places".
        """
        return self._allowed[requirement.requirement_id]

    @cached_property
    def _allowed(self) -> dict[str, tuple[str, ...]]:
        return {r.requirement_id: self._choice_of_places(r) for r in self.requirements}

    def _choice_of_places(self, requirement: Requirement) -> tuple[str, ...]:
        if requirement.layouts:
            # Of those that an activity lists, each wave takes the ones that take it.
            found = tuple(
                name
                for name in requirement.layouts
                if name == HOME or not self.refusal(self.layout[name], requirement)
            )
        else:
            found = tuple(
                x.layout_id
                for x in self.layouts
                if x.names(requirement.subject_id) and self.is_open_to(x, requirement)
            )
        return found or (HOME,)

    @cached_property
    def lessons_on(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons that may use each layout; every layout is a key."""
        found: dict[str, list[Lesson]] = {x.layout_id: [] for x in self.layouts}
        for lesson in self.lessons:
            for layout_id in self.allowed_layouts(lesson.requirement):
                if layout_id != HOME:
                    found[layout_id].append(lesson)
        return {key: tuple(lessons) for key, lessons in found.items()}

    def lessons_in(self, venue_id: str) -> tuple[Lesson, ...]:
        """Lessons that may use a venue, each once."""
        here = (x.layout_id for x in self.layouts if x.venue_id == venue_id)
        return tuple(dict.fromkeys(x for name in here for x in self.lessons_on[name]))
