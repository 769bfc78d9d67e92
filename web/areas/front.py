"""The way in: the only office, or a list of all."""

from flask import Blueprint, abort, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action, Role
from web.access import allowed, may, own_place
from web.context import NoTimetable, settings, site
from web.errors import PLAIN
from web.security import account, to_login

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@allowed(Action.OPEN)
def index() -> str | Response:
    """The pages of the only office, or a list; an audit where there is no more."""
    if settings().audit_alone:
        return redirect(url_for("audit.index"))
    if not site().offices():
        return _first_steps()
    ways = {x.key: way for x in site().offices() if (way := _way_in(x.key))}
    if not ways and account() is None:
        return to_login()
    if not ways:
        abort(403)
    # Whoever belongs to one school is shown that one, whatever others show everybody.
    person = account()
    own = {x: way for x, way in ways.items() if person and x in person.memberships}
    if len(own or ways) == 1:
        return redirect(*(own or ways).values())
    offices = [(x.name, ways[x.key]) for x in site().offices() if x.key in ways]
    g.office = None
    return render_template("offices.html", offices=offices)


def _first_steps() -> Response:
    """What is to be done in an empty database."""
    if not site().store.accounts.names():
        return redirect(url_for("setup.index"))
    if account() is None:
        return to_login()
    if not may(Action.ADD_OFFICE):
        raise NoTimetable
    return redirect(url_for("setup.school"))


@blueprint.get("/health")
@allowed(Action.OPEN)
def health() -> Response:
    """Whether the site and its database answer; for whatever watches or restarts it.

    A database that cannot be read is answered 503, as on every page.
    """
    site().store.offices()
    response = make_response("ok\n")
    response.headers["Cache-Control"] = "no-store"
    response.content_type = PLAIN
    return response


def _is_teacher(key: str) -> bool:
    person = account()
    found = person.memberships.get(key) if person else None
    return found is not None and found.role is Role.TEACHER


def _way_in(key: str) -> str | None:
    """The first page of an office that opens for whoever asks."""
    if may(Action.SEE_DRAFTS, office=key) and not site().of(key).office.current():
        return url_for("drafts.index", office=key)
    if _is_teacher(key):
        return url_for("mine.index", office=key)
    if (place := own_place(key)) is not None:
        return url_for("weeks.venue_week", resource_id=place, office=key)
    if may(Action.SEE_CHECKS, office=key):
        return url_for("home.index", office=key)
    if may(Action.SEE_WEEKS, office=key):
        return url_for("weeks.classes", office=key)
    return None
