"""First run: the account of the office, and schools as they come."""

import io
import secrets

from flask import (
    Blueprint,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.access.passwords import SHORTEST_PASSWORD
from scheduler.services.access.permissions import Action
from scheduler.services.access.refusals import AccountRefused
from scheduler.services.school.starting import draft_of, template
from web.access import allowed
from web.areas.work.starting import asked_start, form_values
from web.context import settings, site
from web.language import language, say
from web.security import account_name, begin_session
from web.uploads import takes_files

blueprint = Blueprint("setup", __name__, url_prefix="/setup")
LOOPBACK = ("127.0.0.1", "::1")
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
_DIFFERENT = Text("两次输入的密码不一样。", "The two passwords differ.")
_NO_START = Text("请选择从什么开始。", "Please choose what to begin with.")


@blueprint.get("/")
@allowed(Action.OPEN)
def index() -> str | Response | tuple[str, int]:
    """Ask for the first account; of a database that has one there is nothing to do."""
    if site().store.accounts.names():
        return redirect(url_for("front.index"))
    if not _is_known():
        return render_template("setup/closed.html"), 403
    return _page()


@blueprint.post("/")
@allowed(Action.OPEN)
def create() -> Response | tuple[str, int]:
    """Make the first account and log it in."""
    if not _is_known():
        abort(403)
    name, password = (request.form.get(x, "") for x in ("name", "password"))
    if password != request.form.get("again", ""):
        return _page(_DIFFERENT), 422
    try:
        site().store.accounts.add_first(name, password)
    except AccountRefused as error:
        return _page(error.text), 422
    begin_session(name.strip())
    return redirect(url_for("setup.school"))


@blueprint.get("/school")
@allowed(Action.ADD_OFFICE)
def school() -> str:
    """What a new school begins with."""
    return render_template("setup/school.html", **form_values())


@blueprint.post("/school")
@allowed(Action.ADD_OFFICE)
@takes_files
def add_school() -> str | tuple[str, int]:
    """Make an office and its first draft, and say what to look at."""
    try:
        start = asked_start()
    except InputError as error:
        return _again(sentences(error.errors, language()))
    if start is None:
        return _again([_NO_START.in_language(language())])
    office = site().store.new_office(start.timetable.problem)
    draft = draft_of(office, start, start.name, account_name())
    return render_template(
        "work/begun.html", start=start, draft=draft, office=office.key
    )


@blueprint.get("/workbook.xlsx")
@allowed(Action.OPEN)
def workbook() -> Response:
    """The empty workbook to fill in."""
    content = io.BytesIO(template(language()))
    name = say(Text("错峰工作簿.xlsx", "cuofeng.xlsx"))
    return send_file(content, as_attachment=True, download_name=name)


def _again(refused: list[str]) -> tuple[str, int]:
    page = render_template("setup/school.html", refused=refused, **form_values())
    return page, 422


def _page(refused: Text | None = None) -> str:
    return render_template(
        "setup/account.html",
        refused=refused,
        shortest=SHORTEST_PASSWORD,
        token=request.values.get("token", ""),
        typed=request.form,
    )


def _is_known() -> bool:
    """Whether it is asked on the machine itself, or with the token it has printed.

    Behind a proxy everybody comes from this machine; then the token is needed.
    """
    given, made = request.values.get("token", ""), settings().setup_token
    if made and secrets.compare_digest(given.encode(), made.encode()):
        return True
    forwarded = any(name in request.headers for name in _FORWARDED)
    private = not settings().login_to_view and not settings().reach.public_url
    return private and not forwarded and request.remote_addr in LOOPBACK
