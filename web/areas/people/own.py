"""One's own account: the password, where one is logged in."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.limits import RateExceeded
from scheduler.services.access.passwords import SHORTEST_PASSWORD
from scheduler.services.access.permissions import (
    ROLE_NAMES,
    Account,
    Action,
    Role,
    role_name,
)
from scheduler.services.access.refusals import AccountRefused
from web.access import allowed
from web.context import site
from web.device import client_of
from web.errors import too_many
from web.security import LOGIN, MUST_CHANGE, account, begin_session, to_login

blueprint = Blueprint("own", __name__, url_prefix="/account")
_DIFFERENT = Text("两次输入的新密码不一样。", "The two new passwords differ.")
_SAME = Text("新密码和现在的一样。", "The new password is the present one.")
_WRONG = Text("现在的密码不对。", "The present password is wrong.")


@blueprint.get("/")
@allowed(Action.OPEN)
def index() -> str | Response:
    """What one is, the password, the sessions; visitors are shown the login."""
    return _page(account())


@blueprint.post("/password")
@allowed(Action.OPEN)
def password() -> Response | tuple[str, int]:
    """Take a new password; everybody else who is logged in as this account is out."""
    person = account()
    if person is None:
        return to_login()
    old, new, again = (request.form.get(x, "") for x in ("old", "new", "again"))
    if new != again or new == old:
        return _page(person, _SAME if new == again else _DIFFERENT), 422
    store = site().store
    try:
        if not store.check_login(person.name, old, client_of(person.name)):
            return _page(person, _WRONG), 422
        store.accounts.set_password(person.name, new, person.name)
    except RateExceeded as error:
        too_many(error.retry_after)
    except AccountRefused as error:
        return _page(person, error.text), 422
    begin_session(person.name)
    return redirect(url_for("own.index", changed=1))


@blueprint.post("/end")
@allowed(Action.OPEN)
def end() -> Response:
    """End all sessions of one's own but this one."""
    person = account()
    if person is None:
        return to_login()
    site().store.sessions.end_others(person.name, session[LOGIN])
    return redirect(url_for("own.index", _anchor="sessions"))


def _page(person: Account | None, refused: Text | None = None) -> str:
    running = site().store.sessions.running(person.name) if person else ()
    return render_template(
        "people/own.html",
        person=person,
        roles=_roles(person) if person else (),
        running=running,
        refused=refused,
        shortest=SHORTEST_PASSWORD,
        changed="changed" in request.args and refused is None,
        must_change=MUST_CHANGE in session,
    )


def _roles(person: Account) -> list[tuple[str, Text]]:
    """Office and role; a bureau's is of all."""
    if person.bureau:
        return [("*", role_name(Role.BUREAU, len(site().offices())))]
    names = {row.key: row.name for row in site().offices()}
    return [
        (names.get(key, key), ROLE_NAMES[member.role])
        for key, member in person.memberships.items()
    ]
