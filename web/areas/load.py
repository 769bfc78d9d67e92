"""How full the venues are."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.jobs.contract import JobKind
from scheduler.services.views.places.load_page import capacity_checks, load_page
from web.access import allowed
from web.context import edition, settings, state
from web.security import account_name

blueprint = Blueprint("load", __name__)


@blueprint.get("/load/")
@allowed(Action.SEE_CHECKS)
def index() -> str:
    """Heat maps of all venues, PE places first; proofs once they were asked for."""
    shown, office = edition(), state().office
    answer = office.answers.peaks(shown.timetable)
    usage = None if settings().frozen else office.usage
    log = usage.check_ins() if usage else None
    page, used = state().of_term(
        "load",
        lambda: (
            load_page(shown, office.entries(), log, answer.value),
            usage.by_venue() if usage else {},
        ),
        *(answer.value, settings().frozen),
    )
    return render_template(
        "checks/load.html", edition=shown, page=page, used=used, job=answer.job
    )


@blueprint.post("/load/prove")
@allowed(Action.RUN_JOBS)
def prove() -> Response:
    """Ask how low the peaks can be."""
    timetable = edition().timetable
    state().office.answers.ask(JobKind.PEAKS, timetable, account_name())
    return redirect(url_for("load.index"))


@blueprint.get("/norms/")
@allowed(Action.SEE_CHECKS)
def norms() -> str:
    """Norms of places and people, and what is missing."""
    shown = edition()
    checks = capacity_checks(shown.problem)
    return render_template("checks/norms.html", edition=shown, checks=checks)
