"""Jobs of an office: how far they are, stopping them, what came of them."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.views.jobs import result_lines
from web.access import allowed
from web.context import state
from web.security import account_name

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")
WAITING_PAGES = (
    *("rain.index", "load.index", "what_if.index", "audits.index", "jobs.index"),
)
"""Pages that show a job and stop it; they come again then."""


@blueprint.get("/")
@allowed(Action.RUN_JOBS)
def index() -> str:
    """All jobs, newest first."""
    jobs = state().office.jobs.all()
    active = next((job for job in jobs if not job.ended), None)
    zone = state().zone()
    return render_template("jobs/index.html", zone=zone, jobs=jobs, active=active)


@blueprint.get("/<int:number>")
@allowed(Action.RUN_JOBS)
def job(number: int) -> str:
    """One job and what came of it, or the best so far."""
    office = state().office
    try:
        found, result = office.jobs.get(number), office.jobs.result(number)
    except JobUnknown:
        abort(404)
    lines = tuple(result_lines(result)) if result else ()
    zone = state().zone()
    return render_template("jobs/job.html", zone=zone, job=found, lines=lines)


@blueprint.post("/<int:number>/stop")
@allowed(Action.RUN_JOBS)
def stop(number: int) -> Response:
    """Ask a job to end with the best so far; one that has ended stays as it is."""
    try:
        state().office.jobs.stop(number, account_name())
    except JobUnknown:
        abort(404)
    back = request.form.get("back", "")
    return redirect(url_for(back if back in WAITING_PAGES else "jobs.index"))
