"""What cannot fit whatever the timetable: blocks, classes, teachers. Counting only."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil

from scheduler.formats.checks.fixed import placed, rows_name
from scheduler.formats.tables.draft import Draft
from scheduler.formats.tables.records import Located
from scheduler.formats.tables.words import word_of
from scheduler.model.errors import DataError
from scheduler.model.problem import Problem
from scheduler.model.requirements import Lesson, Requirement, WeekRule
from scheduler.model.resources import Level, Teacher
from scheduler.model.text import Text
from scheduler.model.times import LESSON_ROWS, Period, RowKinds, Week

_COUNT = Text("请核对每周节数。", "Maybe per_week is a slip?")
_HALVES = Text(
    "单周或双周的课，每周节数应填0.5。",
    "Maybe per_week of lessons in odd or even weeks should be 0.5?",
)
_LOADS = "LimitTeacherLoad"


def blocks_without_place(draft: Draft) -> Iterator[DataError]:
    """Each length of a requirement has a place in the bells of all its classes."""
    for row in draft.rows["requirements"]:
        lengths = {lesson.length: lesson for lesson in reversed(row.item.lessons)}
        for length in sorted(lengths):
            if not has_place(draft.problem, lengths[length]):
                yield _no_place(draft.problem, row, length)
                break


def has_place(problem: Problem, lesson: Lesson) -> bool:
    """Tell whether the lesson fits anywhere into the bells of its classes."""
    bell = problem.bell_of(lesson.requirement)
    return any(
        placed(problem, lesson, day, period.number).fits
        for day in bell.days
        for period in bell.rows(day, lesson.requirement.rows)
    )


def _no_place(problem: Problem, row: Located, length: int) -> DataError:
    slots, classes = row.item.slots, row.item.class_ids
    bells = dict.fromkeys(problem.class_group[c].bell_id for c in classes)
    names = ", ".join(bells)
    if length == 1 and len(bells) > 1:
        zh, en = "合班的作息没有相同的时间", "share no clock time in their bells"
        advice = Text(f"请核对作息 {names}。", f"Maybe align the bells {names}?")
        return row.fault("class_ids", zh, en, advice)
    if length == 1:
        zh = f"作息“{names}”没有“{word_of(slots)}”的时段"
        en = f"has no row to be placed on: {names} has none for slots {slots}"
        return row.fault("slots", zh, en, _COUNT, str(slots))
    return row.fault(
        "blocks",
        f"含有{length}节连堂，但作息 {names} 没有连着的{length}节",
        f"holds a block of {length}, but {names} has no {length} periods in a row",
        Text("请缩短连堂。", "Maybe split the block?"),
        row.cells.get("blocks") or str(length),
    )


def crowded_classes(draft: Draft) -> Iterator[DataError]:
    """A class needs at most as many periods as its bell has rows of that kind."""
    if "bells" in draft.partial:
        return
    problem = draft.problem
    for row in draft.rows["classes"]:
        bell = problem.bell[row.item.bell_id]
        lessons = [
            x for x in problem.whole_lessons_of_class[row.item.class_id] if _adds_up(x)
        ]
        for kinds in sorted({x.requirement.rows for x in lessons}, key=_lessons_first):
            need = periods_needed(x for x in lessons if x.requirement.rows <= kinds)
            rows = sum(len(bell.rows(day, kinds)) for day in bell.days)
            if need > rows > 0:  # without any, each of them is told of by itself
                name = rows_name(kinds)
                yield row.fault(
                    "class_id",
                    f"每周要排{need}节{name.zh}，作息“{bell.bell_id}”只有{rows}节，"
                    f"多{need - rows}节",
                    f"needs {need} {name.en} periods a week, but {bell.bell_id} "
                    f"has {rows}",
                    _HALVES if any(map(_is_doubled, lessons)) else _COUNT,
                )


def _is_doubled(lesson: Lesson) -> bool:
    """Whether 1 a week in odd (even) weeks only makes two lessons of such a week."""
    one_week = lesson.requirement.week in (WeekRule.ODD, WeekRule.EVEN)
    return one_week and lesson.requirement.per_week.denominator == 1


def _lessons_first(kinds: RowKinds) -> tuple[bool, str]:
    return kinds != LESSON_ROWS, rows_name(kinds).en


def _adds_up(lesson: Lesson) -> bool:
    """Whether its blocks can be counted; where they cannot, that is the fault."""
    requirement = lesson.requirement
    return sum(requirement.lengths) == requirement.block_sum


def crowded_teachers(draft: Draft) -> Iterator[DataError]:
    """A teacher's own lessons fit into the clock and into the teacher's limits."""
    problem = draft.problem
    for row in draft.rows["teachers"]:
        teacher = row.item
        name = teacher.teacher_id
        own = [
            x
            for x in problem.lessons_of_teacher[name]
            if name in x.requirement.teacher_ids and _adds_up(x)
        ]
        need = periods_needed(own)
        days = _rows_by_day(problem, dict.fromkeys(x.requirement for x in own))
        possible = sum(most_disjoint(rows) for rows in days)
        if need > possible:
            zh = f"每周要上{need}节，所教班级的作息最多容得下{possible}节"
            en = f"has {need} periods a week, but the bells have room for {possible}"
            yield row.fault("teacher_id", zh, en, _COUNT)
        elif not _is_relaxed(problem):
            yield from _over_limit(row, teacher, need, len(days))


def _over_limit(
    row: Located, teacher: Teacher, need: int, days: int
) -> Iterator[DataError]:
    if teacher.max_per_week is not None and need > teacher.max_per_week:
        zh, en = f"少于所排的每周{need}节", f"is less than the {need} periods given"
        yield row.fault("max_per_week", zh, en, _LIMIT)
    if teacher.max_per_day is not None and need > teacher.max_per_day * days:
        zh = f"乘以{days}天少于所排的每周{need}节"
        en = f"on {days} days is less than the {need} periods given"
        yield row.fault("max_per_day", zh, en, _LIMIT)


def _is_relaxed(problem: Problem) -> bool:
    """Whether rules.toml turns the teachers' limits off or makes them wishes."""
    return any(
        s.name == _LOADS and (s.enabled is False or s.level is Level.SOFT)
        for s in problem.rules
    )


def periods_needed(lessons: Iterable[Lesson]) -> int:
    """Least possible number of periods in the fuller week.

    Lessons that may choose their week are shared out evenly at best.
    """
    total, fixed = Fraction(0), {Week.ODD: 0, Week.EVEN: 0}
    for lesson in lessons:
        total += lesson.length * lesson.layers_met
        for week in fixed:
            if lesson.weeks in ((Week.EVERY,), (week,)):
                fixed[week] += lesson.length
    return max(ceil(total / 2), *fixed.values())


def _rows_by_day(
    problem: Problem, requirements: Iterable[Requirement]
) -> list[list[Period]]:
    """Rows the requirements can use, for each weekday that has any."""
    bells = dict.fromkeys((problem.bell_of(r).bell_id, r.rows) for r in requirements)
    days = (
        [p for name, kinds in bells for p in problem.bell[name].rows(day, kinds)]
        for day in range(1, 8)
    )
    return [rows for rows in days if rows]


def most_disjoint(rows: list[Period]) -> int:
    """Greatest number of rows of which no two overlap: take the first to end."""
    count, free_from = 0, 0
    for row in sorted(rows, key=lambda p: p.end):
        if row.start >= free_from:
            count, free_from = count + 1, row.end
    return count


_LIMIT = Text("请核对教师的课时上限。", "Maybe the limit or a requirement is a slip?")
