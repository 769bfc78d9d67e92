"""Comparisons of scenarios: those there are, and asking for one of drafts."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.jobs.what_if import comparison
from scheduler.services.school.comparing import (
    NO_DRAFT_CHOSEN,
    NothingToCompare,
    ask_comparison,
    comparing_jobs,
    comparisons,
)
from web.access import allowed
from web.context import edition, state
from web.language import language
from web.numbers import whole_number
from web.security import account_name

blueprint = Blueprint("what_if", __name__)


@blueprint.get("/what-if/")
@allowed(Action.SEE_CHECKS)
def index() -> str:
    """All comparisons, newest first, and how far one is that is being computed."""
    return _page()


@blueprint.post("/what-if/ask")
@allowed(Action.RUN_JOBS)
def ask() -> Response | tuple[str, int]:
    """Ask for a comparison of the version in force with drafts."""
    chosen, by = request.form.getlist("draft", type=whole_number), account_name()
    try:
        ask_comparison(state().office, chosen, by, language())
    except NothingToCompare:
        return _page(NO_DRAFT_CHOSEN), 422
    return redirect(url_for("what_if.index"))


def _page(refused: Text | None = None) -> str:
    office = state().office
    return render_template(
        "places/what_if.html",
        edition=edition(),
        comparisons=[(x, comparison(x.cases)) for x in comparisons(office) if x.cases],
        drafts=[x for x in office.drafts.all() if not x.closed_at],
        job=next((x for x in comparing_jobs(office) if not x.ended), None),
        refused=refused,
    )
