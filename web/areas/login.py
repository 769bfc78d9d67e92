"""Logging in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.deeds import Act
from scheduler.services.access.limits import RateExceeded
from scheduler.services.access.permissions import Action
from scheduler.services.access.refusals import AccountRefused
from web.access import allowed
from web.context import settings, site
from web.device import client_of, remember
from web.errors import too_many
from web.security import account_name, begin_session, end_session

blueprint = Blueprint("login", __name__)
WRONG = Text("用户名或密码不对。", "Name or password is wrong.")


@blueprint.get("/login")
@allowed(Action.OPEN)
def form() -> str:
    """Ask for name and password."""
    return login_page()


@blueprint.post("/login")
@allowed(Action.OPEN)
def enter() -> Response | tuple[str, int]:
    """Check them."""
    name = request.form.get("name", "").strip()
    password = request.form.get("password", "")
    try:
        known = site().store.check_login(name, password, client_of(name))
    except RateExceeded as error:
        too_many(error.retry_after)
    except AccountRefused as error:
        return login_page(error.text), 403
    if not known:
        return login_page(WRONG), 403
    accounts = site().store.accounts
    accounts.note(name, Act.LOGIN)
    begin_session(name, must_change=accounts.must_change(name))
    answer = redirect(wanted_page())
    remember(answer, name)
    return answer


@blueprint.post("/logout")
@allowed(Action.OPEN)
def leave() -> Response:
    """Log out."""
    if name := account_name():
        site().store.accounts.note(name, Act.LOGOUT)
    end_session()
    answer = redirect(url_for("front.index"))
    # Pages that visitors see as well may lie in the browser as somebody saw them.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def login_page(refused: Text | None = None) -> str:
    """The page of the login, with why it was refused."""
    accounts = bool(site().store.accounts.names())
    return render_template(
        "login.html",
        refused=refused,
        wanted=wanted_page(),
        accounts=accounts,
        provider=settings().provider,
    )


def wanted_page() -> str:
    """The page that asked for a login; never one of another site."""
    wanted = request.values.get("next", "")
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if local and wanted.isprintable() else url_for("front.index")
