"""The first page."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from scheduler.services.views.overview import overview
from scheduler.services.views.todo import tasks, today_lines
from web.context import edition, settings, site
from web.security import account_name

PAGES = {
    "agreements": "agreements.index",
    "conflicts": "conflicts.index",
    "dates": "agreements.dates",
    "subscriptions": "subscriptions.index",
}
blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str | Response:
    """What today brings, what is to be done, how good the timetable is."""
    if settings().audit_alone:
        return redirect(url_for("audit.index"))
    shown = edition()
    store, view = site().store, site().dates()
    waiting = () if settings().frozen else tasks(shown, view, store, site().today())
    return render_template(
        "home.html",
        edition=shown,
        overview=overview(shown),
        date=site().today(),
        today=today_lines(shown, view, store),
        tasks=waiting if account_name() or not settings().login_to_view else (),
        pages=PAGES,
    )
