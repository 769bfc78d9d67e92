"""Proposals to share teachers: who has lessons left, who lacks them, what travel costs.

One division by leximin: no school can get more of what it lacks without another worse
off getting less; among those the least minutes on the road are taken, proven by HiGHS.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scheduler.district.people.coverage import Coverage, Place
from scheduler.district.people.skills import Skills
from scheduler.model.settings.district import DistrictSettings
from scheduler.solver.sharing.division import Claim, Division, Row
from scheduler.solver.sharing.leximin import leximin

_MOST_VISITS = 10
"""Half-days of a week."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A teacher who goes to another school: lessons by subject, visits, minutes."""

    teacher_id: str
    school_id: str
    lessons: Mapping[str, int]
    visits: int
    minutes: int
    """On the road each week, there and back."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """All proposals, what then is still missing, whether none are better."""

    proposals: tuple[Proposal, ...]
    missing: Mapping[Place, Fraction]
    proven: bool


def propose(skills: Skills, coverage: Coverage, seconds: float) -> Proposals:
    """Who could go where, within each union of schools.

    Whole lessons only. Schools without a union are one, that of the district. Nobody
    teaches at more schools than ``schools_a_term`` allows.
    """
    lacking: dict[str, dict[Place, int]] = defaultdict(dict)
    for place in coverage.needs:
        missing = -int(-coverage.missing(place) // 1)
        if missing > 0:
            lacking[skills.union(place[0])][place] = missing
    found: list[Proposal] = []
    still: dict[Place, Fraction] = {}
    proven = True
    for union, places in lacking.items():
        model = _Model(skills, coverage, union, places)
        divided = leximin(model.division(), seconds)
        found += model.proposals(divided.amounts)
        for place, met in zip(places, divided.met, strict=True):
            still[place] = max(Fraction(0), coverage.missing(place) - met)
        proven = proven and divided.proven
    return Proposals(tuple(found), {p: n for p, n in still.items() if n}, proven)


class _Model:
    """Choices of one union: lessons, visits, and whether somebody goes at all."""

    def __init__(
        self,
        skills: Skills,
        coverage: Coverage,
        union: str,
        places: Mapping[Place, int],
    ) -> None:
        self._skills, self._coverage, self._places = skills, coverage, places
        self._most: list[int] = []
        self._charges: dict[int, int] = {}
        self._rows: list[Row] = []
        self._lessons: dict[tuple[str, Place], int] = {}
        self._visits: dict[tuple[str, str], tuple[int, int]] = {}
        self._union = union

    def division(self) -> Division:
        """The whole division."""
        for teacher in self._skills.problem.teachers:
            if self._skills.union(teacher.school_id) == self._union:
                self._offer(teacher.teacher_id, teacher.school_id)
        claims = []
        for place, need in self._places.items():
            parts = tuple(c for (_, p), c in self._lessons.items() if p == place)
            if parts:
                self._rows.append(Row(dict.fromkeys(parts, 1), most=need))
            priority = self._skills.problem.school[place[0]].priority
            claims.append(Claim("·".join(place), parts, need, priority))
        return Division(self._most, self._rows, claims, self._charges)

    def _offer(self, name: str, home: str) -> None:
        skills = self._skills
        problem = skills.problem
        spare = int(skills.capacity(name) - self._coverage.given.get(name, Fraction(0)))
        open_places: dict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            if place[1] in skills.able(name) and place[0] != home:
                open_places[place[0]].append(place)
        if spare < 1 or not open_places:
            return
        new: list[int] = []
        for school, places in open_places.items():
            minutes = problem.travel_minutes(
                problem.site_of_school(home), problem.site_of_school(school)
            )
            if minutes is None:
                continue
            goes, visits = self._choice(1), self._choice(_MOST_VISITS, 2 * minutes)
            self._visits[name, school] = visits, minutes
            some = {self._choice(min(spare, self._places[p])): p for p in places}
            self._lessons |= {(name, p): c for c, p in some.items()}
            a_visit = -skills.plan.lessons_a_visit
            self._rows.append(Row(dict.fromkeys(some, 1) | {visits: a_visit}, most=0))
            self._rows.append(Row({visits: 1, goes: -_MOST_VISITS}, most=0))
            if school not in skills.schools(name):
                new.append(goes)
        own = {c: 1 for (who, _), c in self._lessons.items() if who == name}
        if not own:
            return
        self._rows.append(Row(own, most=spare))
        most = DistrictSettings.of(problem.rules).schools_a_term
        room = max(0, most - len(skills.schools(name)))
        if new:
            self._rows.append(Row(dict.fromkeys(new, 1), most=room))

    def _choice(self, most: int, charge: int = 0) -> int:
        self._most.append(most)
        if charge:
            self._charges[len(self._most) - 1] = charge
        return len(self._most) - 1

    def proposals(self, amounts: Sequence[int]) -> list[Proposal]:
        """Who goes where."""
        found = []
        a_visit = self._skills.plan.lessons_a_visit
        for (name, school), (_, minutes) in self._visits.items():
            lessons = {
                place[1]: amounts[c]
                for (who, place), c in self._lessons.items()
                if (who, place[0]) == (name, school) and amounts[c]
            }
            if lessons:
                # Visits without a charge, at a school next door, may be too many.
                visits = -(-sum(lessons.values()) // a_visit)
                road = 2 * minutes * visits
                found.append(Proposal(name, school, lessons, visits, road))
        return found
