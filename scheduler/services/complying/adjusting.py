"""A school's problem with the hours its classes should have, beside its timetable.

Every class's requirements are changed as :func:`wanted_hours` says; who teaches what
comes on top is chosen, days without PE get an activity. Nothing is placed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scheduler.audit.findings import number
from scheduler.audit.inputs.from_timetable import schools_of
from scheduler.audit.inputs.school import AuditClass, Facts
from scheduler.audit.profile import Profile
from scheduler.audit.remedy.changes import HoursChange
from scheduler.audit.remedy.wanted import wanted_hours
from scheduler.audit.ruling.rule import Case
from scheduler.constraints.rules.fill_class_days import FillClassDays, most_holes
from scheduler.model.problem import Problem
from scheduler.model.settings import with_parameter
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS
from scheduler.model.timetable import Timetable
from scheduler.services.complying.alternating import paired_meetings, shared_courses
from scheduler.services.complying.handing_over import Given, hand_over, surplus
from scheduler.services.complying.movement import give_daily_pe
from scheduler.services.complying.requirements import can_grow, longer, shorter
from scheduler.services.complying.staffing import Hands, Lack
from scheduler.services.complying.tables import Tables
from scheduler.solver.repair.running import Running


@dataclass(frozen=True)
class Adjusted:
    """The problem to solve, what runs now, and all that was changed.

    ``hands`` are the teachers of each school with what they give.

    ``notes`` say what had to be assumed, and what could not be changed.
    """

    problem: Problem
    running: Running
    changes: tuple[HoursChange, ...]
    hands: Mapping[str, Hands]
    notes: tuple[Text, ...]

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What no teacher can give, school by school."""
        return tuple(x for hands in self.hands.values() for x in hands.lacks())


def adjust(timetable: Timetable, profile: Profile, facts: Facts) -> Adjusted:
    """Bring the hours of every class to the profile."""
    tables = Tables(timetable.problem, profile)
    changes: list[HoursChange] = []
    hands_of: dict[str, Hands] = {}
    for school in schools_of(timetable, profile, facts=facts):
        case = Case(school, profile)
        hands = hands_of[school.school_id] = Hands(timetable.problem, case)
        changes += _classes(tables, case, hands)
        tables.teachers |= {t.teacher_id: t for t in hands.new}
    problem = _with_holes(tables, tables.made(), most_holes(timetable))
    running = Running(problem, timetable.placements)
    made = Adjusted(problem, running, tuple(changes), hands_of, tuple(tables.notes))
    made = with_stand_ins(made, profile, surplus(problem))
    return _tied(made, timetable, profile)


def _tied(adjusted: Adjusted, timetable: Timetable, profile: Profile) -> Adjusted:
    """With what the hours do not say: what shares a slot, how much is on a day."""
    problem = adjusted.problem
    codes = {s.subject_id: profile.code(s) for s in problem.subjects}
    most = profile.values.same_subject_a_day
    fixed = tuple(paired_meetings(problem, timetable, codes))
    known = {(f.requirement_id, f.index) for f in problem.fixed}
    problem = replace(
        problem,
        relations=(*problem.relations, *shared_courses(problem, codes, most)),
        fixed=(
            *problem.fixed,
            *(f for f in fixed if (f.requirement_id, f.index) not in known),
        ),
    )
    running = Running(problem, adjusted.running.placements)
    return replace(adjusted, problem=problem, running=running)


def with_stand_ins(
    adjusted: Adjusted, profile: Profile, given: Sequence[Given]
) -> Adjusted:
    """The same with lessons that their teachers cannot give given to stand-ins."""
    if not given:
        return adjusted
    old = adjusted.problem
    codes = {s.subject_id: profile.code(s) for s in old.subjects}
    problem = hand_over(old, given, adjusted.hands, codes)
    names = {t.teacher_id: t.name for t in old.teachers}
    totals: dict[str, Fraction] = {}
    for gift in given:
        known = totals.get(gift.teacher_id, Fraction())
        totals[gift.teacher_id] = known + gift.lessons
    notes = tuple(
        Text(
            f"{names[who]}的课排不下，{number(lessons)}节暂以“待定”代替",
            f"{names[who]} cannot give {number(lessons)} lessons; “待定” stands in",
        )
        for who, lessons in totals.items()
    )
    running = Running(problem, adjusted.running.placements)
    more = tuple(dict.fromkeys((*adjusted.notes, *notes)))
    return replace(adjusted, problem=problem, running=running, notes=more)


