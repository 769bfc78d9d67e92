"""Together: cells of class, teacher, room and master timetables as lessons.

What several sheets say of one class, day, period and week confirms each other or is
a disagreement; then each reading stays and none is chosen.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.model.read_timetable import (
    CellKind,
    CellStatus,
    ClassKey,
    Disagreement,
    ReadCell,
    ReadClass,
    ReadLesson,
    ReadNote,
    ReadTimetable,
    class_key,
    least_sure,
)
from scheduler.model.text import Text, weekday
from scheduler.model.times import WEEK_OF_LAYER, Week

BY_CLASS = frozenset({"L1", "L2", "L3", "L7"})
Slot = tuple[ClassKey, int, int, Week]
What = tuple[str, str]


def put_together(
    cells: Sequence[ReadCell], classes: Sequence[ReadClass], notes: Sequence[ReadNote]
) -> ReadTimetable:
    """All cells with their lessons; those that contradict each other are doubtful."""
    slots = _slots(cells)
    disagreements = [x for slot in slots for x in _differences(slot, slots[slot])]
    disagreements += _missing(slots)
    doubted: dict[ReadCell, list[Disagreement]] = defaultdict(list)
    for found in disagreements:
        if found.about == "subject":
            for cell in found.cells:
                doubted[cell].append(found)
    sure = [
        _doubted(cell, doubted[cell]) if cell in doubted else cell for cell in cells
    ]
    return ReadTimetable(
        tuple(sure),
        tuple(_merged(classes)),
        tuple(_lessons(_slots(sure))),
        tuple(notes),
        tuple(_joined_weeks(disagreements)),
    )


def _slots(cells: Sequence[ReadCell]) -> dict[Slot, list[ReadCell]]:
    """Cells by class, day, period and single week, in the order of classes and time."""
    found: dict[Slot, list[ReadCell]] = defaultdict(list)
    order: dict[ClassKey, int] = {}
    for cell in cells:
        if cell.day is None or cell.period is None or not cell.class_name.printed:
            continue
        if cell.kind is CellKind.EMPTY and cell.layout not in BY_CLASS:
            continue
        key = class_key(cell)
        order.setdefault(key, len(order))
        for layer in cell.week.layers:
            found[key, cell.day, cell.period, WEEK_OF_LAYER[layer]].append(cell)
    weeks = {week: i for i, week in enumerate(Week)}
    return {
        slot: found[slot]
        for slot in sorted(found, key=lambda s: (order[s[0]], s[1], s[2], weeks[s[3]]))
    }


def _what(cell: ReadCell) -> What:
    """What a cell says takes place; a name not understood stands for itself."""
    if cell.kind is CellKind.LESSON:
        return "lesson", cell.subject or cell.subject_name
    return "other", ""


def _differences(slot: Slot, cells: list[ReadCell]) -> Iterator[Disagreement]:
    said = [c for c in cells if c.subject_name or c.kind is not CellKind.LESSON]
    whats = {_what(c) for c in said}
    key, day, period, week = slot
    where = _where(slot, cells[0])
    if len(whats) > 1:
        text = _said(where, [(c, c.text) for c in said])
        yield Disagreement(key, day, period, week, "subject", tuple(said), text)
        return
    named = [c for c in cells if c.teachers and c.kind is CellKind.LESSON]
    teachers = {frozenset(map(_bare, c.teachers)) for c in named}
    if len(teachers) > 1 and not _compatible(teachers):
        text = _said(where, [(c, "、".join(c.teachers)) for c in named])
        yield Disagreement(key, day, period, week, "teacher", tuple(named), text)


def _missing(slots: dict[Slot, list[ReadCell]]) -> Iterator[Disagreement]:
    """Lessons that a teacher's own timetable lacks."""
    own = {
        (slot[0][0], teacher)
        for slot, cells in slots.items()
        for cell in cells
        if cell.layout == "L4"
        for teacher in cell.teachers
    }
    for slot, cells in slots.items():
        shown = {t for c in cells if c.layout == "L4" for t in c.teachers}
        for cell in cells:
            lacking = [
                t for t in cell.teachers if (slot[0][0], t) in own and t not in shown
            ]
            if cell.kind is CellKind.LESSON and cell.layout in BY_CLASS and lacking:
                where, who = _where(slot, cell), "、".join(lacking)
                text = Text(
                    f"{where.zh}：{cell.place}写“{who}”，{who}的课表上没有",
                    f"{where.en}: {cell.place} has “{who}”, whose timetable lacks it",
                )
                yield Disagreement(*slot, "missing", (cell,), text)


def _where(slot: Slot, cell: ReadCell) -> Text:
    _, day, period, _ = slot
    printed = cell.class_name.printed
    return Text(
        f"{printed}{weekday(day).zh}第{period}节",
        f"{printed}, {weekday(day).en} period {period}",
    )


