"""Schools to audit out of what was read of their spreadsheets."""

from collections.abc import Iterator

from scheduler.audit.inputs.school import (
    AuditClass,
    AuditLesson,
    AuditSchool,
    Delivery,
    Difference,
    Facts,
    Use,
)
from scheduler.model.read_timetable import (
    ACTIVITY_ROW,
    CellKind,
    ClassKey,
    Disagreement,
    ReadCell,
    ReadClass,
    ReadLesson,
    ReadPeriod,
    ReadTimetable,
    class_key,
)
from scheduler.model.times import Bell, Period, RowKind

_TERMS = (
    ("第一学期", 1),
    ("第1学期", 1),
    ("上学期", 1),
    ("上期", 1),
    ("秋", 1),
    ("第二学期", 2),
    ("第2学期", 2),
    ("下学期", 2),
    ("下期", 2),
    ("春", 2),
)
Times = dict[tuple[int, int], tuple[int, int]]
"""Start and end of a lesson row by day and period."""


def schools_read(
    read: ReadTimetable,
    delivered: tuple[Delivery, ...] | None = None,
    facts: Facts | None = None,
) -> tuple[AuditSchool, ...]:
    """One for each school read, in the order met."""
    return tuple(
        _School(read, school).made(delivered, facts or Facts())
        for school in read.schools
    )


def flat(key: ClassKey) -> str:
    """A class's key as one text."""
    return "|".join("" if x is None else str(x) for x in key[1:])


