"""Fixed lessons: the lesson exists and may stand where it is put."""

from collections.abc import Iterator

from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.words import word_of, words_of
from scheduler.model.errors import DataError
from scheduler.model.meeting import Meeting, Placement
from scheduler.model.problem import Problem
from scheduler.model.requirements import HOME, Lesson
from scheduler.model.text import Text, weekday
from scheduler.model.times import RowKinds, SlotKind


def fixed_lessons(draft: Draft) -> Iterator[DataError]:
    """Index, period, layout and week of every fixed lesson are possible."""
    problem = draft.problem
    for row in draft.rows["fixed"]:
        requirement = problem.requirement[row.item.requirement_id]
        if row.item.index > len(requirement.lengths):
            last = len(requirement.lengths)
            zh = f"超出范围：这项要求只有{last}次课"
            en = f"is out of range: the requirement has {last} lessons"
            advice = Text("请核对次序。", "Maybe the blocks were changed?")
            yield row.fault("index", zh, en, advice)
            continue
        lesson = requirement.lessons[row.item.index - 1]
        yield from _period(problem, row, lesson)
        if requirement.layouts or not draft.partial & _PLACES:
            yield from _layout(problem, row, lesson)
        if row.item.week is not None and row.item.week not in lesson.weeks:
            words = words_of(lesson.weeks)
            advice = Text(f"可填：{words.zh}。", f"Maybe one of: {words.en}?")
            zh, en = "不是这次课可用的单双周", "is not a week this lesson can have"
            yield row.fault("week", zh, en, advice)


def _period(problem: Problem, row: Located, lesson: Lesson) -> Iterator[DataError]:
    """The row of the bell is there, of the right kind, with room for the block."""
    requirement, item = lesson.requirement, row.item
    bell = problem.bell_of(requirement)
    day = weekday(item.day)
    found = bell.find(item.day, item.period)
    if found is None:
        zh, en = f"{day.zh}没有这一节", f"is not a period of {bell.bell_id} on {day.en}"
        yield row.fault("period", zh, en, _PERIOD)
    elif found.kind not in requirement.rows:
        name = rows_name(requirement.rows)
        zh = f"是{word_of(found.kind)}，这门课要排在{name.zh}"
        en = f"is a {found.kind} row, not one for slots {name.en}"
        yield row.fault("period", zh, en, _PERIOD)
    elif not placed(problem, lesson, item.day, item.period).fits:
        zh = f"开始放不下{lesson.length}节连堂，或各班作息不一致"
        en = f"has no room for {lesson.length} periods at the same time in every bell"
        yield row.fault("period", zh, en, _PERIOD)


def rows_name(kinds: RowKinds) -> Text:
    """The word of the tables for these kinds of rows."""
    for slots in SlotKind:
        if kinds == slots.rows:
            return Text(word_of(slots), slots)
    return words_of(sorted(kinds))


def _layout(problem: Problem, row: Located, lesson: Lesson) -> Iterator[DataError]:
    name = row.item.layout_id
    allowed = problem.allowed_layouts(lesson.requirement)
    if name is not None and name not in allowed:
        listed = "、".join(allowed), ", ".join(allowed)
        advice = Text(f"可填：{listed[0]}。", f"Maybe one of: {listed[1]}?")
        zh, en = "不在这项要求可用的用法里", "is not allowed to the requirement"
        yield row.fault("layout_id", zh, en, advice)


def placed(problem: Problem, lesson: Lesson, day: int, period: int) -> Meeting:
    """The lesson at a period its bell has, in the class's own room."""
    placement = Placement(lesson.weeks[0], day, period, HOME, (), lesson.length)
    return Meeting.of(problem, lesson, placement)


_PLACES = frozenset({"venues", "layouts", "agreements"})
_PERIOD = Text("请核对作息时间表。", "Maybe the day or the period is a slip?")
