"""History of a draft: its state after all operations, collisions, undo and redo.

Pure and cheap: cells with the operations that stand on each. What a change means for
the rules is said by the desk.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scheduler.services.school.drafts.operations import (
    Cell,
    Change,
    Kind,
    Operation,
    Part,
    Value,
)
from scheduler.services.school.drafts.refusals import (
    Collision,
    NothingToRedo,
    NothingToUndo,
    StandsOn,
)


class History:
    """A draft's start and its operations, folded.

    Parameters:
        start: Values of cells before the first operation; others are None.
        operations: In their order, numbered from 1.
    """

    def __init__(
        self, start: Mapping[Cell, Value], operations: Iterable[Operation] = ()
    ) -> None:
        self._values = dict(start)
        self.operations: list[Operation] = []
        # Numbers of the operations in force on each cell, the newest last; an undone
        # one is gone from it, so that what it stood on may be undone as well.
        self._on: dict[Cell, list[int]] = defaultdict(list)
        self._touched: dict[Cell, int] = {}
        self._done: dict[str, list[int]] = defaultdict(list)
        self._undone: dict[str, list[int]] = defaultdict(list)
        for operation in operations:
            self.add(operation)

    @property
    def last(self) -> int:
        """Number of the last operation, 0 before the first."""
        return len(self.operations)

    def value(self, cell: Cell) -> Value:
        """What a cell holds now."""
        return self._values.get(cell)

    def values(self, part: Part) -> dict[Cell, Value]:
        """All cells of a part that hold something."""
        found = self._values.items()
        return {k: v for k, v in found if k.part is part and v not in (None, False)}

    def changed(self, part: Part) -> dict[Cell, Value]:
        """All cells of a part that an operation changed, and what they hold now."""
        return {x: self._values.get(x) for x in self._touched if x.part is part}

    def newest_on(self, cell: Cell) -> Operation | None:
        """The operation in force that a cell's value comes from."""
        on = self._on.get(cell)
        return self.operations[on[-1] - 1] if on else None

    def change(self, cell: Cell, after: Value) -> Change:
        """The change that gives a cell a value."""
        return Change(cell, self.value(cell), after)

    def check_seen(self, cells: Iterable[Cell], seen: int) -> None:
        """Refuse to change what was changed after operation number ``seen``.

        Raises:
            Collision: with the first such cell.
        """
        for cell in cells:
            number = self._touched.get(cell, 0)
            if number > seen:
                raise Collision(cell, self.operations[number - 1])

    def to_undo(self, who: str) -> Operation:
        """The person's own last operation in force, if nothing later stands on it.

        Raises:
            NothingToUndo, StandsOn: it cannot be.
        """
        done = self._done[who]
        if not done:
            raise NothingToUndo
        operation = self.operations[done[-1] - 1]
        for change in operation.changes:
            newest = self.newest_on(change.cell)
            if newest is not None and newest.number != operation.number:
                raise StandsOn(change.cell, newest)
        return operation

    def to_redo(self, who: str) -> Operation:
        """The person's operation undone last, if its cells are as it found them.

        Raises:
            NothingToRedo, StandsOn: it cannot be.
        """
        undone = self._undone[who]
        if not undone:
            raise NothingToRedo
        operation = self.operations[undone[-1] - 1]
        for change in operation.changes:
            if self.value(change.cell) != change.before:
                raise StandsOn(change.cell, self._toucher(change.cell))
        return operation

    def add(self, operation: Operation) -> None:
        """Take the next operation over.

        Raises:
            ValueError: it is not the next one.
        """
        if operation.number != self.last + 1:
            raise ValueError(f"operation {operation.number} after {self.last}")
        self.operations.append(operation)
        for change in operation.changes:
            self._values[change.cell] = change.after
            self._touched[change.cell] = operation.number
            self._stack(operation, self._on[change.cell])
        self._remember(operation)

    def _toucher(self, cell: Cell) -> Operation:
        return self.operations[self._touched[cell] - 1]

    @staticmethod
    def _stack(operation: Operation, on: list[int]) -> None:
        match operation.kind, operation.of:
            case Kind.UNDO, int():
                on.pop()
            case Kind.REDO, int(number):
                on.append(number)
            case _:
                on.append(operation.number)

    def _remember(self, operation: Operation) -> None:
        done, undone = self._done[operation.who], self._undone[operation.who]
        match operation.kind:
            case Kind.UNDO:
                undone.append(done.pop())
            case Kind.REDO:
                done.append(undone.pop())
            case _:
                done.append(operation.number)
                undone.clear()
