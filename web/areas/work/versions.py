"""Versions that were published: listed, compared, and gone back to as a new draft."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.fingerprint import fingerprint
from scheduler.services.school.publishing import Publication
from scheduler.services.school.starting import draft_of_version
from scheduler.services.views.concerned import SubjectOf
from scheduler.services.views.weeks.grids import all_sheets
from scheduler.services.views.work.difference import TITLES
from scheduler.services.views.work.publishing import compared, version_rows
from web.access import allowed
from web.context import state
from web.language import language, say
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("versions", __name__, url_prefix="/versions")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index() -> str:
    """All versions, newest first, and the difference of two of them."""
    rows = version_rows(state().office)
    numbers = [row.listed.version for row in rows]
    asked = [request.args.get(x, type=whole_number) for x in ("from", "to")]
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


@blueprint.get("/<int:version>")
@allowed(Action.SEE_DRAFTS)
def one(version: int) -> str:
    """A version with its fingerprint, and the ways to print it."""
    found = _get(version)
    seal = fingerprint(found.timetable)
    zone = found.problem.term.timezone
    return render_template("work/version.html", published=found, seal=seal, zone=zone)


@blueprint.get("/<int:version>/wall")
@allowed(Action.SEE_DRAFTS)
def wall(version: int) -> str:
    """The weeks of all classes for the wall (晒课表), each with the fingerprint."""
    found = _get(version)
    shown = state().edition_of(found)
    return render_template(
        "weeks/print.html",
        edition=shown,
        kind=SubjectOf.CLASS,
        sheets=all_sheets(shown, SubjectOf.CLASS, language()),
        seal=fingerprint(found.timetable),
        paper="A3" if request.args.get("paper") == "A3" else "A4",
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
