"""Rows of relations.csv: their lessons exist, and their kind has what it needs."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.words import word_of
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.relations import Relation
from scheduler.model.requirements import Lesson
from scheduler.model.resources import Level
from scheduler.model.text import Text, weekday


def named_lessons(draft: Draft) -> Iterator[DataError]:
    """Each lesson exists, and there are as many as the kind demands."""
    for row in draft.rows["relations"]:
        unknown = [x for x in row.item.lessons if not _exists(draft.problem, x)]
        for name in unknown:
            requirement_id = name.partition("#")[0]
            last = len(draft.problem.requirement[requirement_id].lengths)
            zh = f"超出范围：要求 {requirement_id} 只有{last}次课"
            en = f"is out of range: {requirement_id} has {last} lessons"
            advice = Text("请核对次序。", "Maybe the blocks were changed?")
            yield row.fault("lessons", zh, en, advice, name)
        yield from _wrong_subjects(row)
        sizes, count = row.item.kind.sizes, len(_lessons(draft.problem, row.item))
        if not unknown and sizes and count not in sizes:
            kind = word_of(row.item.kind)
            zh = f"共{count}次课，“{kind}”需要{'或'.join(map(str, sizes))}次"
            needed = " or ".join(map(str, sizes))
            en = f"is {count} lesson(s), but {row.item.kind} is of {needed}"
            advice = Text("请写成 R1#2 的样子。", "Maybe name single lessons, as R1#2?")
            yield row.fault("lessons", zh, en, advice)


_SUBJECTS = 2
"""Subjects that a row of subjects compares."""


def _wrong_subjects(row: Located) -> Iterator[DataError]:
    named = row.item.subjects
    wrong = len(named) != _SUBJECTS or len(set(named)) != _SUBJECTS
    if row.item.kind.needs_subjects and named and wrong:
        zh, en = "要填两个不同的学科", "must be two different subjects"
        advice = Text("例如：体育、语文。", "Maybe write it as PE;CN?")
        yield row.fault("subjects", zh, en, advice, ";".join(named))


def _exists(problem: Problem, name: str) -> bool:
    requirement_id, mark, index = name.partition("#")
    last = len(problem.requirement[requirement_id].lengths)
    return not mark or int(index) <= last


def _lessons(problem: Problem, relation: Relation) -> tuple[Lesson, ...]:
    """Those of the lessons that exist."""
    if relation.kind.needs_subjects:
        known = len(set(relation.subjects)) == _SUBJECTS
        return problem.related_lessons(relation) if known else ()
    found: dict[Lesson, None] = {}
    for name in relation.lessons:
        requirement_id, mark, index = name.partition("#")
        for lesson in problem.requirement[requirement_id].lessons:
            if not mark or lesson.index == int(index):
                found[lesson] = None
    return tuple(found)


def _needs(row: Located) -> dict[str, bool]:
    """Whether the row's kind looks at each column."""
    kind = row.item.kind
    return {
        "value": kind.needs_value,
        "slots": kind.needs_slots,
        "layouts": kind.needs_layouts,
        "lessons": not kind.needs_subjects,
        "subjects": kind.needs_subjects,
    }


def needed_columns(draft: Draft) -> Iterator[DataError]:
    """The kind has the number, slots or layouts it speaks of."""
    for row in draft.rows["relations"]:
        for column, needed in _needs(row).items():
            if needed and column not in row.values:
                zh, en = f"没有填写，“{word_of(row.item.kind)}”需要", "is missing"
                advice = Text(
                    "请填写。", f"Maybe fill it in: {row.item.kind} needs it?"
                )
                yield row.fault(column, zh, en, advice)


def useless_columns(draft: Draft) -> Iterator[DataError]:
    """Numbers, slots and layouts have no effect on other kinds."""
    for row in draft.rows["relations"]:
        useless = [column for column, needed in _needs(row).items() if not needed]
        if not row.item.kind.needs_subjects:
            useless.append("classes")
        for column in useless:
            if column in row.values:
                zh = f"对“{word_of(row.item.kind)}”没有作用"
                yield row.fault(column, zh, f"has no effect on {row.item.kind}")


def known_slots(draft: Draft) -> Iterator[DataError]:
    """Each slot is a period in the bell of at least one of the lessons."""
    problem = draft.problem
    for row in draft.rows["relations"] if "bells" not in draft.partial else ():
        lessons = _lessons(problem, row.item)
        requirements = dict.fromkeys(x.requirement for x in lessons)
        bells = dict.fromkeys(problem.bell_of(r).bell_id for r in requirements)
        for day, period in row.item.slots:
            if not any(problem.bell[name].find(day, period) for name in bells):
                when, names = weekday(day), ", ".join(bells)
                zh = f"作息“{names}”{when.zh}没有第{period}节"
                en = f"is no period of {names}: {when.en} has no {period}"
                advice = Text("请核对作息时间表。", "Maybe the day is a slip?")
                yield row.fault("slots", zh, en, advice, f"{day}-{period}")


def usable_layouts(draft: Draft) -> Iterator[DataError]:
    """A hard row leaves each of its lessons a layout it may use."""
    if draft.partial & {"venues", "layouts", "agreements"}:
        return
    for row in draft.rows["relations"]:
        if row.item.level is not Level.HARD or not row.item.layouts:
            continue
        lessons = _lessons(draft.problem, row.item)
        for requirement in dict.fromkeys(x.requirement for x in lessons):
            allowed = draft.problem.allowed_layouts(requirement)
            if not set(allowed) & set(row.item.layouts):
                listed = "、".join(allowed), ", ".join(allowed)
                name = requirement.requirement_id
                zh, en = f"要求 {name} 都不能用", f"holds none that {name} may use"
                advice = Text(f"可用：{listed[0]}。", f"Maybe one of: {listed[1]}?")
                yield row.fault("layouts", zh, en, advice)


def lone_lessons(draft: Draft) -> Iterator[DataError]:
    """A relation between lessons says nothing of one alone."""
    for row in draft.rows["relations"]:
        lessons = _lessons(draft.problem, row.item)
        if row.item.kind.is_of_several and len(lessons) == 1:
            zh = f"只有一次课，“{word_of(row.item.kind)}”没有作用"
            yield row.fault(
                "lessons", zh, f"is one lesson; {row.item.kind} has no effect"
            )
