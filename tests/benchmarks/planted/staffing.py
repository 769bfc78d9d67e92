"""Classes, who teaches them what, and the lessons as things to plant."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from scheduler.model.requirements import HOME, Requirement, WeekRule
from scheduler.model.resources import ClassGroup
from tests.benchmarks.planted.plans import Course, Department, Plan, blocks_of

SCHOOL = "S1"
TEAM_CLASSES = 18
"""Classes for each pair of part-time teachers whose lessons alternate by week."""
_NUMERALS = "一二三四五六七八九"
_HARD_DAILY = ("CN", "MA", "PE", "PEA")
"""Courses whose day limit is hard; the others are spread by the soft rule."""


@dataclass(frozen=True, slots=True)
class Member:
    """A teacher to be: department and the meeting wave in it."""

    teacher_id: str
    department: str
    wave: int = 0


@dataclass
class Staffing:
    """The school's people and requirements, before anything has a time."""

    plan: Plan
    classes: tuple[ClassGroup, ...]
    members: list[Member] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    teams: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Teachers of mental health and local course by class: they share its slot."""


def make_classes(plan: Plan, count: int, random: Random) -> tuple[ClassGroup, ...]:
    """So many classes over the grades, the remainder in the lowest ones."""
    found = []
    for k, grade in enumerate(plan.grades):
        share = (count + len(plan.grades) - 1 - k) // len(plan.grades)
        for number in range(1, share + 1):
            size = random.randint(plan.most_pupils - 9, plan.most_pupils)
            name = f"{_NUMERALS[grade - 1]}({number})班"
            class_id = f"G{grade}C{number:02d}"
            found.append(ClassGroup(class_id, SCHOOL, grade, name, size, "bell"))
    return tuple(found)


def staff(plan: Plan, classes: tuple[ClassGroup, ...], periods: int) -> Staffing:
    """Give every class its courses and every course its teacher.

    Neighbouring classes share teachers, so parallel classes often have the same.
    """
    school = Staffing(plan, classes)
    bundles: dict[str, dict[str, list[tuple[Course, float]]]] = defaultdict(dict)
    for group in classes:
        for course, hours in _courses(plan, group.grade, periods):
            name = course.department[group.grade]
            bundles[name].setdefault(group.class_id, []).append((course, hours))
    for department in plan.departments:
        _staff_department(school, department, bundles.get(department.name, {}))
    _staff_teams(school, bundles)
    return school


def _courses(plan: Plan, grade: int, periods: int) -> list[tuple[Course, float]]:
    """The grade's courses and hours, made to fill so many periods.

    Raises:
        ValueError: the plan cannot be stretched or cut so far.
    """
    found = {c: c.hours[grade] for c in plan.courses if grade in c.hours}
    missing = periods - sum(found.values())
    for course in list(found) if missing < 0 else ():
        if course.subject_id in ("CPA", "LAB"):
            cut = min(found[course], -missing)
            missing += cut
            found[course] -= cut
    if missing > 0:
        every = dict.fromkeys(plan.grades, "综合")
        extra = Course("LOC", {grade: missing}, every, {}, "X")
        found[extra] = missing
    if missing < 0 or missing != int(missing):
        raise ValueError(f"no plan for {periods} periods a week in grade {grade}")
    return [(course, hours) for course, hours in found.items() if hours]


def _staff_department(
    school: Staffing,
    department: Department,
    bundles: dict[str, list[tuple[Course, float]]],
) -> None:
    """Classes in order, a new teacher whenever the load is reached."""
    load, count, member = department.load, 0, None
    for group in school.classes:
        bundle = bundles.get(group.class_id, [])
        hours = sum(h for _, h in bundle)
        if not bundle:
            continue
        if member is None or load + hours > department.load:
            member = Member(
                f"T{len(school.members) + 1:03d}",
                department.name,
                count % department.waves,
            )
            school.members.append(member)
            load, count = 0, count + 1
        load += hours
        for course, n in bundle:
            _require(school, group, course, n, member.teacher_id)


def _require(
    school: Staffing, group: ClassGroup, course: Course, hours: float, teacher: str
) -> None:
    class_ids = (group.class_id,)
    name = f"{group.class_id}-{course.subject_id}{course.suffix}"
    if group.grade in course.joint:
        pair = _pair(school, group)
        if pair and pair[1] == group.class_id:
            return  # taught with the first of the two, by its teacher
        class_ids = pair or class_ids
    layouts = (HOME,) if course.home else ()
    layouts = ("L-HALL",) if len(class_ids) > 1 else layouts
    blocks = blocks_of(course, group.grade)
    singles = not blocks and hours > 1
    limit = int(-(-hours // 5)) if singles or len(blocks) > 1 else None
    school.requirements.append(
        Requirement(
            name,
            class_ids,
            course.subject_id,
            Fraction(hours),
            (teacher,),
            blocks=blocks,
            layouts=layouts,
            max_per_day=limit if course.subject_id in _HARD_DAILY else None,
        )
    )


def _pair(school: Staffing, group: ClassGroup) -> tuple[str, str] | None:
    """The two neighbouring classes of the grade that go together."""
    grade = [c.class_id for c in school.classes if c.grade == group.grade]
    first = grade.index(group.class_id) // 2 * 2
    return (grade[first], grade[first + 1]) if first + 1 < len(grade) else None


def _staff_teams(
    school: Staffing, bundles: dict[str, dict[str, list[tuple[Course, float]]]]
) -> None:
    """Mental health and local course alternate in one slot, by pairs of teachers."""
    people: list[Member] = []
    for number, group in enumerate(school.classes):
        if number % TEAM_CLASSES == 0:
            first = len(school.members) + 1
            people = [
                Member(f"T{first:03d}", "心理"),
                Member(f"T{first + 1:03d}", "地方"),
            ]
            school.members += people
        team = (people[0].teacher_id, people[1].teacher_id)
        school.teams[group.class_id] = team
        for teacher, name in zip(team, ("心理", "地方"), strict=True):
            ((course, hours),) = bundles[name][group.class_id]
            school.requirements.append(
                Requirement(
                    f"{group.class_id}-{course.subject_id}",
                    (group.class_id,),
                    course.subject_id,
                    Fraction(hours),
                    (teacher,),
                    week=WeekRule.ALTERNATE,
                )
            )
