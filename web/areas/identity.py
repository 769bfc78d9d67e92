"""Logging in by the identity provider of a bureau."""

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.deeds import Act
from scheduler.services.access.permissions import Action
from scheduler.services.access.refusals import AccountRefused
from web import identity
from web.access import allowed
from web.areas.login import login_page, wanted_page
from web.context import absolute, settings, site
from web.security import begin_session

blueprint = Blueprint("identity", __name__)
WANTED = "wanted"
FAILED = Text(
    "没有登录成功：统一身份认证没有应答，或者应答无效。请再试一次，或用密码登录。",
    "That did not work: the identity provider did not answer, or not validly. Try "
    "again, or log in with a password.",
)


@blueprint.get("/login/identity")
@allowed(Action.OPEN)
def leave() -> Response | tuple[str, int]:
    """Send people to the provider."""
    if settings().provider is None:
        abort(404)
    session[WANTED] = wanted_page()
    try:
        back = absolute("identity.back")
        return identity.send(current_app, back)
    except identity.IdentityFailed:
        return login_page(FAILED), 502


@blueprint.get("/login/identity/back")
@allowed(Action.OPEN)
def back() -> Response | tuple[str, int]:
    """Take them back, if the provider says who they are and they have an account."""
    provider = settings().provider
    if provider is None:
        abort(404)
    if request.args.get("error"):
        return login_page(FAILED), 403
    wanted = session.pop(WANTED, url_for("front.index"))
    try:
        name = identity.who_came(current_app, provider.claim)
        site().store.accounts.check_known(name)
    except identity.IdentityFailed:
        return login_page(FAILED), 403
    except AccountRefused as refused:
        return login_page(refused.text), 403
    site().store.accounts.note(name, Act.LOGIN, provider.label)
    begin_session(name)
    return redirect(wanted)
