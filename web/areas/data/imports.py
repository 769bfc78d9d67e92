"""Imports into a draft: what files would change, and doing it."""

from flask import jsonify, request
from werkzeug.wrappers import Response

from scheduler.model.errors import SHOWN_AT_MOST, InputError, sentences
from scheduler.services.access.permissions import Action
from scheduler.services.views.data.imports import do_import, preview
from web.access import allowed
from web.areas.data.pages import blueprint
from web.context import state
from web.language import language
from web.numbers import whole_number
from web.security import account_name
from web.uploads import sent_files, takes_files


@blueprint.post("/import/preview.json")
@takes_files
@allowed(Action.EDIT_DRAFTS)
def look_at(draft_id: int) -> tuple[Response, int]:
    """What the files would change; nothing is done."""
    files, gone = sent_files(), "gone" in request.form
    drafts = state().office.drafts
    try:
        told = drafts.look(draft_id, lambda x: preview(x, files, gone, language()))
    except InputError as error:
        lines = sentences(error.errors[:SHOWN_AT_MOST], language())
        return jsonify(refused=" ".join(lines)), 422
    return jsonify(told), 200


@blueprint.post("/import/do.json")
@takes_files
@allowed(Action.EDIT_DRAFTS)
def take_over(draft_id: int) -> tuple[Response, int]:
    """Import what was looked at."""
    form, drafts = request.form, state().office.drafts
    status, told = do_import(
        *(drafts, draft_id, account_name(), sent_files()),
        form.get("seen", -1, type=whole_number),
        "gone" in form,
        "timetable" in form,
        language(),
    )
    return jsonify(told), status
