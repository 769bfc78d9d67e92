"""Pages of a bureau: all schools, shared venues, shares with what more would bring."""

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.views.bureau.asking import (
    CannotAsk,
    answered,
    ask_audits,
    choices,
)
from scheduler.services.views.bureau.asking import ask as ask_job
from scheduler.services.views.bureau.schools import school_lines
from scheduler.services.views.bureau.settings import (
    PRIORITIES,
    SAID,
    WrongSettings,
    keep_settings,
    settings_form,
)
from scheduler.services.views.bureau.staff import staff_page
from scheduler.services.views.bureau.tables import PRINTED_STYLE, shown, table_file
from scheduler.services.views.bureau.venues import venue_weeks
from web.access import allowed
from web.areas.ledgers.blueprint import EXCEL, download
from web.context import site
from web.language import language
from web.security import account_name, with_style

_TYPES = {"json": "application/json", "html": "text/html"}
_PRINTED = with_style(PRINTED_STYLE)
blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")


@blueprint.get("/")
@allowed(Action.ANSWER_FOR_ALL)
def index() -> str:
    """All schools with their state; those with something to do first."""
    g.office = None
    left = request.args.get("left", 0, int)
    return render_template("bureau/index.html", schools=school_lines(site()), left=left)


@blueprint.post("/audits")
@allowed(Action.ANSWER_FOR_ALL)
def audits() -> AnyResponse:
    """Ask for the audit of every school's version in force."""
    left = ask_audits(site(), account_name())
    return redirect(url_for("bureau.index", left=left or None))


@blueprint.get("/venues")
@allowed(Action.ANSWER_FOR_ALL)
def venues() -> str:
    """The weeks of venues that several schools may use."""
    g.office = None
    return render_template("bureau/venues.html", venues=venue_weeks(site()))


@blueprint.get("/shares")
@allowed(Action.ANSWER_FOR_ALL)
def shares() -> str:
    """Fair shares, shortages of teachers, and the form of what might be."""
    return _shares()


@blueprint.post("/shares")
@allowed(Action.ANSWER_FOR_ALL)
def ask() -> AnyResponse | tuple[str, int]:
    """Ask for the shares as they are and as they might be."""
    form = request.form.to_dict() | {"days": request.form.getlist("day")}
    try:
        ask_job(site(), form, account_name())
    except CannotAsk as error:
        return _shares(error.text), 422
    back = "staff" if form.get("back") == "bureau.staff" else "shares"
    return redirect(url_for(f"bureau.{back}"))


@blueprint.get("/staff")
@allowed(Action.ANSWER_FOR_ALL)
def staff() -> str:
    """Shortages now and next year, who could help, travelling teachers."""
    g.office = None
    found = answered(site())
    return render_template("bureau/staff.html", found=found, page=staff_page(found))


@blueprint.get("/settings")
@allowed(Action.ANSWER_FOR_ALL)
def settings() -> str:
    """What the bureau has settled: priorities, wishes, teachers, times kept free."""
    return _settings()


@blueprint.post("/settings")
@allowed(Action.ANSWER_FOR_ALL)
def keep() -> AnyResponse | tuple[str, int]:
    """Keep what the bureau settles."""
    try:
        keep_settings(site(), request.form, account_name())
    except WrongSettings as error:
        return _settings(error.text), 422
    return redirect(url_for("bureau.settings", done=1))


def _settings(refused: Text | None = None) -> str:
    g.office = None
    return render_template(
        "bureau/settings.html",
        shown=settings_form(site()),
        priorities=PRIORITIES,
        said=SAID,
        given=request.form,
        done="done" in request.args,
        refused=refused,
    )


@blueprint.get("/tables/<about>.<kind>")
@allowed(Action.ANSWER_FOR_ALL)
def tables(about: str, kind: str) -> Response:
    """The tables of a page as a workbook, as JSON or as a page to print."""
    g.office = None
    teacher = request.args.get("teacher", "")
    content = table_file(site(), about, kind, language(), teacher)
    if content is None:
        abort(404)
    if kind == "xlsx":
        return download(content, f"{teacher or about}.xlsx", EXCEL)
    answer = Response(content, content_type=f"{_TYPES[kind]}; charset=utf-8")
    if kind == "html":  # A page of its own, with its style inside.
        answer.headers["Content-Security-Policy"] = _PRINTED
    return answer


def _shares(refused: Text | None = None) -> str:
    g.office = None
    found = answered(site())
    return render_template(
        "bureau/shares.html",
        found=found,
        cases=shown(found),
        choices=choices(site()),
        form=request.form,
        refused=refused,
    )
