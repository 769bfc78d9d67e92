"""How full the venues are."""

from flask import Blueprint, render_template, request

from scheduler.services.views.load_page import load_page
from web.context import edition, settings, site

blueprint = Blueprint("load", __name__)


@blueprint.get("/load/")
def index() -> str:
    """Heat maps of all venues, PE places first; proofs where asked for."""
    shown = edition()
    usage = None if settings().frozen else site().store.usage
    log = usage.check_ins() if usage else None
    diversions = site().store.bad_days.diversions()
    page = load_page(shown, "prove" in request.args, log, diversions)
    used = usage.by_venue() if usage else {}
    return render_template("load.html", edition=shown, page=page, used=used)
