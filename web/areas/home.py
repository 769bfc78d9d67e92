"""The first page."""

from flask import Blueprint, render_template

from scheduler.services.views.overview import overview
from web.context import edition

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """What is shown, how good it is, what needs attention."""
    shown = edition()
    return render_template("home.html", edition=shown, overview=overview(shown))
