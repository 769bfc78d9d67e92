"""How full the venues are."""

import threading

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from scheduler.services.views.places.load_page import capacity_checks, load_page
from web.context import edition, settings, state
from web.security import require_account

blueprint = Blueprint("load", __name__)


# Held while peaks are proven.
PROVING = threading.Lock()


@blueprint.get("/load/")
def index() -> str | Response:
    """Heat maps of all venues, PE places first; proofs for accounts that ask."""
    if "prove" not in request.args:
        return _page(prove=False)
    if (elsewhere := require_account()) is not None:
        return elsewhere
    # A proof takes seconds of a processor: one at a time.
    if not PROVING.acquire(blocking=False):
        abort(409)
    try:
        return _page(prove=True)
    finally:
        PROVING.release()


def _page(prove: bool) -> str:
    shown = edition()
    usage = None if settings().frozen else state().office.usage
    log = usage.check_ins() if usage else None
    page = load_page(shown, state().office.entries(), log, prove)
    used = usage.by_venue() if usage else {}
    return render_template("checks/load.html", edition=shown, page=page, used=used)


@blueprint.get("/norms/")
def norms() -> str:
    """Norms of places and people, and what is missing."""
    shown = edition()
    checks = capacity_checks(shown.problem)
    return render_template("checks/norms.html", edition=shown, checks=checks)
