"""Who gives lessons that come on top: colleagues with room, or nobody yet.

Nobody is filled above the share of the norm from which an audit warns, nor above his
own limit. What nobody can give is counted, and somebody stands in for it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

from scheduler.audit.ruling.rule import Case
from scheduler.audit.staff.loads import load_of, norm_of
from scheduler.model.problem import Problem
from scheduler.model.resources import Post, Stage, Teacher

STANDS_IN = "待定"


@dataclass(frozen=True, slots=True)
class Lack:
    """Lessons a week of a course that no teacher of the school can give.

    ``posts`` are full posts of the profile's norm. ``able`` are those who give or may
    give it, with lessons a week they have and may have.
    """

    school: str
    code: str
    lessons: Fraction
    posts: Fraction
    able: tuple[tuple[str, Fraction, Fraction], ...]


@dataclass(slots=True)
class Hands:
    """Teachers of one school with what they give and may give, in lessons a week."""

    problem: Problem
    case: Case
    load: dict[str, Fraction] = field(default_factory=dict)
    most: dict[str, Fraction] = field(default_factory=dict)
    knows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    new: list[Teacher] = field(default_factory=list)
    _lacking: dict[str, Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def __post_init__(self) -> None:
        """Count what everybody gives now."""
        school = self.case.school
        for member in school.staff or ():
            name = member.key
            self.load[name] = load_of(school, name)
            self.most[name] = max(self.load[name], self._allowed(name, member.codes))
            taught = {x.code for x in school.by_teacher.get(name, ())}
            for code in {*member.codes, *taught} - {""}:
                self.knows[code].add(name)

    def release(self, teachers: tuple[str, ...], lessons: Fraction) -> None:
        """Teachers give fewer lessons."""
        for name in teachers:
            if name in self.load:
                self.load[name] -= lessons

    def take(
        self, code: str, lessons: Fraction, first: tuple[str, ...], label: str
    ) -> str:
        """The id of who gives more lessons of a course.

        Parameters:
            first: Who is asked before all others: the class's own teachers of it.
            label: Class and course, for who stands in.
        """
        others = sorted(self.knows[code] - set(first), key=lambda t: (self.load[t], t))
        for name in (*first, *others):
            known = name in self.load
            if not known or self.load[name] + lessons <= self.most[name]:
                if known:
                    self.load[name] += lessons
                return name
        return self.spare(code, lessons, label)

    def spare(self, code: str, lessons: Fraction, label: str) -> str:
        """The id of who stands in for lessons that nobody can give; they are counted.

        Parameters:
            label: Class and course, for who stands in.
        """
        self._lacking[code] += lessons
        return self.stand_in(label)

    def lacks(self) -> tuple[Lack, ...]:
        """What nobody can give, by course."""
        profile, school = self.case.profile, self.case.school
        return tuple(
            Lack(
                school.name,
                code,
                lessons,
                lessons / profile.norm(self._stage, code),
                tuple(
                    (school.teacher(t), self.load[t], self.most[t])
                    for t in sorted(self.knows[code])
                ),
            )
            for code, lessons in sorted(self._lacking.items())
        )

    def stand_in(self, label: str) -> str:
        """The id of somebody for whom a name is still to be found."""
        name = f"{STANDS_IN} {label}"
        known = next((t.teacher_id for t in self.new if t.name == name), None)
        if known is not None:
            return known
        taken = {t.teacher_id for t in (*self.problem.teachers, *self.new)}
        ids = (f"N{n:03d}-{self.case.school.school_id}" for n in count(1))
        made = next(i for i in ids if i not in taken)
        school = self.case.school.school_id
        self.new.append(Teacher(made, name, school, post=Post.PART_TIME))
        return made

    def _allowed(self, name: str, codes: tuple[str, ...]) -> Fraction:
        profile, own = self.case.profile, self.problem.teacher[name].max_per_week
        norm = norm_of(self.case, name)
        if name not in self.case.school.by_teacher:
            norm = profile.norm(self._stage, next(iter(codes), ""))
        full = Fraction(norm * profile.values.load_high, 100)
        return full if own is None else min(full, Fraction(own))

    @property
    def _stage(self) -> str:
        return "junior" if self.case.school.stage is Stage.JUNIOR else "primary"