def _classes(tables: Tables, case: Case, hands: Hands) -> list[HoursChange]:
    """All classes of a school: first what goes, then what comes."""
    wanted = {}
    for group in case.school.classes:
        bell = tables.problem.bell[tables.problem.class_group[group.key].bell_id]
        rows = sum(len(bell.rows(d, LESSON_ROWS)) for d in bell.school_days)
        wanted[group.key] = wanted_hours(case, group, rows)
    for group in case.school.classes:
        for change in wanted[group.key]:
            if change.more < 0:
                _take(tables, group, change, hands)
    for group in case.school.classes:
        for change in wanted[group.key]:
            if change.more > 0:
                _give(tables, group, change, hands)
        more = sum((c.more for c in wanted[group.key] if c.code == "PE"), Fraction())
        give_daily_pe(tables, case, group, int(more), hands)
        _spread(tables, case, group)
    return [change for changes in wanted.values() for change in changes]


def _take(tables: Tables, group: AuditClass, change: HoursChange, hands: Hands) -> None:
    left = -change.more
    for requirement in sorted(tables.of(group.key, change), key=lambda r: -r.per_week):
        cut = min(left, requirement.per_week)
        if not cut or len(requirement.class_ids) > 1:
            continue
        hands.release(requirement.teacher_ids, cut)
        left -= cut
        name = requirement.requirement_id
        if cut == requirement.per_week:
            del tables.requirements[name]
        else:
            rest = requirement.per_week - cut
            tables.requirements[name] = shorter(requirement, rest)
    if left:
        tables.say(
            f"{group.name}的有些课是几个班合上的，没有改动",
            f"lessons that {group.name} has with others were left as they are",
        )


def _give(tables: Tables, group: AuditClass, change: HoursChange, hands: Hands) -> None:
    codes = (change.code, change.taught_by or change.code)
    given = [
        r
        for r in tables.problem.requirements
        if group.key in r.class_ids and tables.code[r.subject_id] in codes
    ]
    first = tuple(dict.fromkeys(t for r in given for t in r.teacher_ids[:1]))
    label = f"{group.name}{tables.profile.names.print_name(change.code)}"
    teacher = hands.take(codes[1], change.more, first, label)
    for requirement in tables.of(group.key, change):
        alone = requirement.teacher_ids == (teacher,)
        if alone and can_grow(requirement, group.key):
            name = requirement.requirement_id
            tables.requirements[name] = longer(requirement, change.more)
            return
    subject = tables.subject(change.code, group.key)
    layouts = tables.layouts(subject.subject_id, group.key)
    tables.add(group.key, subject, change.more, teacher, layouts)


def _spread(tables: Tables, case: Case, group: AuditClass) -> None:
    """Not more lessons of a course on a day than the profile has it (rule C09)."""
    most, days = case.profile.values.same_subject_a_day, len(case.school.days(group))
    for name, requirement in tables.requirements.items():
        own = requirement.class_ids == (group.key,) and requirement.rows == LESSON_ROWS
        free = requirement.max_per_day is None and not requirement.blocks
        if own and free and most < requirement.per_week <= most * days:
            tables.requirements[name] = replace(requirement, max_per_day=most)


def _with_holes(tables: Tables, problem: Problem, most: int) -> Problem:
    """Holes in classes' days are no more than now, unless the school says how many."""
    name = FillClassDays.__name__
    if not most or any(s.name == name for s in problem.rules):
        return problem
    tables.say(
        f"现有课表里有的班中间有空节（最多{most}节），新课表不会更多",
        f"classes have up to {most} empty periods between lessons now, not more then",
    )
    return replace(problem, rules=with_parameter(problem.rules, name, "allowed", most))
