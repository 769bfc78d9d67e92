"""Who may open a page: declared beside its route, asked before every request.

A route without a declaration is refused to everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import (
    Action,
    Door,
    Role,
    Visitors,
    default_visitors,
)
from scheduler.services.access.permissions import may as _may
from scheduler.services.offices import OfficeUnknown
from web.context import NoTimetable, edition, office_key, settings, site
from web.security import MUST_CHANGE, account, to_login

View = TypeVar("View", bound=Callable[..., Any])
_RULE = "cuofeng_rule"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route does; ``place`` is the argument that names the place it is about."""

    action: Action
    place: str = ""


def allowed(action: Action, place: str = "") -> Callable[[View], View]:
    """Declare what a route does; stands below the route itself."""

    def declare(view: View) -> View:
        setattr(view, _RULE, Rule(action, place))
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """What a route was declared to do."""
    if endpoint == "static":
        return Rule(Action.OPEN)
    found = getattr(app.view_functions.get(endpoint), _RULE, None)
    return found if isinstance(found, Rule) else None


def may(action: Action, place_id: str = "", office: str | None = None) -> bool:
    """Whether whoever asks may do something in the request's office, or another."""
    person, key = account(), office or office_key()
    bound = person is not None and person.role_in(key) is Role.PARTNER
    about = _about(place_id) if bound and place_id else frozenset[str]()
    return _may(person, action, _door(key), about)


def may_open(endpoint: str) -> bool:
    """Whether a page that is about no place in particular opens."""
    rule = rule_of(current_app, endpoint)
    return rule is not None and may(rule.action)


def shows_everything() -> bool:
    """Whether the request's office shows all its pages without a login."""
    return _door(office_key()).visitors is Visitors.EVERYTHING


def own_place(office: str) -> str | None:
    """The place of a partner, the one whose page opens for them."""
    person = account()
    found = person.memberships.get(office) if person else None
    if found is None or found.role is not Role.PARTNER:
        return None
    g.office = office
    ours = {x.agreement_id: x.venue_id for x in edition().problem.agreements}
    return ours.get(found.resource_id, found.resource_id)


def require(action: Action, place_id: str = "") -> Response | None:
    """The way to the login for visitors; None for whoever may do it.

    Raises:
        Forbidden, NotFound: an account that may not; who is nothing in an office does
            not learn whether it is there.
    """
    if may(action, place_id):
        return None
    person = account()
    if person is None:
        return to_login()
    if person.role_in(office_key()) is not None:
        raise Forbidden
    g.office = None
    raise NotFound


def register(app: Flask) -> None:
    """Ask before every request; templates may ask, too."""
    app.before_request(_check)
    app.jinja_env.globals.update(
        account=account, may=may, may_open=may_open, Action=Action
    )


def _check() -> Response | None:
    rule = rule_of(current_app, request.endpoint or "")
    if rule is None:
        abort(403)
    if rule.action is Action.OPEN:
        return None  # not even the cookie is looked at: calendars have none
    if session.get(MUST_CHANGE) and account() is not None:
        return redirect(url_for("own.index"))
    place = (request.view_args or {}).get(rule.place, "") if rule.place else ""
    refused = require(rule.action, place)
    g.veiled = office_key() is not None and not may(Action.SEE_TEACHERS)
    g.pop("edition", None)
    return refused


def _door(key: str | None) -> Door:
    if settings().frozen:
        return Door(key, Visitors.EVERYTHING)
    doors: dict[str | None, Door] = g.setdefault("doors", {})
    if key not in doors:
        said = _said_by(key) if key is not None else None
        default = default_visitors(not settings().login_to_view)
        doors[key] = Door(key, said or default)
    return doors[key]


def _said_by(key: str) -> Visitors | None:
    try:
        return site().of(key).office.visitors()
    except OfficeUnknown:
        return None


def _about(place_id: str) -> frozenset[str]:
    """Ids of a place and of its agreements."""
    try:
        agreements = edition().problem.agreements
    except (NoTimetable, OfficeUnknown):
        return frozenset()
    ours = (x.agreement_id for x in agreements if x.venue_id == place_id)
    return frozenset((place_id, *ours))
