"""The preview of an import as plain data, and the step that does it."""

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.constraints import describe
from scheduler.formats.problem.typed import Cells
from scheduler.model.errors import InputError, alike, sentence_of, sentences
from scheduler.model.meeting import Placement
from scheduler.services.school.drafts.desk import Asked, Desk, Step
from scheduler.services.school.drafts.drafts import Drafts
from scheduler.services.school.drafts.refusals import (
    NothingChanges,
    Overtaken,
    Refused,
)
from scheduler.services.school.drafts.words import refusal_text
from scheduler.services.school.importing.comparing import (
    Lessons,
    TableChanges,
    changes_of,
    edits_of,
    fitting,
    lessons_after,
)
from scheduler.services.school.importing.reading import read_files
from scheduler.services.school.starting import File
from scheduler.services.views.data.cells import Shown

_ROWS = 200
"""Rows of one kind and table that are told; the counts are of all."""


def preview(
    desk: Desk, files: Sequence[File], gone: bool, language: str
) -> dict[str, Any]:
    """What an import would change; nothing is done.

    Parameters:
        gone: Take out the rows that the files do not have.

    Raises:
        InputError: nothing can be read.
    """
    rows = desk.tables.shown()
    read = read_files(files, rows)
    changes = changes_of(rows, read.offered)
    edits = edits_of(changes, gone)
    typed = desk.typed(edits)
    after = lessons_after(desk, typed.judged.problem)
    faults = alike((*read.offered.unread, *typed.judged.errors))
    shown = Shown(rows, language)
    return {
        "seen": desk.history.last,
        "tables": [_table(x, shown, language) for x in changes],
        "edits": len(edits),
        "faults": [sentence_of(x, language) for x in faults[:_ROWS]],
        "errors": len(faults),
        "notes": [x.in_language(language) for x in read.notes],
        "lessons": None if after is None else _lessons(desk, after, language),
        "timetable": len(read.placements),
    }


def do_import(
    drafts: Drafts,
    draft_id: int,
    who: str,
    files: Sequence[File],
    seen: int,
    gone: bool,
    timetable: bool,
    language: str,
) -> tuple[int, dict[str, Any]]:
    """Import files: one step for the tables, another for their timetable.

    What was previewed is what is done: somebody's step in between is told instead.

    Parameters:
        timetable: Place lessons as the files have them, as far as they stand.

    Raises:
        DraftUnknown: there is no such draft.
    """
    try:
        rows = drafts.look(draft_id, lambda desk: desk.tables.shown())
        read = read_files(files, rows)
        edits = edits_of(changes_of(rows, read.offered), gone)
        done = _tables(drafts, draft_id, who, seen, edits)
        held = drafts.look(draft_id, lambda desk: len(desk.tables.pending()))
        if timetable and read.placements:
            done = _placements(drafts, draft_id, who, read.placements) or done
    except Refused as refused:
        return 409, _refused(drafts, draft_id, refused, language)
    except InputError as error:
        return 422, {"refused": " ".join(sentences(error.errors, language))}
    return 200, {"seen": done, "held": held}


def _refused(
    drafts: Drafts, draft_id: int, refused: Refused, language: str
) -> dict[str, Any]:
    why = drafts.look(draft_id, lambda desk: refusal_text(desk.problem, refused))
    return {"refused": why.in_language(language)}


def _tables(
    drafts: Drafts, draft_id: int, who: str, seen: int, edits: list[Any]
) -> int:
    """The number of the step that changes tables; ``seen`` where none has to."""

    def act(desk: Desk, asked: Asked) -> Step:
        if desk.history.last != seen:
            raise Overtaken
        return desk.edit(asked, edits)

    try:
        return drafts.do(draft_id, who, act, seen).operation.number if edits else seen
    except NothingChanges:
        return seen


def _placements(
    drafts: Drafts, draft_id: int, who: str, found: Mapping[str, Placement]
) -> int | None:
    def act(desk: Desk, asked: Asked) -> Step:
        return desk.adopt(asked, fitting(desk, found))

    try:
        return drafts.do(draft_id, who, act).operation.number
    except NothingChanges:
        return None


def _table(one: TableChanges, shown: Shown, language: str) -> dict[str, Any]:
    table = one.table

    def cells(row: Cells) -> list[str]:
        return shown.row(table, row)

    return {
        "name": table.name,
        "title": table.titled(language),
        "columns": table.titles(language),
        "same": one.same,
        "counts": [len(one.new), len(one.changed), len(one.gone)],
        "new": [cells(x) for x in one.new[:_ROWS]],
        "changed": [[cells(x.before), cells(x.after)] for x in one.changed[:_ROWS]],
        "gone": [cells(x) for x in list(one.gone.values())[:_ROWS]],
    }


def _lessons(desk: Desk, after: Lessons, language: str) -> dict[str, Any]:
    problem = desk.problem
    lost = [
        describe.lesson(problem, x).in_language(language)
        for x in after.lost
        if x in problem.lesson
    ]
    return {
        "kept": after.kept,
        "new": after.new,
        "lost": len(after.lost),
        "named": list(dict.fromkeys(lost))[:_ROWS],
    }
