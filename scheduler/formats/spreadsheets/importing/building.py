"""Building: a problem and its timetable from what was read of a school."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from scheduler.formats.spreadsheets.importing.bells import bells_of
from scheduler.formats.spreadsheets.importing.inferred import Inferred
from scheduler.formats.spreadsheets.importing.movement import pe_activities
from scheduler.formats.spreadsheets.importing.people import (
    People,
    assigned_teachers,
    namesakes,
)
from scheduler.formats.spreadsheets.importing.rooms import Rooms
from scheduler.formats.spreadsheets.labels.class_names import year_in
from scheduler.formats.spreadsheets.labels.vocabulary import (
    read_vocabulary,
)
from scheduler.formats.spreadsheets.seniors import no_class
from scheduler.model.course_names import CourseNames
from scheduler.model.errors import DataError, InputError
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.read_timetable import (
    ClassKey,
    ReadClass,
    ReadLesson,
    ReadTimetable,
)
from scheduler.model.requirements import HOME, Requirement, WeekRule
from scheduler.model.resources import ClassGroup, School, Stage
from scheduler.model.term import Term
from scheduler.model.text import Text
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable

SIZE = {False: 45, True: 50}
"""Pupils of a class in primary and junior schools (regulations 1.5)."""
LAST_GRADE = 9
_SHOWN = 3
UNNAMED = "本校"
TIMEZONE = "Asia/Shanghai"
RULE = {Week.EVERY: WeekRule.EVERY, Week.ODD: WeekRule.ODD, Week.EVEN: WeekRule.EVEN}
Slot = tuple[int, int, Week, str, tuple[str, ...], str, str]
"""When, in which weeks, subject, teachers, place; the class where it is alone."""
Group = tuple[tuple[str, ...], str, tuple[str, ...], Week]


@dataclass(frozen=True, slots=True)
class Built:
    """A problem, the timetable it came from, and what was inferred."""

    problem: Problem
    timetable: Timetable
    inferred: Inferred


@dataclass(slots=True)
class _Plan:
    """Lessons of each classes, subject, teachers and weeks, in the order met."""

    groups: dict[Group, list[tuple[ReadLesson, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def build(
    read: ReadTimetable,
    today: date,
    courses: CourseNames | None = None,
    called: str = "",
) -> Built:
    """A problem of the one school that was read; ``today`` dates the term.

    ``courses`` are the names of a profile, those of the program by default; the school
    is ``called`` so where no sheet names it.

    Raises:
        InputError: there is no class of grades 1 to 9, or more than one school.
    """
    inferred = Inferred()
    classes = _classes(read, inferred)
    ids = _class_ids(classes)
    lessons = _lessons(read, ids, inferred)
    grades = [x.name.grade or 1 for x in classes]
    school = _school(classes[0].school or called, grades, inferred)
    assigned = assigned_teachers(read, lessons)
    people = People(
        school.school_id,
        read_vocabulary(courses),
        inferred,
        assigned,
        namesakes(lessons),
    )
    rooms = Rooms(school.school_id, inferred)
    names = {x.key: x.name.printed for x in classes}
    requirements, placements = _requirements(
        _planned(lessons, ids, names, people, rooms)
    )
    bells = bells_of(classes, lessons, inferred)
    more, placed = pe_activities(read.cells, bells, ids, names, people)
    requirements, placements = requirements + more, placements | placed
    venues, zones, layouts = rooms.tables()
    inferred.say(
        "classes",
        "班额按45人（初中50人）填写",
        "classes of 45 pupils, 50 in junior high",
    )
    problem = Problem(
        (school,),
        bells.bells,
        tuple(
            _class_group(x, ids[x.key], school, bells.of_class[x.key]) for x in classes
        ),
        tuple(people.subjects.values()),
        people.table(),
        requirements,
        _term(classes, today, inferred),
        venues,
        zones,
        layouts,
    )
    return Built(problem, Timetable(problem, placements), inferred)


def _classes(read: ReadTimetable, inferred: Inferred) -> list[ReadClass]:
    file = "、".join(read.files[:3])
    if len(read.schools) > 1:
        names = "、".join(read.schools[:5])
        problem = Text(f"有几所学校：{names}", f"holds several schools: {names}")
        advice = Text("请一所一所地导入。", "Maybe import one school at a time?")
        raise InputError([DataError(file, problem, advice)])
    found = []
    for one in read.classes:
        grade = one.name.grade
        if grade is not None and one.name.number and grade <= LAST_GRADE:
            found.append(one)
        else:
            printed = one.name.printed
            why = "看不出年级和班号" if grade is None else "不是一至九年级"
            inferred.say(
                "classes", f"“{printed}”{why}，未导入", f"“{printed}” left out"
            )
    if not found:
        raise InputError([no_class(read, file)])
    return sorted(found, key=lambda x: (x.name.grade or 0, x.name.number or 0))


def _class_ids(classes: Iterable[ReadClass]) -> dict[ClassKey, str]:
    ids: dict[ClassKey, str] = {}
    for one in classes:
        base = f"G{one.name.grade}C{one.name.number:02d}"
        taken = set(ids.values())
        ids[one.key] = base if base not in taken else f"{base}-{len(taken)}"
    return ids


def _lessons(
    read: ReadTimetable, ids: dict[ClassKey, str], inferred: Inferred
) -> list[ReadLesson]:
    """Lessons of these classes; of those in dispute none is taken."""
    ours = [x for x in read.lessons if x.class_key in ids]
    kept = [x for x in ours if not x.disputed]
    if lost := [x for x in ours if x.disputed]:
        zh, en = _counted(lost)
        inferred.say(
            "requirements",
            f"{zh}各表说法不一，未导入",
            f"{en} left out, for sheets disagree about them",
        )
    if doubted := [x for x in kept if not x.status.sure]:
        zh, en = _counted(doubted)
        inferred.say(
            "requirements",
            f"{zh}写法不明确，已照读法导入",
            f"{en} imported as read, but in doubt",
        )
    return kept


def _counted(lessons: Sequence[ReadLesson]) -> tuple[str, str]:
    """How many lessons, and where the first of them stand."""
    shown = [f"{x.cells[0].place}“{x.cells[0].text}”" for x in lessons[:_SHOWN]]
    places, more = "、".join(shown), "等" if len(lessons) > _SHOWN else ""
    count = len(lessons)
    return f"有{count}节课（{places}{more}）", f"{count} lessons ({places} …)"


def _planned(
    lessons: Iterable[ReadLesson],
    ids: dict[ClassKey, str],
    names: dict[ClassKey, str],
    people: People,
    rooms: Rooms,
) -> _Plan:
    """Lessons by requirement; classes in one room with one teacher are together."""
    plan = _Plan()
    together: dict[Slot, list[tuple[str, ReadLesson]]] = defaultdict(list)
    for lesson in lessons:
        key = lesson.class_key
        subject = people.subject(lesson)
        teachers = people.teachers(lesson, names[key])
        layout = rooms.layout(lesson, subject)
        day, period, week = lesson.day, lesson.period, lesson.week
        alone = "" if layout and lesson.teachers else ids[key]
        what = day, period, week, subject, teachers, layout, alone
        together[what].append((ids[key], lesson))
    for (_, _, week, subject, teachers, layout, _), rows in together.items():
        classes = tuple(dict.fromkeys(class_id for class_id, _ in rows))
        group = classes, subject, teachers, week
        plan.groups[group].append((rows[0][1], layout))
    return plan


def _requirements(
    plan: _Plan,
) -> tuple[tuple[Requirement, ...], dict[str, Placement]]:
    """A requirement for each group, and where its lessons stand."""
    requirements = []
    placements: dict[str, Placement] = {}
    for index, (group, lessons) in enumerate(plan.groups.items(), start=1):
        class_ids, subject, teachers, week = group
        share = Fraction(len(lessons) * len(week.layers), 2)
        used = dict.fromkeys(layout or HOME for _, layout in lessons)
        requirement = Requirement(
            f"R{index:04d}",
            class_ids,
            subject,
            share,
            teachers,
            week=RULE[week],
            layouts=tuple(used),
        )
        requirements.append(requirement)
        for k, (lesson, layout) in enumerate(lessons, start=1):
            placements[f"{requirement.requirement_id}#{k}"] = Placement(
                week, lesson.day, lesson.period, layout or HOME, teachers, 1
            )
    return tuple(requirements), placements


def _school(name: str, grades: list[int], inferred: Inferred) -> School:
    low, high = min(grades), max(grades)
    stage = Stage.NINE_YEAR if low <= 6 < high else Stage.JUNIOR
    stage = Stage.PRIMARY if high <= 6 else stage
    if not name:
        inferred.say("schools", f"没有校名，写作“{UNNAMED}”", "no name of the school")
    return School("S1", name or UNNAMED, stage)


def _class_group(
    one: ReadClass, class_id: str, school: School, bell_id: str
) -> ClassGroup:
    grade = one.name.grade or 1
    name = " ".join(one.name.printed.split())
    size = SIZE[grade > 6]
    return ClassGroup(class_id, school.school_id, grade, name, size, bell_id)


def _term(classes: list[ReadClass], today: date, inferred: Inferred) -> Term:
    """The term that a title names, else the usual one."""
    term = usual_term(today, next((x.term for x in classes if x.term), ""))
    first, last = term.first_day, term.last_day
    inferred.say(
        "term",
        f"学期日期为推定：{first}至{last}，放假和调休请核对",
        f"dates of the term are inferred: {first} to {last}; look at its holidays",
    )
    return term


def usual_term(today: date, said: str = "") -> Term:
    """The term that is said, else the one that ``today`` lies in or before."""
    autumn = today.month >= 7
    year = today.year if autumn else today.year - 1
    year = year_in(said) or year
    if any(word in said for word in ("第二学期", "下学期", "春")):
        autumn = False
    elif said:
        autumn = True
    first = date(year, 9, 1) if autumn else date(year + 1, 2, 22)
    last = date(year + 1, 1, 22) if autumn else date(year + 1, 7, 2)
    name = said or f"{year}-{year + 1}学年第{'一' if autumn else '二'}学期"
    return Term(name, first, last, TIMEZONE, first)
