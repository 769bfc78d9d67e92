"""The desk on which a draft lies: every operation judged by all rules at once.

Holds no database: who keeps drafts gives the operations of before and takes each new
one. Cheap for moves (about a millisecond), dearer where tables change, for the
problem is then read and compiled anew.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from scheduler.constraints.base import Constraint
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.problem.amending import Amendment
from scheduler.formats.problem.typed import Typed
from scheduler.model.meeting import Placement
from scheduler.model.problem import Problem
from scheduler.model.times import Week
from scheduler.model.timetable import Timetable
from scheduler.services.school.drafts.history import History
from scheduler.services.school.drafts.operations import (
    Cell,
    Change,
    Kind,
    Operation,
    Part,
    lesson_cell,
    lock_cell,
    placing_kind,
)
from scheduler.services.school.drafts.placing import stands
from scheduler.services.school.drafts.refusals import (
    Forbidden,
    Locked,
    NothingChanges,
    Unknown,
)
from scheduler.services.school.drafts.tables import Edit, Settled, Tables
from scheduler.solver.advice.advice import Advice, Effect, amounts_of, difference
from scheduler.solver.advice.adviser import Adviser

Keep = Callable[[Operation], None]
_NO_EFFECT = Effect(0, 0, ())


def _kept_nowhere(_: Operation) -> None:
    """A desk of its own keeps its operations in memory alone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for an operation, when, and which operation they saw last.

    ``force``: put a lesson also where a hard rule forbids it by itself. ``keep`` is
    called with the operation once nothing speaks against it, before it is done: what
    it raises leaves the desk as it was.
    """

    who: str
    at: dt.datetime
    seen: int
    force: bool = False
    keep: Keep = _kept_nowhere


@dataclass(frozen=True, slots=True)
class Step:
    """An operation done, and what it did to the rules; the costs are those after it."""

    operation: Operation
    effect: Effect
    hard: int
    soft: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class _Left:
    """A timetable before its tables changed, as undo comes back to it."""

    timetable: Timetable
    amounts: dict[Constraint, int]
    adviser: Adviser | None

    def is_of(self, now: Timetable) -> bool:
        """Whether a timetable is this one, of the very same problem."""
        same = self.timetable.problem is now.problem
        return same and self.timetable.placements == now.placements


class Desk:
    """A draft after its operations.

    Parameters:
        start: The timetable it was begun with, and its problem.
        locked: Ids of lessons locked from the start.
        operations: Those done so far.

    Attributes:
        effects: What operations did, by number; of those done since it was opened.

    Raises:
        InputError: rows that were changed make no problem any more.
    """

    def __init__(
        self,
        start: Timetable,
        locked: Iterable[str] = (),
        operations: Iterable[Operation] = (),
    ) -> None:
        values: dict[Cell, Placement | bool] = {
            lesson_cell(x): where for x, where in start.placements.items()
        }
        values |= {lock_cell(x): True for x in locked}
        self.history = History(values, operations)
        self.tables = Tables(start.problem, self.history)
        self._problem = self.tables.problem()
        self._adviser: Adviser | None = None
        self._left: _Left | None = None
        self.effects: dict[int, Effect] = {}
        report = evaluate(self.timetable)
        self.hard, self.soft = report.hard, report.soft
        self._amounts = amounts_of(report)

    @property
    def problem(self) -> Problem:
        """The problem as its rows are in force now."""
        return self._problem

    @property
    def timetable(self) -> Timetable:
        """The placements as they are now."""
        found = self.history.values(Part.LESSON)
        placements = {
            cell.key: where
            for cell, where in found.items()
            if isinstance(where, Placement)
        }
        return Timetable(self.problem, placements)

    @property
    def locked(self) -> tuple[str, ...]:
        """Ids of locked lessons."""
        return tuple(cell.key for cell in self.history.values(Part.LOCK))

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Ids of lessons without a place, in the order of the problem."""
        ids = (x.lesson_id for x in self.problem.lessons)
        return tuple(x for x in ids if self.history.value(lesson_cell(x)) is None)

    @property
    def adviser(self) -> Adviser:
        """What judges moves on the timetable as it is now."""
        return self._board()

    def advise(self, lesson_id: str) -> Advice:
        """Where a lesson may go, at what price.

        Raises:
            Unknown: there is no such lesson.
        """
        if lesson_id not in self.problem.lesson:
            raise Unknown(lesson_id)
        return self._board().advise(lesson_id)

    def placement_at(
        self,
        lesson_id: str,
        day: int,
        period: int,
        week: Week | None = None,
        layout_id: str | None = None,
        teacher_ids: tuple[str, ...] | None = None,
    ) -> Placement:
        """A slot for a lesson; weeks, place and people as now unless they are given.

        Raises:
            Unknown: there is no such lesson.
        """
        lesson = self.problem.lesson.get(lesson_id)
        if lesson is None:
            raise Unknown(lesson_id)
        now = self.history.value(lesson_cell(lesson_id))
        weeks = now.week if isinstance(now, Placement) else lesson.weeks[0]
        found = self._board().candidate(lesson, (day, period, week or weeks))
        return replace(
            found,
            layout_id=layout_id or found.layout_id,
            teacher_ids=teacher_ids or found.teacher_ids,
        )

    def move(self, asked: Asked, wishes: Mapping[str, Placement | None]) -> Step:
        """Put lessons elsewhere, or away where None: one operation, all or nothing.

        Raises:
            Refused: why not; nothing has changed.
        """
        self._check_lessons(asked, wishes)
        changes = [self.history.change(lesson_cell(x), p) for x, p in wishes.items()]
        return self._do(asked, placing_kind(changes), changes)

    def adopt(self, asked: Asked, found: Timetable) -> Step:
        """Take over the placements of a solve begun at operation ``asked.seen``.

        Raises:
            Refused: locked or changed meanwhile; nothing has changed.
        """
        known = self.timetable.placements
        wishes = {
            x.lesson_id: found.placements.get(x.lesson_id)
            for x in self.problem.lessons
            if found.placements.get(x.lesson_id) != known.get(x.lesson_id)
        }
        self._check_lessons(asked, wishes)
        changes = [self.history.change(lesson_cell(x), p) for x, p in wishes.items()]
        return self._do(asked, Kind.ADOPT, changes)

    def lock(self, asked: Asked, lesson_ids: Iterable[str], on: bool = True) -> Step:
        """Lock lessons where they stand, or unlock them.

        Raises:
            Refused: why not; nothing has changed.
        """
        ids = tuple(dict.fromkeys(lesson_ids))
        for lesson_id in ids:
            if lesson_id not in self.problem.lesson:
                raise Unknown(lesson_id)
        self.history.check_seen(
            [f(x) for x in ids for f in (lesson_cell, lock_cell)], asked.seen
        )
        cells = [lock_cell(x) for x in ids]
        changes = [Change(x, bool(self.history.value(x)), on) for x in cells]
        return self._do(asked, Kind.LOCK if on else Kind.UNLOCK, changes)

    def amend(self, asked: Asked, amendment: Amendment) -> Step:
        """Change a row of a table; lessons that are gone with it are taken away.

        Raises:
            Refused: why not; nothing has changed.
            InputError: the tables would have faults then; nothing has changed.
        """
        settled = self.tables.amend(amendment)
        self.history.check_seen([x.cell for x in settled.changes], asked.seen)
        return self._settle(asked, settled)

    def edit(self, asked: Asked, edits: Iterable[Edit]) -> Step:
        """Type rows: what has no fault is in force at once, the rest is kept as typed.

        No edits at all: put in force what was held back and has no fault any more.

        Raises:
            Refused: why not; nothing has changed.
        """
        wished = tuple(edits)
        self.history.check_seen(self.tables.cells(wished), asked.seen)
        return self._settle(asked, self.tables.settle(wished))

    def typed(self, edits: Iterable[Edit] = ()) -> Typed:
        """All rows as people see them and their faults, now or after some edits."""
        wished = tuple(edits)
        return self.tables.tried(wished) if wished else self.tables.judged()

    def undo(self, asked: Asked) -> Step:
        """Take back one's own last operation.

        Raises:
            Refused: there is none, or a later operation stands on it.
        """
        operation = self.history.to_undo(asked.who)
        changes = [x.inverse for x in reversed(operation.changes)]
        return self._again(asked, Kind.UNDO, operation, changes)

    def redo(self, asked: Asked) -> Step:
        """Do again what one has undone last.

        Raises:
            Refused: there is nothing, or its cells have changed since.
        """
        operation = self.history.to_redo(asked.who)
        return self._again(asked, Kind.REDO, operation, list(operation.changes))

    def follow(self, operation: Operation) -> Effect:
        """Take over an operation that was done elsewhere, and say what it did.

        Raises:
            ValueError: it is not the next one.
        """
        effect = self._effect_of(operation)
        self.effects[operation.number] = effect
        for change in effect.rules:
            known = self._amounts.get(change.rule, 0)
            self._amounts[change.rule] = known + change.amount
        self.hard += effect.hard
        self.soft += effect.soft
        return effect

    def _settle(self, asked: Asked, settled: Settled) -> Step:
        problem = settled.problem or self._problem
        gone = [
            x
            for x, where in self.timetable.placements.items()
            if problem is not self._problem and not stands(problem, x, where)
        ]
        taken = [self.history.change(lesson_cell(x), None) for x in gone]
        return self._do(asked, Kind.ROW, [*settled.changes, *taken])

    def _again(
        self, asked: Asked, kind: Kind, operation: Operation, changes: list[Change]
    ) -> Step:
        for lesson_id in operation.lesson_ids:
            self._check_unlocked(lesson_id)
        return self._do(asked, kind, changes, of=operation.number)

    def _check_lessons(
        self, asked: Asked, wishes: Mapping[str, Placement | None]
    ) -> None:
        cells = [f(x) for x in wishes for f in (lesson_cell, lock_cell)]
        self.history.check_seen(cells, asked.seen)
        for lesson_id, placement in wishes.items():
            if lesson_id not in self.problem.lesson:
                raise Unknown(lesson_id)
            self._check_unlocked(lesson_id)
            if placement is not None:
                self._check_placement(asked, lesson_id, placement)

    def _check_unlocked(self, lesson_id: str) -> None:
        cell = lock_cell(lesson_id)
        if self.history.value(cell):
            raise Locked(lesson_id, self.history.newest_on(cell))

    def _check_placement(
        self, asked: Asked, lesson_id: str, placement: Placement
    ) -> None:
        if not stands(self.problem, lesson_id, placement):
            raise Unknown(lesson_id, placement)
        board = self._board()
        if not asked.force and not board.allows(lesson_id, placement):
            raise Forbidden(lesson_id, board.forbidding(lesson_id, placement))

    def _do(
        self,
        asked: Asked,
        kind: Kind,
        changes: list[Change],
        of: int | None = None,
    ) -> Step:
        """Add the operation, and say what it did."""
        told = tuple(x for x in changes if x.before != x.after)
        if not told:
            raise NothingChanges
        number = self.history.last + 1
        operation = Operation(number, kind, asked.who, asked.at, told, of)
        self.tables.problem(told)  # what makes no problem is not kept
        asked.keep(operation)
        effect = self.follow(operation)
        return Step(operation, effect, self.hard, self.soft, len(self.unplaced))

    def _effect_of(self, operation: Operation) -> Effect:
        if any(x.cell.part is Part.ROW for x in operation.changes):
            return self._amended(operation)
        if all(x.cell.part is Part.TYPED for x in operation.changes):
            self.history.add(operation)
            return _NO_EFFECT
        moved = {
            x.cell.key: x.after if isinstance(x.after, Placement) else None
            for x in operation.changes
            if x.cell.part is Part.LESSON
        }
        board = self._board()
        self.history.add(operation)
        self._left = None
        return board.do(moved)

    def _amended(self, operation: Operation) -> Effect:
        """Judge the timetable by other tables; those just left are known still."""
        known = self._left
        self._left = _Left(self.timetable, dict(self._amounts), self._adviser)
        self._problem = self.tables.problem(operation.changes)
        self.history.add(operation)
        now = self.timetable
        if known is None or not known.is_of(now):
            known = _Left(now, amounts_of(evaluate(now)), None)
        self._adviser = known.adviser
        return difference(self._amounts, known.amounts)

    def _board(self) -> Adviser:
        if self._adviser is None:
            self._adviser = Adviser(self.problem, self.timetable)
        return self._adviser
