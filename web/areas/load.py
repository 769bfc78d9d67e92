"""How full the venues are."""

from flask import Blueprint, render_template, request

from scheduler.services.views.load import load_page
from web.context import edition, settings, site

blueprint = Blueprint("load", __name__)


@blueprint.get("/load/")
def index() -> str:
    """Heat maps of all venues, PE places first; proofs where asked for."""
    shown = edition()
    page = load_page(shown, "prove" in request.args)
    used = {} if settings().frozen else site().store.usage.by_venue()
    return render_template("load.html", edition=shown, page=page, used=used)
