"""Calendar links: made, shown once, revoked. For accounts only."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.school.audiences import ResourceUnknown
from scheduler.services.views.invited import invited
from scheduler.services.views.subscriptions import FeedKind, audience_groups
from web.access import allowed
from web.context import edition, state
from web.invitation import Invitation, invitation_of
from web.security import account_name


@dataclass(frozen=True, slots=True)
class Card:
    """A code to cut out: whose, and what it opens."""

    name: str
    invitation: Invitation


blueprint = Blueprint("subscriptions", __name__, url_prefix="/subscriptions")


@blueprint.get("/")
@allowed(Action.GIVE_LINKS)
def index() -> str:
    """All calendars, and which have a link."""
    groups = audience_groups(state().office)
    return render_template("links/subscriptions.html", edition=edition(), groups=groups)


@blueprint.post("/create")
@allowed(Action.GIVE_LINKS)
def create() -> str:
    """Make a link (an older one of the same person dies) and show it, once."""
    kind, resource_id, person = _asked()
    try:
        token = state().office.create_link(kind, resource_id, person, account_name())
    except (ValueError, ResourceUnknown):
        abort(404)
    return render_template(
        "links/created.html",
        edition=edition(),
        invited=invited(state().office.feeds.preview(token)),
        invitation=invitation_of(token),
        person=person,
    )


@blueprint.post("/create-all")
@allowed(Action.GIVE_LINKS)
def create_all() -> str:
    """Make links for all teachers, or those without one, and show their codes once."""
    office = state().office
    wanted = {a.resource_id: a.name for a in office.audiences(FeedKind.TEACHER)}
    if request.form.get("which") != "all":
        for link in office.links():
            if link.kind is FeedKind.TEACHER and link.revoked_at is None:
                wanted.pop(link.resource_id, None)
    tokens = office.link_table.create_for_all(FeedKind.TEACHER, wanted, account_name())
    cards = [Card(wanted[x], invitation_of(token)) for x, token in tokens.items()]
    return render_template("links/cards.html", edition=edition(), cards=cards)


@blueprint.post("/revoke")
@allowed(Action.GIVE_LINKS)
def revoke() -> Response:
    """Kill a link."""
    kind, resource_id, person = _asked()
    try:
        state().office.revoke_link(kind, resource_id, person, account_name())
    except ValueError:
        abort(404)
    return redirect(url_for("subscriptions.index", _anchor=f"{kind}-{resource_id}"))


def _asked() -> tuple[str, str, str]:
    """Kind, resource and person of a form."""
    fields = (request.form.get(x, "") for x in ("kind", "resource_id", "person"))
    kind, resource_id, person = (text.strip() for text in fields)
    return kind, resource_id, person
