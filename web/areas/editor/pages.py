"""The timetable editor of a draft: its page, and what its script asks."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from web.access import allowed, may
from web.context import state
from web.language import language

blueprint = Blueprint("editor", __name__, url_prefix="/drafts/<int:draft_id>/edit")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index(draft_id: int) -> str:
    """The page; the draft itself comes when its script asks."""
    draft = state().office.drafts.get(draft_id)
    open_ = draft.closed_at is None and may(Action.EDIT_DRAFTS)
    return render_template("editor/editor.html", draft=draft, may_edit=open_)


@blueprint.get("/draft.json")
@allowed(Action.SEE_DRAFTS)
def opened(draft_id: int) -> Response:
    """The draft as it is now."""
    office = state()
    return _told(office.editing.open(office.office.drafts, draft_id, language()))


@blueprint.get("/steps.json")
@allowed(Action.SEE_DRAFTS)
def steps(draft_id: int) -> Response:
    """What has been done since a step."""
    office, seen = state(), request.args.get("seen", 0, type=int)
    drafts = office.office.drafts
    return _told(office.editing.since(drafts, draft_id, seen, language()))


def _told(facts: dict[str, Any]) -> Response:
    return jsonify(facts)
