"""A draft moved onto the newest version: what it changed is changed there as well.

Three-way: what the draft has otherwise than the version it was made over is laid over
the newest one. What that version has changed, too, stays as published, and is told.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from scheduler.formats.problem.amending import (
    Amendment,
    differences,
    key_of,
    table_named,
)
from scheduler.formats.problem.typed import Cells
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.school.drafts.operations import (
    Change,
    Row,
    lesson_cell,
    row_cell,
)
from scheduler.services.school.drafts.placing import stands
from scheduler.services.school.drafts.refusals import NothingChanges
from scheduler.services.school.drafts.rows import Draft
from scheduler.services.school.drafts.tables import Edit
from scheduler.services.school.drafts.words import words_of_change
from scheduler.services.school.publishing import Publication


@dataclass(frozen=True, slots=True)
class Rebased:
    """A new draft over the newest version; ``dropped`` says what is not in it."""

    draft: Draft
    kept: int
    dropped: tuple[Text, ...]


def rebase(
    drafts: Drafts, draft_id: int, base: Timetable, newest: Publication, who: str
) -> Rebased:
    """Begin a draft over the newest version with what another one changed of its base.

    The other one stays as it is.

    Raises:
        DraftUnknown: there is none.
    """
    old = drafts.get(draft_id)
    changed = drafts.look(draft_id, lambda desk: Changed.of(base, desk))
    made = drafts.new(old.name, who, newest.timetable, newest.version)
    for act in (changed.rows, changed.lessons, changed.locks):
        with suppress(NothingChanges):
            drafts.do(made.draft_id, who, act, force=True)
    return Rebased(made, changed.kept, tuple(changed.dropped))


@dataclass
class Changed:
    """What a draft has otherwise than its base, to be changed on another desk.

    ``pending`` are rows as typed, not in force. ``kept`` counts what could be taken
    over.
    """

    base: Timetable
    draft: Timetable
    locked: tuple[str, ...] = ()
    pending: tuple[Amendment, ...] = ()
    kept: int = 0
    dropped: list[Text] = field(default_factory=list)

    @staticmethod
    def of(base: Timetable, desk: Desk) -> "Changed":
        """What a desk has otherwise than a version."""
        force = desk.tables.in_force()
        pending = (
            Amendment(table, force[table].get(number), dict(row) or None)
            for (table, number), row in desk.tables.pending().items()
        )
        said = tuple(x for x in pending if x.before or x.after)
        return Changed(base, desk.timetable, desk.locked, said)

    def rows(self, desk: Desk, asked: Asked) -> Step:
        """Change the rows of the tables, all in one step."""
        now = {table: dict(rows) for table, rows in desk.tables.in_force().items()}
        touched: dict[tuple[str, int], None] = {}
        for amendment in (
            *differences(self.base.problem, self.draft.problem),
            *self.pending,
        ):
            number = self._lay(now[amendment.table], amendment)
            if number is not None:
                touched[amendment.table, number] = None
        edits = [
            Edit(table, number if number > 0 else None, now[table].get(number))
            for table, number in touched
        ]
        return desk.edit(asked, edits)

    def lessons(self, desk: Desk, asked: Asked) -> Step:
        """Move the lessons, all in one step."""
        return desk.move(asked, dict(self._wishes(desk)))

    def locks(self, desk: Desk, asked: Asked) -> Step:
        """Lock what was locked, where it stands as it did in the draft."""
        now, ours = desk.timetable.placements, self.draft.placements
        same = [x for x in self.locked if x in now and now[x] == ours.get(x)]
        return desk.lock(asked, same)

    def _lay(self, rows: dict[int, Cells], amendment: Amendment) -> int | None:
        """Amend one of the rows; its number, below 0 for a new one; None if dropped."""
        before, after = amendment.before, amendment.after
        number = _found(rows, amendment)
        now = None if number is None else rows[number]
        if now == after:
            return None
        if (before is None) != (now is None) or not _apart(before, after, now):
            told = Change(row_cell(amendment.table, 0), _row(before), _row(after))
            why = _GONE if now is None else _ROW_CHANGED
            self.dropped.append(words_of_change(self.draft.problem, told) + why)
            return None
        self.kept += 1
        number = min(rows, default=0) - 1 if number is None else number
        if after is None:
            del rows[number]
        else:
            rows[number] = {**(now or {}), **_changes(before or {}, after)}
        return number

    def _wishes(self, desk: Desk) -> Iterator[tuple[str, Placement | None]]:
        base, ours = self.base.placements, self.draft.placements
        now, problem = desk.timetable.placements, desk.problem
        for lesson_id in dict.fromkeys((*base, *ours)):
            wish, here = ours.get(lesson_id), now.get(lesson_id)
            if wish in (base.get(lesson_id), here):
                continue
            why = _why_not(problem, lesson_id, wish, here == base.get(lesson_id))
            if why is None:
                self.kept += 1
                yield lesson_id, wish
            else:
                told = Change(lesson_cell(lesson_id), base.get(lesson_id), wish)
                self.dropped.append(words_of_change(self.draft.problem, told) + why)


def _found(rows: Mapping[int, Cells], amendment: Amendment) -> int | None:
    """The number of the row that an amendment is about: it, or one of its key."""
    table, wanted = table_named(amendment.table), amendment.before or amendment.after
    assert wanted is not None
    exact = (n for n, row in rows.items() if row == wanted)
    same = (
        n
        for n, row in rows.items()
        if table.key and key_of(table, row) == key_of(table, wanted)
    )
    return next(exact, next(same, None))


def _row(cells: Cells | None) -> Row | None:
    return None if cells is None else tuple(cells.items())


def _changes(before: Cells, after: Cells) -> dict[str, str]:
    return {
        name: after.get(name, "")
        for name in {*before, *after}
        if before.get(name, "") != after.get(name, "")
    }


def _apart(before: Cells | None, after: Cells | None, now: Cells | None) -> bool:
    """Whether no cell that was changed has been changed to something else since."""
    if before is None or now is None:
        return now is None
    if after is None:
        return now == before
    changes = _changes(before, after).items()
    return all(now.get(x, "") in (before.get(x, ""), cell) for x, cell in changes)


def _why_not(
    problem: Problem, lesson_id: str, wish: Placement | None, untouched: bool
) -> Text | None:
    if lesson_id not in problem.lesson:
        return _NO_LESSON
    if not untouched:
        return _LESSON_CHANGED
    return None if wish is None or stands(problem, lesson_id, wish) else _NO_PLACE


_GONE = Text("；新版本里已经没有这一行", "; the row is gone in the newer version")
_ROW_CHANGED = Text(
    "；新版本也改了这一行，以新版本为准",
    "; the newer version changed the row, too, and holds",
)
_NO_LESSON = Text("；新版本里没有这节课", "; the newer version has no such lesson")
_LESSON_CHANGED = Text(
    "；新版本也移动了这节课，以新版本为准",
    "; the newer version moved the lesson, too, and holds",
)
_NO_PLACE = Text(
    "；新版本里没有原来的时段、场地或教师",
    "; the newer version lacks the period, place or teacher",
)
