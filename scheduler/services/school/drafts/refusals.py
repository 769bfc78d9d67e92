"""Refusals: why an operation on a draft is not done."""

from scheduler.model.meeting import Placement
from scheduler.services.school.drafts.operations import Cell, Operation
from scheduler.solver.advice.reasons import Reason


class Refused(Exception):
    """An operation is not done, and why."""


class Collision(Refused):
    """Somebody changed a cell after the person last looked.

    Attributes:
        cell: What both change.
        by: The operation that was not seen.
    """

    def __init__(self, cell: Cell, by: Operation) -> None:
        super().__init__(cell, by)
        self.cell, self.by = cell, by


class StandsOn(Refused):
    """An operation cannot be undone or redone, for a later one stands on it.

    Attributes:
        cell: What both changed.
        by: The later operation.
    """

    def __init__(self, cell: Cell, by: Operation) -> None:
        super().__init__(cell, by)
        self.cell, self.by = cell, by


class NothingToUndo(Refused):
    """The person has done nothing that is not undone."""


class NothingToRedo(Refused):
    """The person has undone nothing, or has done something else since."""


class Unknown(Refused):
    """There is no such lesson in the draft (any more), or no such row or place.

    Attributes:
        lesson_id: As asked for.
        placement: What it cannot stand on; None where the lesson itself is unknown.
    """

    def __init__(self, lesson_id: str, placement: Placement | None = None) -> None:
        super().__init__(lesson_id, placement)
        self.lesson_id, self.placement = lesson_id, placement


class Locked(Refused):
    """A lesson is locked; ``by`` is the operation that did it, None from the start."""

    def __init__(self, lesson_id: str, by: Operation | None) -> None:
        super().__init__(lesson_id, by)
        self.lesson_id, self.by = lesson_id, by


class Forbidden(Refused):
    """A hard rule forbids a placement by itself; no reasons: it is none of the
    lesson's places, people or lengths."""

    def __init__(self, lesson_id: str, reasons: tuple[Reason, ...]) -> None:
        super().__init__(lesson_id, reasons)
        self.lesson_id, self.reasons = lesson_id, reasons


class NothingChanges(Refused):
    """Everything is as asked for already."""


class DraftGoesOn(Refused):
    """Somebody has done more on a draft than was seen; ``by`` is the last step."""

    def __init__(self, by: Operation) -> None:
        super().__init__(by)
        self.by = by


class NothingToAdopt(Refused):
    """A job has no timetable for a draft (yet, unless it has ``ended``)."""

    def __init__(self, job_id: int, ended: bool) -> None:
        super().__init__(job_id, ended)
        self.job_id, self.ended = job_id, ended


class Overtaken(Refused):
    """Somebody has changed the draft since it was looked at as a whole."""


class DraftUnknown(Refused):
    """The office has no draft of this number."""

    def __init__(self, draft_id: int) -> None:
        super().__init__(draft_id)
        self.draft_id = draft_id


class DraftClosed(Refused):
    """A draft is worked on no more; ``version`` is what it became, None: discarded."""

    def __init__(self, draft_id: int, version: int | None) -> None:
        super().__init__(draft_id, version)
        self.draft_id, self.version = draft_id, version
