"""Schools to audit out of a problem and its timetable."""

import re
from collections.abc import Iterator
from dataclasses import replace

from scheduler.audit.inputs.school import (
    AuditClass,
    AuditLesson,
    AuditSchool,
    Delivery,
    Facts,
    ResearchTime,
    Staff,
    Use,
)
from scheduler.audit.profile import Profile
from scheduler.model.meeting import Meeting
from scheduler.model.problem import Problem
from scheduler.model.resources import ClassGroup, ResourceKind, School
from scheduler.model.times import LESSON_ROWS, MINUTES_A_DAY
from scheduler.model.timetable import Timetable

_NUMBER = re.compile(r"(\d+)\D*$")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")}


def schools_of(
    timetable: Timetable,
    profile: Profile,
    delivered: tuple[Delivery, ...] | None = None,
    facts: Facts | None = None,
) -> tuple[AuditSchool, ...]:
    """One for each school with classes, in the order of the table."""
    problem = timetable.problem
    owners = {c.school_id for c in problem.classes}
    codes = {s.subject_id: profile.code(s) for s in problem.subjects}
    lessons = [x for m in timetable.meetings for x in _lessons(timetable, m, codes)]
    return tuple(
        _school(timetable, school, codes, lessons, delivered, facts or Facts())
        for school in problem.schools
        if school.school_id in owners
    )


def _school(
    timetable: Timetable,
    school: School,
    codes: dict[str, str],
    lessons: list[AuditLesson],
    delivered: tuple[Delivery, ...] | None,
    facts: Facts,
) -> AuditSchool:
    problem, name = timetable.problem, school.school_id
    classes = tuple(
        _class(problem, c, timetable) for c in problem.classes if c.school_id == name
    )
    own = {c.key for c in classes}
    rows = [
        replace(x, classes=tuple(k for k in x.classes if k in own))
        for x in lessons
        if own & set(x.classes)
    ]
    staff = tuple(
        Staff(
            t.teacher_id,
            t.name,
            tuple(dict.fromkeys(codes.get(s, "") for s in t.subjects)),
            t.post,
            t.group,
        )
        for t in problem.teachers
        if t.school_id == name
    )
    own_staff = {s.key for s in staff}
    given = delivered and tuple(d for d in delivered if d.class_key in own)
    return AuditSchool(
        school.name,
        classes,
        tuple(rows),
        name,
        school.stage,
        staff,
        timetable,
        problem.term,
        1 if problem.term.first_day.month >= 7 else 2,
        given,
        facts=replace(
            facts, research=(*facts.research, *_research(problem, own_staff))
        ),
        teacher_names=tuple((t.teacher_id, t.name) for t in problem.teachers),
    )


def _class(problem: Problem, group: ClassGroup, timetable: Timetable) -> AuditClass:
    heads = [
        t
        for m in timetable.by_class[group.class_id]
        if problem.subject[m.lesson.requirement.subject_id].standard_code == "CLS"
        for t in m.teacher_ids
    ]
    return AuditClass(
        group.class_id,
        group.name,
        group.grade,
        class_number(group.name),
        group.size,
        problem.bell[group.bell_id],
        class_teacher=heads[0] if heads else "",
    )


def class_number(name: str) -> int | None:
    """The number of a class in its grade, as its name ends: 三(2)班 is 2, 703 is 3."""
    match = _NUMBER.search(name)
    if match:
        digits = match[1]
        return int(digits[-2:]) if len(digits) == 3 else int(digits)
    chinese = re.search(r"([一二三四五六七八九十]+)\)?）?班?$", name)
    if chinese is None:
        return None
    return _chinese(chinese[1])


def _chinese(text: str) -> int:
    """A number of one or two Chinese digits: 十二 is 12."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return 10 * _DIGITS.get(tens or "一", 1) + (_DIGITS[ones[-1]] if ones else 0)


def _lessons(
    timetable: Timetable, meeting: Meeting, codes: dict[str, str]
) -> Iterator[AuditLesson]:
    problem, requirement = timetable.problem, meeting.lesson.requirement
    subject = problem.subject[requirement.subject_id]
    venue = meeting.layout and problem.venue[meeting.layout.venue_id]
    for row in meeting.rows:
        yield AuditLesson(
            meeting.lesson.lesson_id,
            meeting.class_ids,
            meeting.day,
            row.number,
            meeting.placement.week,
            codes[subject.subject_id],
            subject.name,
            Use.LESSON if row.kind in LESSON_ROWS else Use.ACTIVITY,
            row.kind,
            meeting.teacher_ids,
            venue.name if venue else "",
            row.start,
            row.end,
            whole=not requirement.is_partial,
            double=len(meeting.rows) > 1,
            at=meeting.lesson.lesson_id,
        )


def _research(problem: Problem, own: set[str]) -> Iterator[ResearchTime]:
    """Times at which teachers are unavailable for research (教研)."""
    for row in problem.unavailable:
        mine = row.kind is ResourceKind.TEACHER and row.resource_id in own
        if mine and "教研" in row.reason and row.period is None:
            start = row.start if row.start is not None else 0
            end = row.end if row.end is not None else MINUTES_A_DAY
            yield ResearchTime("", row.day, start, end, row.resource_id)
