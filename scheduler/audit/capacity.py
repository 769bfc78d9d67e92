"""What a school has for PE, music and art, against the norms.

Source: regulations.md 2.2 to 2.4.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scheduler.audit.ruling.documents import BALANCE, SPORT_TERMS
from scheduler.model.problem import Problem
from scheduler.model.resources import Post, School, Stage, Subject
from scheduler.model.text import Text
from scheduler.model.venues import Venue

_TRACKS = ((9105, 300), (7031, 250), (5394, 200))
"""Square metres of a ground with a ring of so many metres."""
_PLANS: dict[Stage, tuple[tuple[int, int, int], ...]] = {
    # Up to so many classes: metres of track, ball courts (basketball and volleyball).
    Stage.PRIMARY: ((18, 200, 3), (29, 300, 4), (999, 300, 5)),
    Stage.NINE_YEAR: ((18, 200, 3), (35, 300, 5), (999, 300, 6)),
    Stage.JUNIOR: ((18, 300, 3), (29, 300, 4), (999, 300, 5)),
}
_AREA = {Stage.PRIMARY: Fraction("7.5"), Stage.JUNIOR: Fraction("10.2")}
_CLASS_SIZE = {Stage.PRIMARY: 45, Stage.JUNIOR: 50}
_ROOMS = {"MUS": (Text("音乐", "music"), 96), "FA": (Text("美术", "art"), 90)}
_CLASSES_A_ROOM = 12
_TEACHERS_A_HUNDRED = Fraction("0.9")
_LESSONS_A_TEACHER = 16
_LAST_PRIMARY = 6


@dataclass(frozen=True, slots=True)
class CapacityCheck:
    """One norm of one school: what there is and what is asked for.

    ``have`` is None where the tables do not say (an area is not filled in).
    """

    school_id: str
    what: Text
    unit: Text
    have: Fraction | None
    need: Fraction
    source: str
    at_most: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the norm is kept; None where it cannot be told."""
        if self.have is None:
            return None
        return self.have <= self.need if self.at_most else self.have >= self.need

    @property
    def missing(self) -> Fraction:
        """What is missing, or too much."""
        gap = (self.need - (self.have or 0)) * (-1 if self.at_most else 1)
        return max(Fraction(), gap)

    @property
    def figures(self) -> tuple[str, str, str]:
        """What there is, is asked for, and is missing, rounded.

        One decimal, or as many more (three at most) as a lack needs to be seen.
        """
        values = self.have, self.need, self.missing
        digits = next((d for d in (1, 2) if round(self.missing, d)), 3)
        if not self.missing:
            digits = 1
        have, need, missing = ("–" if x is None else _short(x, digits) for x in values)
        return have, need, missing


def capacity_checks(problem: Problem) -> tuple[CapacityCheck, ...]:
    """The norms of every school with classes, in the order of the schools."""
    taught = {c.school_id for c in problem.classes}
    schools = (s for s in problem.schools if s.school_id in taught)
    return tuple(x for s in schools for x in _School(problem, s).checks())


