"""What the scripts of a draft's data ask: rows, steps, the faults of what is typed."""

from typing import Any

from flask import abort, jsonify, request
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.school.drafts.drafts import Act
from scheduler.services.views.data.editing import (
    BadRequest,
    do,
    redoing,
    tried,
    typing,
    undoing,
    wishes_of,
)
from scheduler.services.views.data.history import history_facts
from scheduler.services.views.data.openings import opening_facts
from scheduler.services.views.data.sheets import names_of, opened, since
from web.access import allowed
from web.areas.data.pages import blueprint
from web.context import state
from web.language import language
from web.limits import LONGEST_STEP
from web.numbers import whole_number
from web.posted import posted
from web.security import account_name
from web.uploads import takes


@blueprint.get("/rows.json")
@allowed(Action.SEE_DRAFTS)
def rows(draft_id: int) -> Response:
    """Tables as they are now."""
    names = names_of(request.args.getlist("table"))
    drafts = state().office.drafts
    return jsonify(drafts.look(draft_id, lambda x: opened(x, names, language())))


@blueprint.get("/news.json")
@allowed(Action.SEE_DRAFTS)
def news(draft_id: int) -> Response:
    """What has become of tables since a step."""
    names = names_of(request.args.getlist("table"))
    seen = request.args.get("seen", 0, type=whole_number)
    drafts = state().office.drafts
    return jsonify(drafts.look(draft_id, lambda x: since(x, names, seen, language())))


@blueprint.get("/history.json")
@allowed(Action.SEE_DRAFTS)
def history(draft_id: int) -> Response:
    """Who changed what in a table, or in a row of it."""
    table, row = (
        request.args.get("table", ""),
        request.args.get("row", type=whole_number),
    )
    drafts = state().office.drafts
    told = drafts.look(draft_id, lambda x: history_facts(x, table, row, language()))
    return jsonify(told)


@blueprint.get("/agreements/<int:row>/dates.json")
@allowed(Action.SEE_DRAFTS)
def dates(draft_id: int, row: int) -> Response:
    """The dates that an agreement opens."""
    drafts = state().office.drafts
    told = drafts.look(draft_id, lambda x: opening_facts(x, row, language()))
    return jsonify(told)


@blueprint.post("/check.json")
@takes(LONGEST_STEP)
@allowed(Action.EDIT_DRAFTS)
def check(draft_id: int) -> Response:
    """The faults there would be with what is being typed."""
    try:
        wishes = wishes_of(posted().get("edits"))
    except BadRequest:
        abort(400)
    drafts = state().office.drafts
    return jsonify(drafts.look(draft_id, lambda x: tried(x, wishes, language())))


@blueprint.post("/edit.json")
@takes(LONGEST_STEP)
@allowed(Action.EDIT_DRAFTS)
def edit(draft_id: int) -> tuple[Response, int]:
    """Type rows; none: put in force what was held back."""
    told = posted()
    try:
        return stepped(draft_id, typing(wishes_of(told.get("edits"))), told)
    except BadRequest:
        abort(400)


@blueprint.post("/undo.json")
@allowed(Action.EDIT_DRAFTS)
def undo(draft_id: int) -> tuple[Response, int]:
    """Take back one's own last step."""
    return stepped(draft_id, undoing, posted())


@blueprint.post("/redo.json")
@allowed(Action.EDIT_DRAFTS)
def redo(draft_id: int) -> tuple[Response, int]:
    """Do again what was taken back."""
    return stepped(draft_id, redoing, posted())


def stepped(draft_id: int, act: Act, told: dict[str, Any]) -> tuple[Response, int]:
    """Do a step, and tell what has become of the tables that the page shows."""
    seen, asked = told.get("seen"), told.get("tables")
    if type(seen) is not int or not isinstance(asked, list):
        abort(400)
    names = names_of(str(x) for x in asked)
    drafts, who = state().office.drafts, account_name()
    status, answer = do(drafts, draft_id, who, act, seen, names, language())
    return jsonify(answer), status
