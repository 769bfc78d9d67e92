"""What the scripts of the matrices ask: cells, steps, the faults of what is typed."""

from flask import abort, jsonify
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.views.data.editing import BadRequest
from scheduler.services.views.data.matrices import (
    NAMES,
    entries_of,
    filling,
    matrix_facts,
    matrix_tried,
)
from web.access import allowed
from web.areas.data.pages import blueprint
from web.areas.data.steps import stepped
from web.context import state
from web.language import language
from web.limits import LONGEST_STEP
from web.posted import posted
from web.uploads import takes


@blueprint.get("/matrices/<name>/cells.json")
@allowed(Action.SEE_DRAFTS)
def cells(draft_id: int, name: str) -> Response:
    """A matrix as it is now."""
    _check(name)
    drafts = state().office.drafts
    told = drafts.look(draft_id, lambda x: matrix_facts(x, name, language()))
    return jsonify(told)


@blueprint.post("/matrices/<name>/fill.json")
@takes(LONGEST_STEP)
@allowed(Action.EDIT_DRAFTS)
def fill(draft_id: int, name: str) -> tuple[Response, int]:
    """Type cells of a matrix."""
    _check(name)
    told = posted()
    try:
        act = filling(name, entries_of(told.get("entries")), language())
        return stepped(draft_id, act, told)
    except BadRequest:
        abort(400)


@blueprint.post("/matrices/<name>/check.json")
@takes(LONGEST_STEP)
@allowed(Action.EDIT_DRAFTS)
def try_cells(draft_id: int, name: str) -> Response:
    """The faults of cells there would be with what is being typed."""
    _check(name)
    drafts, told = state().office.drafts, posted()
    try:
        entries = entries_of(told.get("entries"))
        found = drafts.look(
            draft_id, lambda x: matrix_tried(x, name, entries, language())
        )
    except BadRequest:
        abort(400)
    return jsonify(found)


def _check(name: str) -> None:
    if name not in NAMES:
        abort(404)
