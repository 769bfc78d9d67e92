"""Parts of a district: what is solved as one problem, nearly always one school.

Schools whose lessons are taught together, or whose lessons relations tie, are one part.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.model.closures import ClosureKind
from scheduler.model.components import components
from scheduler.model.district import District
from scheduler.model.errors import DataError, InputError, meant
from scheduler.model.limits import Limit
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME
from scheduler.model.resources import ResourceKind, Unavailability
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable


@dataclass(frozen=True)
class Part:
    """Schools solved together; ``problem`` is theirs alone, with all they may use."""

    school_ids: tuple[str, ...]
    problem: Problem

    @property
    def key(self) -> str:
        """What the part is called in tables and folders: its first school."""
        return self.school_ids[0]

    @property
    def name(self) -> str:
        """What people call it."""
        return "、".join(self.problem.school[s].name for s in self.school_ids)

    def timetable_of(self, whole: Timetable) -> Timetable:
        """What a timetable of all schools says of this part."""
        ids = (x.lesson_id for x in self.problem.lessons)
        placed = {x: whole.placements[x] for x in ids if x in whole.placements}
        return Timetable(self.problem, placed)


def parts_of(district: District) -> tuple[Part, ...]:
    """All parts, in the order of their first schools; cut once for each problem."""
    known = district.problem.known.others
    if _KNOWN not in known:
        groups = schools_together(district.problem)
        known[_KNOWN] = tuple(_part(district, group) for group in groups)
    parts: tuple[Part, ...] = known[_KNOWN]
    return parts


_KNOWN = "parts of the district"


def part_of(district: District, school_id: str) -> Part:
    """The part of one school.

    Raises:
        InputError: there is no such school with classes.
    """
    for group in schools_together(district.problem):
        if school_id in group:
            return _part(district, group)
    known = list(district.school_ids)
    names = {s.name: s.school_id for s in district.problem.schools}
    if school_id in names and names[school_id] != school_id:
        return part_of(district, names[school_id])
    unknown = Text("没有这所学校，或它没有班级", "is no school with classes")
    advice = meant(school_id, known, Text("请用学校编号。", "Maybe its school_id?"))
    raise InputError([DataError("--school", unknown, advice, value=school_id)])


def schools_together(problem: Problem) -> tuple[tuple[str, ...], ...]:
    """Schools with classes, those that must be solved together in one group."""
    taught = {c.school_id for c in problem.classes}
    names = [s.school_id for s in problem.schools if s.school_id in taught]
    return tuple(map(tuple, components(names, _tied(problem))))


def _tied(problem: Problem) -> Iterator[tuple[str, ...]]:
    for requirement in problem.requirements:
        yield problem.schools_of(requirement)
    for relation in problem.relations:
        if relation.lessons:
            named = (problem.requirement[x.partition("#")[0]] for x in relation.lessons)
            yield tuple(s for r in named for s in problem.schools_of(r))


def _part(district: District, school_ids: tuple[str, ...]) -> Part:
    return Part(school_ids, _Cut(district.problem, school_ids).problem(district))


def joined(district: District, timetables: Iterable[Timetable]) -> Timetable:
    """The whole district's timetable out of its parts'."""
    placements = {k: p for t in timetables for k, p in t.placements.items()}
    return Timetable(district.problem, placements)


class _Cut:
    """The tables of some schools out of those of all."""

    def __init__(self, whole: Problem, school_ids: tuple[str, ...]) -> None:
        self._whole, self._schools = whole, set(school_ids)
        self._classes = {
            c.class_id: c for c in whole.classes if c.school_id in self._schools
        }
        self._requirements = tuple(
            r for r in whole.requirements if r.class_ids[0] in self._classes
        )
        self._teachers = self._their_teachers()
        self._venues = self._their_venues()

    def _their_teachers(self) -> set[str]:
        """Who teaches or escorts here, and whose home it is."""
        home = {t.teacher_id for t in self._whole.teachers if self._is(t.school_id)}
        return home.union(
            name
            for r in self._requirements
            for name in (*r.teacher_ids, *r.teacher_pool, *r.escort_ids)
        )

    def _their_venues(self) -> set[str]:
        """Venues they own, have an agreement for, or whose layouts a lesson names."""
        whole = self._whole
        own = {v.venue_id for v in whole.venues if self._is(v.owner)}
        agreed = {a.venue_id for a in whole.agreements if self._is(a.school_id)}
        named = {
            whole.layout[name].venue_id
            for r in self._requirements
            for name in r.layouts
            if name != HOME
        }
        return own | agreed | named

    def _is(self, school_id: str) -> bool:
        return school_id in self._schools

    def problem(self, district: District) -> Problem:
        """All tables, cut."""
        whole = self._whole
        teachers = tuple(t for t in whole.teachers if t.teacher_id in self._teachers)
        venues = tuple(v for v in whole.venues if v.venue_id in self._venues)
        known = self._schools | {t.school_id for t in teachers}
        known |= {v.owner for v in venues}
        bells = {c.bell_id for c in self._classes.values()}
        at = {v.venue_id for v in venues}
        return replace(
            whole,
            schools=tuple(s for s in whole.schools if s.school_id in known),
            bells=tuple(b for b in whole.bells if b.bell_id in bells),
            classes=tuple(self._classes.values()),
            teachers=teachers,
            requirements=self._requirements,
            venues=venues,
            zones=tuple(z for z in whole.zones if z.venue_id in at),
            layouts=tuple(x for x in whole.layouts if x.venue_id in at),
            agreements=tuple(a for a in whole.agreements if self._is(a.school_id)),
            unavailable=self._unavailable(whole.unavailable),
            closed_weekly=self._unavailable(whole.closed_weekly),
            rules=district.rules_of(next(iter(sorted(self._schools)))),
            venue_targets=tuple(x for x in whole.venue_targets if x.venue_id in at),
            **self._about_lessons(),
            **self._about_dates(at),
        )

    def _unavailable(
        self, rows: tuple[Unavailability, ...]
    ) -> tuple[Unavailability, ...]:
        groups = {
            t.group for t in self._whole.teachers if t.teacher_id in self._teachers
        }
        zones = {z.zone_id for z in self._whole.all_zones if z.venue_id in self._venues}
        known: Mapping[ResourceKind, Iterable[str]] = {
            ResourceKind.TEACHER: self._teachers,
            ResourceKind.CLASS: self._classes,
            ResourceKind.VENUE: self._venues,
            ResourceKind.ZONE: zones,
            ResourceKind.GROUP: groups,
        }
        return tuple(row for row in rows if row.resource_id in known[row.kind])

    def _about_lessons(self) -> dict[str, Any]:
        whole = self._whole
        own = {r.requirement_id for r in self._requirements}
        made = {r.activity_id for r in self._requirements}
        return {
            "fixed": tuple(f for f in whole.fixed if f.requirement_id in own),
            "activities": tuple(a for a in whole.activities if a.activity_id in made),
            "limits": tuple(x for row in whole.limits for x in self._limit(row)),
            "relations": tuple(
                replace(r, classes=tuple(c for c in r.classes if c in self._classes))
                for r in whole.relations
                if not r.lessons or r.lessons[0].partition("#")[0] in own
                if not r.classes or set(r.classes) & set(self._classes)
            ),
            "replacements": tuple(
                x for x in whole.replacements if x.lesson_id.partition("#")[0] in own
            ),
        }

    def _limit(self, limit: Limit) -> Iterator[Limit]:
        known = {
            "teacher": self._teachers,
            "class": set(self._classes),
            "group": {
                t.group for t in self._whole.teachers if t.teacher_id in self._teachers
            },
        }[limit.on.value]
        ids = tuple(x for x in limit.ids if x in known)
        if ids or not limit.ids:
            yield replace(limit, ids=ids)

    def _about_dates(self, venues: set[str]) -> dict[str, Any]:
        whole = self._whole
        calendars = tuple(c for c in whole.calendars if c.venue_id in venues)
        kept = {c.calendar_id for c in calendars}
        zones = {z.zone_id for z in whole.all_zones if z.venue_id in venues}
        known: Mapping[ClosureKind, Iterable[str]] = {
            ClosureKind.SCHOOL: self._schools,
            ClosureKind.CLASS: self._classes,
            ClosureKind.VENUE: venues,
            ClosureKind.ZONE: zones,
        }
        return {
            "calendars": calendars,
            "bookings": tuple(b for b in whole.bookings if b.calendar_id in kept),
            "closures": tuple(
                c for c in whole.closures if c.resource_id in known[c.kind]
            ),
        }
