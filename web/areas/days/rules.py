"""A school's own rules of absences and covers."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.changes import CannotChange
from scheduler.services.views.days import forms
from scheduler.services.views.days.rules import rule_groups
from web.access import allowed
from web.context import edition, state
from web.security import account_name

blueprint = Blueprint("cover_rules", __name__, url_prefix="/cover-rules")


@blueprint.get("/")
@allowed(Action.CHANGE_DATES)
def index() -> str:
    """All of them, to be changed."""
    return _page()


@blueprint.post("/")
@allowed(Action.CHANGE_DATES)
def keep() -> Response | tuple[str, int]:
    """Keep what was filled in."""
    office, form = state().office, request.form
    try:
        chosen = form.getlist("received_free")
        said = forms.rules_of(form, office.cover_settings(), chosen)
    except CannotChange as error:
        return _page(error.texts), 422
    office.set_cover_settings(said, account_name())
    return redirect(url_for("cover_rules.index", _anchor="kept"))


def _page(refused: tuple[Text, ...] = ()) -> str:
    said = state().office.cover_settings()
    return render_template(
        "days/rules.html",
        edition=edition(),
        said=said,
        groups=rule_groups(said),
        leaves=forms.LEAVE_KINDS,
        countings=forms.COUNTINGS,
        refused=refused,
    )