def _bare(teacher: str) -> str:
    """A teacher without a title: 张老师 and 张三 may be one person."""
    return teacher.removesuffix("老师").removesuffix("教师")


def _compatible(teachers: set[frozenset[str]]) -> bool:
    """Whether one names all the others do, or shorter spellings begin the longer ones.

    A teacher's own timetable names one of those who teach together; 张 may be 张三.
    """
    if frozenset().union(*teachers) in teachers:
        return True
    spellings = sorted((x for names in teachers for x in names), key=len)
    longest = spellings[-1]
    return all(len(names) == 1 for names in teachers) and all(
        longest.startswith(x) for x in spellings
    )


def _said(where: Text, said: list[tuple[ReadCell, str]]) -> Text:
    parts = dict.fromkeys((str(c.place), " ".join(text.split())) for c, text in said)
    zh = "；".join(f"{place}写“{text or '空'}”" for place, text in parts)
    en = "; ".join(f"{place} has “{text or 'nothing'}”" for place, text in parts)
    return Text(f"{where.zh}：{zh}", f"{where.en}: {en}")


def _doubted(cell: ReadCell, found: list[Disagreement]) -> ReadCell:
    """The cell as doubtful, with what the others say."""
    others = [c for x in found for c in x.cells if c.place != cell.place]
    said = dict.fromkeys(" ".join(c.text.split()) for c in others)
    zh, en = ([x or empty for x in said] for empty in ("空", "nothing"))
    text = Text(f"另一处写“{'”“'.join(zh)}”", f"elsewhere: {', '.join(en)}")
    status = least_sure([cell.status, CellStatus.DOUBTFUL])
    return replace(cell, status=status, suggestion=text)


def _joined_weeks(found: list[Disagreement]) -> Iterator[Disagreement]:
    """A difference in both weeks once."""
    by_cells: dict[tuple[object, ...], list[Disagreement]] = defaultdict(list)
    for x in found:
        by_cells[x.class_key, x.day, x.period, x.about, x.cells].append(x)
    for same in by_cells.values():
        yield replace(same[0], week=Week.EVERY) if len(same) == 2 else same[0]


def _lessons(slots: dict[Slot, list[ReadCell]]) -> Iterator[ReadLesson]:
    """Lessons of each slot; equal in both weeks, they are one of every week."""
    weekly: dict[tuple[object, ...], list[ReadLesson]] = defaultdict(list)
    for slot, cells in slots.items():
        lessons = [c for c in cells if c.kind is CellKind.LESSON]
        whats = dict.fromkeys(_what(c) for c in cells if _counts(c, cells))
        for what in whats:
            of_it = [c for c in lessons if _what(c) == what]
            if of_it:
                lesson = _lesson(slot, of_it, cells, len(whats) > 1)
                key = (*slot[:3], lesson.subject or lesson.subject_name, lesson.cells)
                weekly[key].append(lesson)
    for same in weekly.values():
        yield replace(same[0], week=Week.EVERY) if len(same) == 2 else same[0]


def _counts(cell: ReadCell, cells: list[ReadCell]) -> bool:
    """Whether a cell is a reading of its own; one without a subject only when alone."""
    named = any(c.subject_name for c in cells if c.kind is CellKind.LESSON)
    return bool(cell.subject_name) or cell.kind is not CellKind.LESSON or not named


def _lesson(
    slot: Slot, of_it: list[ReadCell], cells: list[ReadCell], disputed: bool
) -> ReadLesson:
    unnamed = [c for c in cells if c.kind is CellKind.LESSON and not c.subject_name]
    all_cells = list(dict.fromkeys([*of_it, *unnamed]))
    teachers = max((c.teachers for c in all_cells), key=lambda t: sum(map(len, t)))
    best = min((c.status for c in of_it), key=list(CellStatus).index)
    return ReadLesson(
        *slot[:3],
        slot[3],
        of_it[0].subject,
        of_it[0].subject_name,
        teachers,
        next((c.room for c in all_cells if c.room), ""),
        CellStatus.DOUBTFUL if disputed else best,
        tuple(all_cells),
        disputed,
    )


def _merged(classes: Sequence[ReadClass]) -> Iterator[ReadClass]:
    """Each class once, with the fullest of what its sheets say."""
    found: dict[ClassKey, ReadClass] = {}
    for one in classes:
        known = found.get(one.key)
        if known is None:
            found[one.key] = one
            continue
        found[one.key] = replace(
            known,
            periods=max(known.periods, one.periods, key=_fullness),
            class_teacher=known.class_teacher or one.class_teacher,
            room=known.room or one.room,
            title=known.title or one.title,
            term=known.term or one.term,
            effective=known.effective or one.effective,
            places=tuple(dict.fromkeys((*known.places, *one.places))),
        )
    yield from found.values()


def _fullness(periods: tuple[object, ...]) -> tuple[int, int]:
    times = sum(getattr(x, "start", None) is not None for x in periods)
    return times, len(periods)
