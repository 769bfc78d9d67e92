"""Versions that were published: listed, compared, and gone back to as a new draft."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.publishing import Publication
from scheduler.services.school.starting import draft_of_version
from scheduler.services.views.work.difference import TITLES
from scheduler.services.views.work.publishing import compared, version_rows
from web.access import allowed
from web.context import state
from web.language import say
from web.security import account_name

blueprint = Blueprint("versions", __name__, url_prefix="/versions")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index() -> str:
    """All versions, newest first, and the difference of two of them."""
    rows = version_rows(state().office)
    numbers = [row.listed.version for row in rows]
    asked = [request.args.get(x, type=int) for x in ("from", "to")]
    pair = None
    if all(x is not None for x in asked):
        pair = tuple(_get(x or 0) for x in asked)
    return render_template(
        "work/versions.html",
        rows=rows,
        numbers=numbers,
        pair=pair,
        found=compared(*pair) if pair else None,
        kinds=TITLES,
        zone=state().zone(),
    )


@blueprint.post("/<int:version>/again")
@allowed(Action.EDIT_DRAFTS)
def again(version: int) -> Response:
    """Begin a draft with an earlier version, to be published anew."""
    _get(version)
    name = Text(f"回到第{version}版", f"back to version {version}")
    made = draft_of_version(state().office, say(name), account_name(), version)
    if made is None:
        abort(404)
    return redirect(url_for("publishing.index", draft_id=made.draft_id))


def _get(version: int) -> Publication:
    try:
        return state().office.publication(version)
    except LookupError:
        abort(404)
