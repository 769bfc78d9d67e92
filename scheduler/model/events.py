"""What befalls a running school: somebody is away, a place is closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.requirements import Requirement
from scheduler.model.resources import ResourceKind, Teacher, Unavailability
from scheduler.model.targets import Target
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

AWAY, CLOSED = "缺勤 away", "关闭 closed"


def close(problem: Problem, places: Iterable[Target]) -> Problem:
    """Close venues or zones, on one weekday or all week."""
    days = sorted({day for bell in problem.bells for day in bell.days})
    rows = tuple(
        Unavailability(ResourceKind(t.kind), t.name, day, reason=CLOSED)
        for t in places
        for day in ([t.day] if t.day else days)
    )
    return replace(problem, unavailable=problem.unavailable + rows)


def absent(
    problem: Problem,
    timetable: Timetable,
    who: Iterable[Target],
    cover: Iterable[str] | None = None,
    overtime: int = 0,
) -> Problem:
    """Teachers are away, on one weekday or all week.

    All week: each of their requirements is taken over, as a whole, by one of those who
    may cover it. On one weekday: their lessons keep off that day; where ``cover`` is
    given, requirements with a lesson on it may be taken over instead.

    Parameters:
        timetable: The running one, which says what they have on a weekday.
        cover: Teachers who may take over; empty or None for :func:`colleagues`.
        overtime: Periods by which the limits of those who may cover are raised, a
            day and a week.

    Raises:
        InputError: a requirement would have nobody.
    """
    targets = tuple(who)
    daily = [(t.name, t.day) for t in targets if t.day is not None]
    staff = _Staff(
        problem,
        gone=frozenset(t.name for t in targets if t.day is None),
        named=tuple(cover or ()),
    )
    requirements = []
    for requirement in problem.requirements:
        busy = [t for t, day in daily if _teaches(timetable, requirement, t, day)]
        changed = staff.without_the_gone(requirement)
        if cover is not None and busy and not changed.teacher_pool:
            changed = staff.with_choice(changed, busy[0])
        requirements.append(changed)
    if staff.errors:
        raise InputError(staff.errors)
    raised = (
        _raised(t, overtime) if t.teacher_id in staff.helpers else t
        for t in problem.teachers
    )
    rows = tuple(
        Unavailability(ResourceKind.TEACHER, name, day, reason=AWAY)
        for name, day in daily
    )
    return replace(
        problem,
        requirements=tuple(requirements),
        teachers=tuple(raised),
        unavailable=problem.unavailable + rows,
    )


def colleagues(problem: Problem, teacher_id: str, subject_id: str) -> tuple[str, ...]:
    """Who may cover a teacher's subject: the teachers of his school who give it.

    Those are the ones with the subject among their ``subjects`` or in a requirement;
    of them, those of his own group where there are any.
    """
    away = problem.teacher[teacher_id]
    giving = {
        t
        for r in problem.requirements
        if r.subject_id == subject_id
        for t in r.teacher_ids + r.teacher_pool
    }
    able = [
        t
        for t in problem.teachers
        if t.school_id == away.school_id
        and (subject_id in t.subjects or t.teacher_id in giving)
        and t.teacher_id != teacher_id
    ]
    near = [t for t in able if away.group and t.group == away.group]
    return tuple(t.teacher_id for t in near or able)


@dataclass
class _Staff:
    """Who is gone, who covers, and what cannot be covered."""

    problem: Problem
    gone: frozenset[str]
    named: tuple[str, ...]
    helpers: set[str] = field(default_factory=set)
    errors: list[DataError] = field(default_factory=list)

    def without_the_gone(self, requirement: Requirement) -> Requirement:
        """Somebody else in the place of whoever is gone."""
        people = requirement.teacher_ids + requirement.teacher_pool
        away = [t for t in people if t in self.gone]
        if self.gone & set(requirement.escort_ids):
            self._refuse(requirement, _ESCORT)
        if not away:
            return requirement
        left = tuple(t for t in requirement.teacher_ids if t not in self.gone)
        pool = tuple(t for t in requirement.teacher_pool if t not in self.gone)
        missing = len(requirement.teacher_ids) - len(left)
        if missing > 1 or (missing and requirement.teacher_pool):
            self._refuse(requirement, _SEVERAL)
        elif missing or not pool:
            pool = self._cover(requirement, away[0], left)
        return replace(requirement, teacher_ids=left, teacher_pool=pool)

    def with_choice(self, requirement: Requirement, teacher_id: str) -> Requirement:
        """He keeps the requirement, or somebody else takes it over."""
        left = tuple(t for t in requirement.teacher_ids if t != teacher_id)
        others = self._others(requirement, teacher_id, left)
        self.helpers |= set(others)
        return replace(
            requirement, teacher_ids=left, teacher_pool=(teacher_id, *others)
        )

    def _cover(
        self, requirement: Requirement, away: str, present: tuple[str, ...]
    ) -> tuple[str, ...]:
        found = self._others(requirement, away, present)
        if not found:
            self._refuse(requirement, _NOBODY)
        self.helpers |= set(found)
        return found

    def _others(
        self, requirement: Requirement, away: str, present: tuple[str, ...]
    ) -> tuple[str, ...]:
        subject_id = self._subject(requirement)
        able = self.named or colleagues(self.problem, away, subject_id)
        taken = {*self.gone, *present, *requirement.escort_ids, away}
        return tuple(t for t in able if t not in taken)

    def _subject(self, requirement: Requirement) -> str:
        """The subject whose teachers may cover it: of an activity the one it names."""
        for activity in self.problem.activities:
            if activity.activity_id == requirement.activity_id:
                return activity.subject_id or requirement.subject_id
        return requirement.subject_id

    def _refuse(self, requirement: Requirement, why: Text) -> None:
        name = requirement.requirement_id
        self.errors.append(DataError("--absent", why, _ADVICE, value=name))


def _teaches(
    timetable: Timetable, requirement: Requirement, teacher_id: str, day: int | None
) -> bool:
    placed = (timetable.placements.get(x.lesson_id) for x in requirement.lessons)
    named = teacher_id in requirement.teacher_ids
    return named and any(p is not None and p.day == day for p in placed)


def _raised(teacher: Teacher, periods: int) -> Teacher:
    """The same teacher with higher limits."""
    day, week = teacher.max_per_day, teacher.max_per_week
    return replace(
        teacher,
        max_per_day=None if day is None else day + periods,
        max_per_week=None if week is None else week + periods,
    )


_NOBODY = Text(
    "要求没有别的教师能代课", "is a requirement that nobody else is known to give"
)
_SEVERAL = Text(
    "要求缺不止一位教师", "is a requirement that lacks more than one teacher"
)
_ESCORT = Text("要求的随队教师缺勤", "is a requirement whose escort is away")
_ADVICE = Text(
    "请用 --cover teacher:… 指定，或在【教学要求】表中改。",
    "Maybe name somebody with --cover teacher:…, or in requirements.csv?",
)
