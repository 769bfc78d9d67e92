"""Places of a problem: what is where, who may use it, and who has it to choose from."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from scheduler.model.problem.lessons import ProblemLessons
from scheduler.model.requirements import HOME, Lesson, Requirement
from scheduler.model.settings.agreements import AgreementSettings
from scheduler.model.text import Text
from scheduler.model.venues import Agreement, Layout, Zone


@dataclass(frozen=True)
class ProblemPlaces(ProblemLessons):
    """What follows from venues, zones, layouts, sites and agreements."""

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
    def pe_venues(self) -> frozenset[str]:
        """Venues with a layout that names a PE-type subject."""
        subjects = [s.subject_id for s in self.subjects if s.kind.is_pe_type]
        return frozenset(
            x.venue_id for x in self.layouts if any(x.names(s) for s in subjects)
        )

    @cached_property
    def foreign_layouts(self) -> tuple[str, ...]:
        """Layouts of venues that some school does not own."""
        return tuple(
            x.layout_id
            for x in self.layouts
            if any(s.school_id != self.venue[x.venue_id].owner for s in self.schools)
        )

    def site_of_school(self, school_id: str) -> str:
        """Site of a school; its own id by default."""
        return self.school[school_id].site_id or school_id

    def travel_minutes(self, from_site: str, to_site: str) -> int | None:
        """Minutes from site to site; None where the pair is not listed."""
        if from_site == to_site:
            return 0
        return self._minutes.get((from_site, to_site))

    @cached_property
    def _minutes(self) -> dict[tuple[str, str], int]:
        given = {(s.from_site, s.to_site): s.minutes for s in self.sites}
        back = {(b, a): minutes for (a, b), minutes in given.items()}
        return back | given

    @cached_property
    def agreements_at(self) -> dict[tuple[str, str], tuple[Agreement, ...]]:
        """Agreements by (school, venue)."""
        found: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
        for agreement in self.agreements:
            found[agreement.school_id, agreement.venue_id].append(agreement)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def agreement_rules(self) -> AgreementSettings:
        """The settings ``[agreements]``."""
        return AgreementSettings.of(self.rules)

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

    def layouts_for(self, requirement: Requirement) -> tuple[Layout, ...]:
        """Layouts that name its subject, at venues that all its schools may use."""
        first, *others = self.schools_of(requirement)
        return tuple(
            x
            for x in self._usable.get(first, ())
            if x.names(requirement.subject_id)
            and all(self.may_use(s, x) for s in others)
        )

    @cached_property
    def _usable(self) -> dict[str, list[Layout]]:
        """Layouts that each school may use: one look at each, however many schools."""
        agreed: dict[str, dict[str, None]] = defaultdict(dict)
        for agreement in self.agreements:
            agreed[agreement.venue_id][agreement.school_id] = None
        found: dict[str, list[Layout]] = defaultdict(list)
        for layout in self.layouts:
            venue = self.venue[layout.venue_id]
            for school in dict.fromkeys((venue.owner, *agreed[venue.venue_id])):
                if self.may_use(school, layout):
                    found[school].append(layout)
        return found

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
                for x in self.layouts_for(requirement)
                if not self.refusal(x, requirement)
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

    @cached_property
    def lessons_in_zone(self) -> dict[str, tuple[Lesson, ...]]:
        """Lessons that may use each zone, each once; every zone is a key."""
        return {
            zone.zone_id: tuple(
                dict.fromkeys(
                    lesson
                    for layout in self.layouts
                    if zone.zone_id in layout.zones
                    for lesson in self.lessons_on[layout.layout_id]
                )
            )
            for zone in self.all_zones
        }

    def lessons_in(self, venue_id: str) -> tuple[Lesson, ...]:
        """Lessons that may use a venue, each once."""
        here = (x.layout_id for x in self.layouts if x.venue_id == venue_id)
        return tuple(dict.fromkeys(x for name in here for x in self.lessons_on[name]))
