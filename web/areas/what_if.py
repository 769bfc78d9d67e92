"""Comparisons of scenarios that are kept in the database."""

from flask import Blueprint, render_template

from scheduler.services.jobs.what_if import comparison
from web.context import edition, state

blueprint = Blueprint("what_if", __name__)


@blueprint.get("/what-if/")
def index() -> str:
    """All comparisons, newest first."""
    shown = [
        (kept, comparison(kept.cases)) for kept in state().office.comparisons.all()
    ]
    return render_template("places/what_if.html", edition=edition(), comparisons=shown)
