"""Calendar links: made, shown once, revoked. For accounts only."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.services.audiences import ResourceUnknown
from scheduler.services.views.subscriptions import audience_groups
from web.context import edition, site
from web.invitation import invitation_of

blueprint = Blueprint("subscriptions", __name__, url_prefix="/subscriptions")


@blueprint.get("/")
def index() -> str:
    """All calendars, and which have a link."""
    groups = audience_groups(site().store)
    return render_template("subscriptions.html", edition=edition(), groups=groups)


@blueprint.post("/create")
def create() -> str:
    """Make a link (an older one of the same person dies) and show it, once."""
    kind, resource_id, person = _asked()
    try:
        token = site().store.create_link(kind, resource_id, person)
    except (ValueError, ResourceUnknown):
        abort(404)
    invitation = invitation_of(token)
    return render_template(
        "created.html", edition=edition(), invitation=invitation, person=person
    )


@blueprint.post("/revoke")
def revoke() -> Response:
    """Kill a link."""
    kind, resource_id, person = _asked()
    try:
        site().store.revoke_link(kind, resource_id, person)
    except ValueError:
        abort(404)
    return redirect(url_for("subscriptions.index", _anchor=f"{kind}-{resource_id}"))


def _asked() -> tuple[str, str, str]:
    """Kind, resource and person of a form."""
    fields = (request.form.get(x, "") for x in ("kind", "resource_id", "person"))
    kind, resource_id, person = (text.strip() for text in fields)
    return kind, resource_id, person