class _School:
    """One school of a reading, on its way to an audit."""

    def __init__(self, read: ReadTimetable, school: str) -> None:
        self.read, self.name = read, school
        groups: dict[ClassKey, list[ReadClass]] = {}
        for group in read.of_school(school):
            if not group.senior:
                groups.setdefault(group.key, []).append(group)
        self.groups = groups
        self.times: dict[ClassKey, Times] = {}
        by_others = ("L4", "L5")
        self.own = {class_key(x) for x in read.cells if x.layout not in by_others}

    def made(self, delivered: tuple[Delivery, ...] | None, facts: Facts) -> AuditSchool:
        """The school with everything that is known of it."""
        classes = tuple(self._class(key, own) for key, own in self.groups.items())
        lessons = tuple(self._lessons())
        differences = tuple(
            self._difference(x)
            for x in self.read.disagreements
            if x.class_key in self.groups
        )
        files = {
            (p.file, p.sheet)
            for own in self.groups.values()
            for g in own
            for p in g.places
        }
        shown = [
            len({p for g in own for p in g.places}) for own in self.groups.values()
        ]
        terms = [_term(g.term or g.title) for own in self.groups.values() for g in own]
        return AuditSchool(
            self.name,
            classes,
            lessons,
            term_number=next(filter(None, terms), None),
            delivered=delivered,
            sources=max(shown, default=min(1, len(files))),
            differences=differences,
            facts=facts,
        )

    def _class(self, key: ClassKey, own: list[ReadClass]) -> AuditClass:
        rows = max((g.periods for g in own), key=lambda x: (_timed(x), len(x)))
        bell = _bell(flat(key), rows)
        if bell is not None:
            self.times[key] = {
                (p.day, p.number): (p.start, p.end)
                for p in bell.periods
                if p.kind is RowKind.LESSON
            }
        name = own[0].name
        untimed = [r.name for r in rows if r.start is None and r.name]
        return AuditClass(
            flat(key),
            name.printed,
            name.grade,
            name.number,
            None,
            bell,
            tuple(dict.fromkeys(untimed)),
            next((g.class_teacher for g in own if g.class_teacher), ""),
            self._shown(key, own) if key in self.own else None,
            key not in self.own,
        )

    def _shown(self, key: ClassKey, own: list[ReadClass]) -> frozenset[str]:
        parts = {"class"}
        parts |= {"title"} if any(g.title for g in own) else set()
        parts |= {"term"} if any(g.term for g in own) else set()
        parts |= {"effective"} if any(g.effective for g in own) else set()
        taught = any(x.teachers for x in self.read.of_class(key))
        return frozenset(parts | ({"teacher"} if taught else set()))

    def _lessons(self) -> Iterator[AuditLesson]:
        for key in self.groups:
            for lesson in self.read.of_class(key):
                yield self._lesson(key, lesson)
        yield from self._others()

    def _lesson(self, key: ClassKey, lesson: ReadLesson) -> AuditLesson:
        day, period = lesson.day, lesson.period
        start, end = self.times.get(key, {}).get((day, period), (None, None))
        cell = lesson.cells[0] if lesson.cells else None
        return AuditLesson(
            f"{flat(key)} {day} {period} {lesson.week} {lesson.subject}",
            (flat(key),),
            day,
            period,
            lesson.week,
            lesson.subject,
            lesson.subject_name,
            Use.LESSON,
            RowKind.LESSON,
            self.read.teachers_of(lesson),
            lesson.room,
            start,
            end,
            lesson.status.sure and not lesson.disputed,
            bool(cell and cell.suggestion.zh and not lesson.subject),
            double=bool(cell and "*" in cell.text),
            at=str(cell.place) if cell else "",
        )

    def _others(self) -> Iterator[AuditLesson]:
        """Activities, and what is no lesson but stands in a lesson row; each once."""
        seen = set()
        for cell in self.read.cells:
            key = class_key(cell)
            if key not in self.groups or cell.day is None:
                continue
            lesson_row = cell.row_kind is RowKind.LESSON
            nowhere = cell.kind is CellKind.LESSON and cell.period is None
            if (
                nowhere
                or cell.kind is CellKind.ACTIVITY
                or (cell.kind is CellKind.NOT_LESSON and lesson_row)
            ):
                label = key, cell.day, cell.period, cell.row, cell.week, cell.text
                if label not in seen:
                    seen.add(label)
                    yield self._other(key, cell)

    def _other(self, key: ClassKey, cell: ReadCell) -> AuditLesson:
        start, end = self._clock(key, cell)
        # A row that has no number among the lessons: what stands there may be one, but
        # a PE activity is none wherever it stands.
        nowhere = cell.kind is CellKind.LESSON
        activity = cell.kind is CellKind.ACTIVITY or (nowhere and cell.subject == "PEA")
        use = Use.ACTIVITY if activity else Use.NOT_LESSON
        if nowhere and not activity:
            use = Use.LESSON
        return AuditLesson(
            f"{flat(key)} {cell.place.cell} {cell.day} {cell.week}",
            (flat(key),),
            cell.day or 0,
            cell.period or 0,
            cell.week,
            cell.subject,
            cell.subject_name or cell.text,
            use,
            RowKind.ACTIVITY if nowhere and activity else cell.row_kind,
            cell.teachers,
            cell.room,
            start,
            end,
            cell.status.sure or (nowhere and activity) or cell.rule == ACTIVITY_ROW,
            at=str(cell.place),
            implied=cell.rule == ACTIVITY_ROW and not cell.text,
        )

    def _clock(self, key: ClassKey, cell: ReadCell) -> tuple[int | None, int | None]:
        """Times of the cell's row, where only one row fits."""
        found = {
            (row.start, row.end)
            for group in self.groups[key]
            for row in group.periods
            if row.name == cell.row and row.period == cell.period
            if cell.day in row.days and row.start is not None
        }
        return found.pop() if len(found) == 1 else (None, None)

    def _difference(self, found: Disagreement) -> Difference:
        code = next((c.subject for c in found.cells if c.subject), "")
        proven = found.about == "subject" and all(c.status.sure for c in found.cells)
        return Difference(
            flat(found.class_key), found.day, found.period, found.text, code, proven
        )


def _timed(rows: tuple[ReadPeriod, ...]) -> int:
    return sum(r.start is not None for r in rows)


def _bell(name: str, rows: tuple[ReadPeriod, ...]) -> Bell | None:
    """The rows with clock times; None where a lesson row has none."""
    lessons = [r for r in rows if r.period is not None]
    if not lessons or any(r.start is None or r.end is None for r in lessons):
        return None
    periods, extra = [], 100
    for row in rows:
        if row.start is None or row.end is None or row.end <= row.start:
            continue
        extra += 1
        for day in row.days:
            number = row.period if row.period is not None else extra
            periods.append(Period(day, number, row.kind, row.start, row.end, row.name))
    return Bell("", tuple(periods)) if name else None


def _term(text: str) -> int | None:
    """1 or 2, as a title says it."""
    return next((n for word, n in _TERMS if word in text), None)