class _School:
    """What one school has."""

    def __init__(self, problem: Problem, school: School) -> None:
        self.problem, self.school = problem, school
        name = school.school_id
        self.classes = [c for c in problem.classes if c.school_id == name]
        self.pupils = sum(c.size for c in self.classes)
        self.pe = [s for s in problem.subjects if s.kind.is_pe_type]
        self.venues = [v for v in problem.venues if v.owner == name]
        self.young = all(c.grade <= _LAST_PRIMARY for c in self.classes)

    def checks(self) -> Iterator[CapacityCheck]:
        """All norms."""
        yield from self._grounds()
        yield from self._teachers()
        yield from self._sports_area()
        for code, (name, area) in _ROOMS.items():
            yield from self._rooms(code, name, area)
        stage = Stage.PRIMARY if self.young else Stage.JUNIOR
        largest = Fraction(max(c.size for c in self.classes))
        what = Text("最大班额", "largest class")
        most = Fraction(_CLASS_SIZE[stage])
        yield self._check(what, _PUPILS, largest, most, BALANCE, at_most=True)

    def _check(
        self,
        what: Text,
        unit: Text,
        have: Fraction | None,
        need: Fraction,
        source: str,
        at_most: bool = False,
    ) -> CapacityCheck:
        name = self.school.school_id
        return CapacityCheck(name, what, unit, have, need, source, at_most)

    def _grounds(self) -> Iterator[CapacityCheck]:
        plan = _PLANS.get(self.school.stage, _PLANS[Stage.NINE_YEAR])
        count = len(self.classes)
        track, courts = next((t, c) for most, t, c in plan if count <= most)
        fields = [v for v in self.venues if v.kind == "field"]
        areas = [v.area_m2 for v in fields if v.area_m2 is not None]
        ring = None
        if len(areas) == len(fields):
            ring = Fraction(max(map(_ring, areas), default=0))
        what = Text("环形跑道（按场地面积推算）", "ring track (told by its area)")
        yield self._check(what, _METRES, ring, Fraction(track), SPORT_TERMS)
        zones = [
            z
            for z in self.problem.all_zones
            if self.problem.venue[z.venue_id].kind == "court"
            and self.problem.venue[z.venue_id].owner == self.school.school_id
        ]
        what = Text("篮球场、排球场（块）", "ball courts (kind court)")
        yield self._check(
            what, _PLACES, Fraction(len(zones)), Fraction(courts), SPORT_TERMS
        )

    def _teachers(self) -> Iterator[CapacityCheck]:
        names = {s.subject_id for s in self.pe}
        have = Fraction(len(self._full_time(names)))
        first = sum(c.grade <= 2 for c in self.classes)
        least = Fraction(first, 6) + Fraction(len(self.classes) - first, 7)
        what = Text(
            "专职体育教师（1–2年级每6班、其余每7班1人）",
            "PE teachers (1 per 6 classes in grades 1-2, per 7 above)",
        )
        yield self._check(what, _PEOPLE, have, Fraction(math.ceil(least)), SPORT_TERMS)
        given = {c.class_id for c in self.classes}
        lessons = sum(
            r.per_week
            for r in self.problem.requirements
            if r.subject_id in names and given & set(r.class_ids)
        )
        needed = math.ceil(Fraction(lessons) / _LESSONS_A_TEACHER)
        what = Text(
            f"体育教师（按每人每周{_LESSONS_A_TEACHER}节上完体育类课程）",
            f"PE teachers for all PE at {_LESSONS_A_TEACHER} lessons a week",
        )
        yield self._check(what, _PEOPLE, have, Fraction(needed), "每天一节体育课")
        arts = {s.subject_id for s in self.problem.subjects if s.code in _ROOMS}
        share = Fraction(100 * len(self._full_time(names | arts)), self.pupils or 1)
        what = Text(
            "每百名学生体育、音乐、美术专任教师", "PE, music, art per 100 pupils"
        )
        yield self._check(what, _PEOPLE, share, _TEACHERS_A_HUNDRED, BALANCE)

    def _full_time(self, subjects: set[str]) -> list[str]:
        return [
            t.teacher_id
            for t in self.problem.teachers
            if t.school_id == self.school.school_id
            and t.post is Post.FULL_TIME
            and subjects & set(t.subjects)
        ]

    def _sports_area(self) -> Iterator[CapacityCheck]:
        mine = self._for(self.pe)
        areas = [v.area_m2 for v in mine if v.area_m2 is not None]
        have = None
        if len(areas) == len(mine):
            have = Fraction(sum(areas), self.pupils or 1)
        stage = Stage.PRIMARY if self.young else Stage.JUNIOR
        what = Text("生均体育运动场馆面积", "sports area a pupil")
        yield self._check(what, _SQUARE, have, _AREA[stage], BALANCE)

    def _rooms(self, code: str, name: Text, area: int) -> Iterator[CapacityCheck]:
        subjects = [s for s in self.problem.subjects if s.code == code]
        rooms = self._for(subjects)
        need = Fraction(math.ceil(len(self.classes) / _CLASSES_A_ROOM))
        what = Text(
            f"{name.zh}教室（每12班1间）", f"{name.en} rooms (1 per 12 classes)"
        )
        yield self._check(what, _PLACES, Fraction(len(rooms)), need, BALANCE)
        known = [v.area_m2 for v in rooms if v.area_m2 is not None]
        if known:
            smallest = Fraction(min(known))
            what = Text(f"{name.zh}教室最小面积", f"smallest {name.en} room")
            yield self._check(what, _SQUARE, smallest, Fraction(area), BALANCE)

    def _for(self, subjects: list[Subject]) -> list[Venue]:
        """Own venues with a layout that names one of the subjects."""
        named = {
            x.venue_id
            for x in self.problem.layouts
            if any(x.names(s.subject_id) for s in subjects)
        }
        return [v for v in self.venues if v.venue_id in named]


def _short(value: Fraction, digits: int) -> str:
    text = f"{float(value):.{digits}f}"
    return text.rstrip("0").rstrip(".")


def _ring(area: int) -> int:
    return next((metres for least, metres in _TRACKS if area >= least), 0)


_METRES = Text("米", "m")
_SQUARE = Text("平方米", "m²")
_PLACES = Text("个", "")
_PEOPLE = Text("人", "")
_PUPILS = Text("人", "pupils")
