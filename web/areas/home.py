"""The first page."""

from flask import Blueprint, render_template

from scheduler.services.views.overview import overview
from scheduler.services.views.todo import tasks, today_lines
from web.context import edition, settings, state
from web.security import account_name

PAGES = {
    "agreements": "agreements.index",
    "conflicts": "conflicts.index",
    "dates": "agreements.dates",
    "subscriptions": "subscriptions.index",
}
blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """What today brings, what is to be done, how good the timetable is."""
    shown = edition()
    office, view = state().office, state().dates()
    waiting = () if settings().frozen else tasks(shown, view, office, state().today())
    return render_template(
        "home.html",
        edition=shown,
        overview=overview(shown),
        date=state().today(),
        today=today_lines(shown, view, office),
        tasks=waiting if account_name() or not settings().login_to_view else (),
        pages=PAGES,
    )
