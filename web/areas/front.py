"""The way in: the only office, or a list of all."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web.context import NoTimetable, settings, site

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def index() -> str | Response:
    """The pages of the only office, or a list; an audit where there is no more."""
    if settings().audit_alone:
        return redirect(url_for("audit.index"))
    offices = site().offices()
    if not offices:
        raise NoTimetable
    if len(offices) == 1:
        return redirect(url_for("home.index", office=offices[0].key))
    return render_template("offices.html", offices=offices)
