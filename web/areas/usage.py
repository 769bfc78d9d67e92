"""One tap to say that a place is used: the page behind the code on its door."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.usage import NothingToConfirm
from scheduler.services.views.today.place import place_day
from web.access import allowed, may
from web.context import absolute, edition, state
from web.invitation import qr_code
from web.security import account_name

blueprint = Blueprint("usage", __name__, url_prefix="/used")


@blueprint.get("/<path:venue_id>")
@allowed(Action.SEE_PLACE, place="venue_id")
def place(venue_id: str) -> str:
    """What is planned here now, the button, and the code to print."""
    return _page(venue_id)


@blueprint.post("/<path:venue_id>")
@allowed(Action.CONFIRM_USE, place="venue_id")
def confirm(venue_id: str) -> Response | tuple[str, int]:
    """Confirm what is running here."""
    if venue_id not in edition().problem.venue:
        abort(404)
    try:
        state().office.usage.confirm(venue_id, account_name())
    except NothingToConfirm as error:
        return _page(venue_id, error.text), 422
    return redirect(url_for("usage.place", venue_id=venue_id, done=1))


def _page(venue_id: str, refused: Text | None = None) -> str:
    shown = edition()
    venue = shown.problem.venue.get(venue_id)
    if venue is None:
        abort(404)
    log, now = state().office.usage, state().now()
    versions, named = state().booked_versions(now.date), may(Action.SEE_TEACHERS)
    address = absolute("usage.place", venue_id=venue_id)
    return render_template(
        "places/used.html",
        edition=shown,
        venue=venue,
        day=place_day(state().office, versions, now, venue_id, named),
        running=log.running(venue_id),
        confirmed=log.by_venue().get(venue_id),
        code=qr_code(address),
        refused=refused,
        done="done" in request.args,
    )
