"""The accounts of an office: made, given roles, let in again; what visitors see."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.accounts import Grant
from scheduler.services.access.passwords import new_password
from scheduler.services.access.permissions import (
    VISITOR_NAMES,
    Action,
    Role,
    Visitors,
)
from scheduler.services.access.refusals import AccountRefused
from scheduler.services.views.people.accounts import OF_OFFICE, accounts_page
from web.access import allowed
from web.context import settings, site, state
from web.language import say
from web.security import account, account_name

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")
_INCOMPLETE = Text("请选择角色。", "Please choose a role.")
_KEPT = Text("已保存公开范围。", "What visitors see is kept.")
_Answer = str | Response | tuple[str, int]


@blueprint.get("/")
@allowed(Action.MANAGE_ACCOUNTS)
def index() -> str:
    """Who may do what here, and what is shown without a login."""
    return _page()


@blueprint.post("/add")
@allowed(Action.MANAGE_ACCOUNTS)
def add() -> _Answer:
    """Make an account and show its password, once."""
    name, password = _name(), new_password()

    def make() -> str:
        accounts = site().store.accounts
        accounts.add(name, password, _grant(), account_name(), handed_out=True)
        return _once(name, password, new=True)

    return _tried(make)


@blueprint.post("/role")
@allowed(Action.MANAGE_ACCOUNTS)
def role() -> _Answer:
    """Give an account another role here."""

    def give() -> Response:
        site().store.accounts.grant(_name(), _grant(), account_name())
        return redirect(url_for("accounts.index"))

    return _tried(give)


@blueprint.post("/reset")
@allowed(Action.MANAGE_ACCOUNTS)
def reset() -> _Answer:
    """Give an account a random password and show it, once; its sessions end."""
    name = _name()

    def give() -> str:
        return _once(name, site().store.accounts.reset(name, account_name()))

    return _tried(give)


@blueprint.post("/remove")
@allowed(Action.MANAGE_ACCOUNTS)
def remove() -> _Answer:
    """Take an account's role here away, and with its last role the account."""

    def take() -> Response:
        accounts, name = site().store.accounts, _name()
        known = accounts.get(name)
        if known is not None and set(known.memberships) - {state().office.key}:
            accounts.take_role(name, state().office.key, account_name())
        else:
            accounts.remove(name, account_name())
        return redirect(url_for("accounts.index"))

    return _tried(take)


@blueprint.post("/unlock")
@allowed(Action.MANAGE_ACCOUNTS)
def unlock() -> Response:
    """Let everybody try their passwords again at once."""
    site().store.accounts.forget_tries(state().office.key)
    return redirect(url_for("accounts.index"))


@blueprint.post("/visitors")
@allowed(Action.MANAGE_ACCOUNTS)
def visitors() -> _Answer:
    """Set what is shown without a login."""
    level = request.form.get("level", "")
    if level not in list(Visitors):
        return _page(_INCOMPLETE), 422
    state().office.set_visitors(Visitors(level), account_name())
    flash(say(_KEPT))
    return redirect(url_for("accounts.index", _anchor="visitors"))


def _tried(act: Callable[[], str | Response]) -> _Answer:
    try:
        return act()
    except AccountRefused as error:
        return _page(error.text), 422


def _name() -> str:
    return request.form.get("name", "").strip()


def _grant() -> Grant:
    """The role that the form names.

    Raises:
        AccountRefused: none is, or one of somebody who is not in the timetable.
    """
    asked = request.form.get("role", "")
    if asked not in list(OF_OFFICE):
        raise AccountRefused(_INCOMPLETE.zh, _INCOMPLETE.en)
    wanted = Role(asked)
    field = {Role.TEACHER: "teacher", Role.PARTNER: "place"}.get(wanted, "")
    resource_id = request.form.get(field, "")
    grant = Grant(wanted, state().office.key, resource_id)
    site().store.check_grant(grant)
    return grant


def _page(refused: Text | None = None) -> str:
    acts = account()
    assert acts is not None  # nobody else may manage accounts
    office = state().office
    return render_template(
        "people/accounts.html",
        page=accounts_page(site().store, office.key, acts),
        refused=refused,
        typed=request.form,
        roles=OF_OFFICE,
        visitors=office.visitors(),
        levels=VISITOR_NAMES,
        private=not settings().login_to_view,
    )


def _once(name: str, password: str, new: bool = False) -> str:
    return render_template(
        "people/password.html", name=name, password=password, new=new
    )
