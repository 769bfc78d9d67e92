"""What a page asks of a draft's tables: rows to type, to try, to take back."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scheduler.formats.problem.typed import SHEET
from scheduler.formats.tables.cells import is_empty
from scheduler.formats.tables.schema import Kind, Table
from scheduler.model.errors import SHOWN_AT_MOST, InputError, sentences
from scheduler.model.intake import CELL_CHARACTERS
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.drafts import Act, Drafts
from scheduler.services.school.drafts.refusals import Refused
from scheduler.services.school.drafts.tables import Edit
from scheduler.services.school.drafts.words import operation_text, refusal_text
from scheduler.services.views.data.faults import fault_facts
from scheduler.services.views.data.sheets import since

MOST_EDITS = 5_000
"""Rows of one step."""
_NUMBERED = re.compile(r"(.*?)(\d+)")
_PREFIX = {
    "requirements": "R",
    "agreements": "XY",
    "limits": "XZ",
    "relations": "GX",
    "closures": "TY",
    "calendars": "RL",
    "activities": "HD",
    "layouts": "YF",
    "zones": "FQ",
}
"""How ids begin that a page gives where nothing else is known."""


class BadRequest(ValueError):
    """What a page sends is not of the agreed form."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Cells typed in a row; None where it is taken out; a new row has no number."""

    table: str
    row: int | None
    cells: dict[str, str] | None


def wishes_of(told: Any) -> list[Wish]:
    """Read what a page sends.

    Raises:
        BadRequest: it is not of the agreed form.
    """
    if not isinstance(told, list) or len(told) > MOST_EDITS:
        raise BadRequest
    return [_wish(one) for one in told]


def edits_of(desk: Desk, wishes: Iterable[Wish]) -> list[Edit]:
    """Whole rows, with ids for new ones that have none."""
    rows = desk.tables.shown()
    given: dict[str, list[str]] = {}
    found = []
    for wish in wishes:
        if wish.cells is None:
            found.append(Edit(wish.table, wish.row, None))
            continue
        before = rows[wish.table].get(wish.row, {}) if wish.row is not None else {}
        cells = {**before, **wish.cells}
        table = SHEET[wish.table]
        key = table.columns[0].name
        empty = all(map(is_empty, cells.values())) or not is_empty(cells.get(key, ""))
        if wish.row is None and _gives_ids(table) and not empty:
            rows_here = rows[table.name].values()
            known = given.setdefault(table.name, [x.get(key, "") for x in rows_here])
            if made := next_id(table.name, known):
                cells[key] = made
                known.append(made)
        found.append(Edit(wish.table, wish.row, cells))
    return found


def next_id(table: str, known: list[str]) -> str:
    """An id after the others of a table; empty where these are no numbers."""
    parts = [match for x in known if x and (match := _NUMBERED.fullmatch(x))]
    if not parts:
        prefix = "" if any(known) else _PREFIX.get(table, "")
        return f"{prefix}001" if prefix else ""
    filled = sum(bool(x) for x in known)
    prefix, count = Counter(x[1] for x in parts).most_common(1)[0]
    if count * 2 < filled:
        return ""
    same = [x[2] for x in parts if x[1] == prefix]
    width = max(len(x) for x in same)
    return f"{prefix}{max(map(int, same)) + 1:0{width}d}"


def do(
    drafts: Drafts,
    draft_id: int,
    who: str,
    act: Act,
    seen: int,
    names: list[str],
    language: str,
) -> tuple[int, dict[str, Any]]:
    """Do a step of a draft; the status and the answer to the page.

    Raises:
        DraftUnknown: there is no such draft.
    """
    try:
        step = drafts.do(draft_id, who, act, seen)
    except Refused as refused:
        return 409, _refused(drafts, draft_id, refused, seen, names, language)
    except InputError as error:
        lines = sentences(error.errors[:SHOWN_AT_MOST], language)
        return 422, {"refused": " ".join(lines)}
    return 200, _done(drafts, draft_id, step, seen, names, language)


def tried(desk: Desk, wishes: Iterable[Wish], language: str) -> dict[str, Any]:
    """The faults there would be; nothing is done."""
    return fault_facts(desk.typed(edits_of(desk, wishes)), language)


def typing(wishes: list[Wish]) -> Act:
    """The step of rows typed; of none, of what was held back."""

    def act(desk: Desk, asked: Asked) -> Step:
        return desk.edit(asked, edits_of(desk, wishes))

    return act


def undoing(desk: Desk, asked: Asked) -> Step:
    """The step that takes one's own last one back."""
    return desk.undo(asked)


def redoing(desk: Desk, asked: Asked) -> Step:
    """The step that does again what was taken back."""
    return desk.redo(asked)


def _done(
    drafts: Drafts,
    draft_id: int,
    step: Step,
    seen: int,
    names: list[str],
    language: str,
) -> dict[str, Any]:
    def see(desk: Desk) -> dict[str, Any]:
        told = operation_text(desk.problem, step.operation)
        return {
            **since(desk, names, seen, language),
            "said": told.in_language(language),
            "number": step.operation.number,
            "unplaced": step.unplaced,
            "added": _added(step, names),
            "lost": len(step.operation.lesson_ids),
        }

    return drafts.look(draft_id, see)


def _added(step: Step, names: list[str]) -> dict[str, list[int]]:
    """Numbers of rows that are new with a step, in their order."""
    found: dict[str, dict[int, None]] = {}
    for change in step.operation.changes:
        cell = change.cell
        if cell.table in names and change.before is None and change.after:
            found.setdefault(cell.table, {})[int(cell.key)] = None
    return {name: sorted(numbers) for name, numbers in found.items()}


def _refused(
    drafts: Drafts,
    draft_id: int,
    refused: Refused,
    seen: int,
    names: list[str],
    language: str,
) -> dict[str, Any]:
    def see(desk: Desk) -> dict[str, Any]:
        why = refusal_text(desk.problem, refused).in_language(language)
        return {**since(desk, names, seen, language), "refused": why}

    return drafts.look(draft_id, see)


def _wish(told: Any) -> Wish:
    if not isinstance(told, dict):
        raise BadRequest
    table, row, cells = told.get("table"), told.get("row"), told.get("cells")
    if not isinstance(table, str) or table not in SHEET:
        raise BadRequest
    if row is not None and not (type(row) is int and 0 < row < 2**31):
        raise BadRequest
    if cells is None:
        if row is None:
            raise BadRequest
        return Wish(table, row, None)
    known = SHEET[table].column
    if not isinstance(cells, dict) or not all(
        name in known and isinstance(text, str) and len(text) <= CELL_CHARACTERS.most
        for name, text in cells.items()
    ):
        raise BadRequest
    return Wish(table, row, cells)


def _gives_ids(table: Table) -> bool:
    return len(table.key) == 1 and table.columns[0].kind is Kind.ID
