"""Solving a draft: started, watched, stopped, kept; what hinders it and what helps."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.contract import JobKind
from scheduler.services.jobs.queue import JobUnknown
from scheduler.services.school.drafts.desk import Step
from scheduler.services.school.drafts.refusals import Refused
from scheduler.services.school.drafts.words import operation_text, refusal_text
from scheduler.services.school.solving import (
    adopt,
    ask_explanation,
    ask_solve,
    branch,
    job_of,
    remedy,
)
from scheduler.services.views.work.solving import AIMS, SECONDS, runs, standing
from web.access import allowed
from web.context import state
from web.language import language, say
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("solving", __name__, url_prefix="/drafts/<int:draft_id>/solve")
_DEFAULT_SECONDS = 60
_LONGEST = 300
"""Characters of what was done, which stands in a cookie until the next page."""


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index(draft_id: int) -> str:
    """How the draft stands, how far its jobs are, what has come of them."""
    office = state().office
    draft = office.drafts.get(draft_id)
    found = runs(office, draft_id)
    return render_template(
        "work/solve.html",
        draft=draft,
        standing=office.drafts.look(draft_id, standing),
        runs=found,
        active=next((run for run in found if not run.job.ended), None),
        waiting=sum(not job.ended for job in office.jobs.all()),
        seconds=SECONDS,
        default=_DEFAULT_SECONDS,
        aims=AIMS,
        zone=state().zone(),
    )


@blueprint.post("/start")
@allowed(Action.RUN_JOBS)
def start(draft_id: int) -> Response:
    """Ask for a solve."""
    _ask_solve(draft_id)
    return _back(draft_id)


@blueprint.post("/explain")
@allowed(Action.RUN_JOBS)
def explain(draft_id: int) -> Response:
    """Ask why there is no timetable."""
    ask_explanation(state().office, draft_id, account_name())
    return _back(draft_id)


@blueprint.post("/<int:number>/stop")
@allowed(Action.RUN_JOBS)
def stop(draft_id: int, number: int) -> Response:
    """Ask a job to end with the best so far."""
    office = state().office
    try:
        office.jobs.stop(job_of(office, draft_id, number).job_id, account_name())
    except JobUnknown:
        abort(404)
    return _back(draft_id)


@blueprint.post("/<int:number>/keep")
@allowed(Action.EDIT_DRAFTS)
def keep(draft_id: int, number: int) -> Response:
    """Take the result into the draft as one step, or into a draft of its own."""
    office, who = state().office, account_name()
    if request.form.get("into") != "new":
        _do(draft_id, lambda: adopt(office, draft_id, number, who))
        return _back(draft_id)
    name = f"{office.drafts.get(draft_id).name} · {number}"
    try:
        made = branch(office, draft_id, number, who, name)
    except JobUnknown:
        abort(404)
    return _back(made.draft_id)


@blueprint.post("/<int:number>/remedy")
@allowed(Action.EDIT_DRAFTS)
def mend(draft_id: int, number: int) -> Response:
    """Change the rows that a remedy names, and solve again where that is wished."""
    office, form, who = state().office, request.form, account_name()
    which = (
        form.get("statement", -1, type=whole_number),
        form.get("remedy", -1, type=whole_number),
    )
    if min(which) < 0:
        abort(400)
    done = _do(draft_id, lambda: remedy(office, draft_id, number, which, who))
    if done and form.get("again"):
        _ask_solve(draft_id)
    return _back(draft_id)


@blueprint.post("/undo")
@allowed(Action.EDIT_DRAFTS)
def undo(draft_id: int) -> Response:
    """Take back one's own last step."""
    drafts, who = state().office.drafts, account_name()
    _do(draft_id, lambda: drafts.do(draft_id, who, lambda d, asked: d.undo(asked)))
    return _back(draft_id)


def _do(draft_id: int, act: Callable[[], Step]) -> bool:
    """Do a step and tell it, or why not."""
    drafts = state().office.drafts
    try:
        operation = act().operation
    except JobUnknown:
        abort(404)
    except InputError as error:
        flash("".join(sentences(error.errors, language()))[:_LONGEST], "refused")
        return False
    except Refused as error:
        problem = drafts.look(draft_id, lambda desk: desk.problem)
        flash(say(refusal_text(problem, error)), "refused")
        return False
    problem = drafts.look(draft_id, lambda desk: desk.problem)
    number = operation.number
    head = Text(f"第{number}步：", f"step {number}: ")
    flash(say(head + operation_text(problem, operation))[:_LONGEST])
    return True


def _ask_solve(draft_id: int) -> None:
    form = request.form
    seconds = form.get("seconds", _DEFAULT_SECONDS, type=whole_number)
    if seconds not in SECONDS:
        seconds = _DEFAULT_SECONDS
    aim = form.get("aim", "")
    kind = JobKind(aim) if aim in set(AIMS) else JobKind.SOLVE
    prove = form.get("prove", "1") == "1"
    ask_solve(state().office, draft_id, account_name(), kind, seconds, prove)


def _back(draft_id: int) -> Response:
    return redirect(url_for("solving.index", draft_id=draft_id))
