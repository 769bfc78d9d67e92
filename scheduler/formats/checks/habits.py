"""Habits of schools that well-written rows may miss: sizes, names, PE, holidays."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from scheduler.formats.checks.fixed import placed
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.rows import closed_days
from scheduler.model.errors import DataError
from scheduler.model.meeting import Meeting
from scheduler.model.requirements import Lesson
from scheduler.model.resources import SubjectKind
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week, overlap

_ANYBODYS = (SubjectKind.OTHER, SubjectKind.LABOUR)
"""Kinds that class teachers share out: meetings, reading, labour."""
_USUAL_SIZES = range(5, 101)
"""Pupils of a class: the smallest village schools to the largest town ones."""


def odd_sizes(draft: Draft) -> Iterator[DataError]:
    """A class of 4,000 pupils, or of one."""
    for row in draft.rows["classes"]:
        if row.item.size not in _USUAL_SIZES:
            least, most = _USUAL_SIZES[0], _USUAL_SIZES[-1]
            yield row.fault(
                "size",
                f"一个班一般为{least}至{most}人",
                f"is unusual: a class has {least} to {most} pupils",
                Text("请核对人数。", "Maybe a digit is a slip?"),
            )


def namesakes(draft: Draft) -> Iterator[DataError]:
    """Two teachers of one name at one school."""
    first: dict[tuple[str, str], Located] = {}
    for row in draft.rows["teachers"]:
        key = (row.item.school_id, row.item.name)
        other = first.setdefault(key, row)
        if other is not row:
            yield row.fault(
                "name",
                f"与{other.place_zh}的教师同名",
                f"is the name of {other.place}, too",
                Text(
                    "若为同一人，请合并为一行；若为两人，请在姓名后注明，"
                    f"如“{row.item.name}（大）”。",
                    "Maybe one person is there twice? If not, tell them apart.",
                ),
            )


def idle_venues(draft: Draft) -> Iterator[DataError]:
    """A venue that no layout uses takes no lesson."""
    if draft.partial & {"venues", "layouts"}:
        return
    used = {layout.venue_id for layout in draft.problem.layouts}
    for row in draft.rows["venues"]:
        if row.item.venue_id not in used:
            zh, en = (
                "没有用法，排课不会用到",
                "has no layout, so no lesson can be there",
            )
            advice = Text(
                "请在【场地用法】表中写明哪些学科可用、同时几个班。",
                "Maybe add a layout with the subjects that may use it?",
            )
            yield row.fault("name", zh, en, advice)


def other_subjects(draft: Draft) -> Iterator[DataError]:
    """A teacher of PE whose subjects are named and lack it."""
    problem = draft.problem
    for row in draft.rows["requirements"]:
        subject = problem.subject[row.item.subject_id]
        if subject.kind in _ANYBODYS:
            continue
        people = {
            "teacher_ids": row.item.teacher_ids,
            "teacher_pool": row.item.teacher_pool,
        }
        for column, names in people.items():
            for name in names:
                teacher = problem.teacher[name]
                if teacher.subjects and subject.subject_id not in teacher.subjects:
                    yield row.fault(
                        column,
                        f"的任教学科中没有{subject.name}",
                        f"does not teach {subject.name_en or subject.name}",
                        Text(
                            "请核对教师，或在【教师】表中补上学科。",
                            "Maybe add the subject to the teacher?",
                        ),
                        teacher.name,
                    )


def schools_without_pe(draft: Draft) -> Iterator[DataError]:
    """A school with lessons, none of which is PE (体育与健康)."""
    if draft.partial & {"requirements", "subjects", "classes"}:
        return
    problem = draft.problem
    taught: dict[str, set[SubjectKind]] = {}
    for requirement in problem.requirements:
        kind = problem.subject[requirement.subject_id].kind
        for school_id in problem.schools_of(requirement):
            taught.setdefault(school_id, set()).add(kind)
    for row in draft.rows["schools"]:
        kinds = taught.get(row.item.school_id)
        if kinds and SubjectKind.PE not in kinds:
            yield row.fault(
                "school_id",
                "没有一个班开设体育与健康",
                "has no PE in any class",
                Text(
                    "请补上体育课，并核对【学科】表中体育的类别。",
                    "Maybe PE is missing, or its kind is not pe?",
                ),
            )


def holidays_without_school(draft: Draft) -> Iterator[DataError]:
    """Closed days on weekdays that have no lessons anyway."""
    if "bells" in draft.partial:
        return
    taught = {day for bell in draft.problem.bells for day in bell.days}
    for row in draft.rows["closed"]:
        days = closed_days(row.item)
        if not taught or days is None or days.last < days.first:
            continue
        count = min(7, (days.last - days.first).days + 1)
        here = [(days.first + timedelta(k)).isoweekday() for k in range(count)]
        if taught.isdisjoint(here):
            names = [weekday(day) for day in here]
            zh = f"是{'、'.join(n.zh for n in names)}，本来就不上课，没有作用"
            english = " and ".join(n.en for n in names)
            en = f"is {english}, without lessons anyway, and has no effect"
            advice = Text(
                "若另有补休，请填补休的日期。", "Maybe another day is off instead?"
            )
            yield row.fault("date" if row.item.only else "from", zh, en, advice)


def colliding_fixed_lessons(draft: Draft) -> Iterator[DataError]:
    """Two fixed lessons of a class at once, in a week that both must have."""
    fixed = [x for x in map(lambda row: _fixed(draft, row), draft.rows["fixed"]) if x]
    for (first, one, weeks), (row, other, others) in combinations(fixed, 2):
        shared = [
            name
            for name in one.lesson.requirement.class_ids
            if name in other.lesson.requirement.class_ids
        ]
        if shared and _meet(weeks, others) and _overlap(one, other):
            who = "、".join(draft.problem.class_name[name] for name in shared)
            day = weekday(row.item.day)
            yield row.fault(
                "period",
                f"{day.zh}与{first.place_zh}同时，{who}一时有两节固定的课",
                f"of {day.en} is at the time of {first.place}: two fixed lessons of "
                f"{who} at once",
                Text("请改动其中一节。", "Maybe move one of the two?"),
            )


_Fixed = tuple[Located, Meeting, tuple[Week, ...]]


def _fixed(draft: Draft, row: Located) -> _Fixed | None:
    """Where a fixed lesson of whole classes is, and the weeks it may have."""
    requirement = draft.problem.requirement[row.item.requirement_id]
    if requirement.is_partial or row.item.index > len(requirement.lengths):
        return None
    if draft.problem.bell_of(requirement).find(row.item.day, row.item.period) is None:
        return None
    lesson: Lesson = requirement.lessons[row.item.index - 1]
    meeting = placed(draft.problem, lesson, row.item.day, row.item.period)
    if not meeting.fits:
        return None
    return row, meeting, (row.item.week,) if row.item.week else lesson.weeks


def _meet(weeks: tuple[Week, ...], others: tuple[Week, ...]) -> bool:
    """Whether any choice of weeks brings the two together."""
    return all(set(a.layers) & set(b.layers) for a in weeks for b in others)


def _overlap(one: Meeting, other: Meeting) -> bool:
    return one.day == other.day and overlap(
        one.rows[0].start, one.rows[-1].end, other.rows[0].start, other.rows[-1].end
    )
