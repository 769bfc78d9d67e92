"""Teachers as rows: names, limits, meetings and wishes."""

import math
from collections import Counter
from random import Random

from scheduler.model.resources import Level, ResourceKind, Teacher, Unavailability
from tests.benchmarks.planted.placing import Sown
from tests.benchmarks.planted.staffing import SCHOOL, Staffing

_SURNAMES = "屈阮向舒翟谌卞钟汪游龙夏程严祝桂童卢涂詹喻解杭柳潘骆"
_GIVEN = "青禾望舒景行见山南乔秋棠采薇子衿月白鸿渐疏桐一苇听雨书宁安澜知远"
"""Given names of two characters each."""
_LIMITED = 0.4
"""Share of the teachers with a limit of periods a day."""
_WISHING = 0.15
"""Share of the teachers with a half-day they would rather be free."""


def describe_teachers(
    school: Staffing, sown: Sown, random: Random
) -> tuple[Teacher, ...]:
    """Rows of teachers.csv; limits are those the timetable was planted with."""
    load: Counter[str] = Counter()
    subjects: dict[str, dict[str, None]] = {}
    for r in school.requirements:
        for teacher_id in r.teacher_ids:
            load[teacher_id] += math.ceil(r.per_week)
            subjects.setdefault(teacher_id, {})[r.subject_id] = None
    return tuple(
        Teacher(
            member.teacher_id,
            _name(random),
            SCHOOL,
            tuple(subjects[member.teacher_id]),
            sown.daily[member.teacher_id] if random.random() < _LIMITED else None,
            load[member.teacher_id] + 1,
            group=member.department,
        )
        for member in school.members
    )


def _name(random: Random) -> str:
    given = random.randrange(0, len(_GIVEN), 2)
    return random.choice(_SURNAMES) + _GIVEN[given : given + 2]


def wishes(school: Staffing, sown: Sown, random: Random) -> tuple[Unavailability, ...]:
    """Research half-days (hard) and half-days teachers would like to be free (soft)."""
    bell, found = school.plan.bell, []
    noon = next(p.start for p in bell.periods if p.kind == "lunch")
    halves = ((7 * 60 + 30, noon), (noon, 18 * 60))
    for member in school.members:
        name = member.teacher_id
        for column in sown.meetings.get(name, ())[:1]:
            day, period = column[0]
            row = bell.find(day, period)
            assert row is not None
            start, end = halves[row.start >= noon]
            reason = f"{member.department}教研"
            found.append(_row(name, day, start, end, Level.HARD, reason))
        if random.random() < _WISHING:
            day = random.choice(school.plan.week.days)
            start, end = random.choice(halves)
            found.append(_row(name, day, start, end, Level.SOFT, "个人意愿"))
    return tuple(found)


def _row(
    name: str, day: int, start: int, end: int, level: Level, reason: str
) -> Unavailability:
    kind = ResourceKind.TEACHER
    return Unavailability(
        kind, name, day, start=start, end=end, level=level, reason=reason
    )
