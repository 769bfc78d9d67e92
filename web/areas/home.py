"""The first page."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.services.access.permissions import Action
from scheduler.services.views.overview import overview
from scheduler.services.views.todo import tasks, today_lines
from web.access import allowed, may, shows_everything
from web.context import edition, settings, state

PAGES = {
    "agreements": "agreements.index",
    "conflicts": "conflicts.index",
    "dates": "agreements.dates",
    "subscriptions": "subscriptions.index",
}
blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allowed(Action.SEE_CHECKS)
def index() -> str | Response:
    """What today brings, what is to be done, how good the timetable is."""
    if state().office.current() is None and may(Action.SEE_DRAFTS):
        return redirect(url_for("drafts.index"))
    shown = edition()
    office, view = state().office, state().dates()
    waiting = () if settings().frozen else tasks(shown, view, office, state().today())
    return render_template(
        "home.html",
        edition=shown,
        overview=overview(shown),
        date=state().today(),
        today=today_lines(shown, view, office),
        tasks=waiting if may(Action.CHANGE_DATES) or shows_everything() else (),
        pages=PAGES,
    )
