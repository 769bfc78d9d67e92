"""Pages of a draft's data; the rows come when their scripts ask."""

import io

from flask import Blueprint, Response, abort, render_template, send_file

from scheduler.services.access.permissions import Action
from scheduler.services.views.data.sheets import overview
from scheduler.services.views.data.titles import (
    matrix_title,
    sheet_groups,
    sheet_title,
)
from scheduler.services.views.data.workbook import workbook_of
from web.access import allowed, may
from web.context import state
from web.language import language

blueprint = Blueprint("data", __name__, url_prefix="/drafts/<int:draft_id>/data")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index(draft_id: int) -> str:
    """All tables, what is wrong with them, what is not in force."""
    told = state().office.drafts.look(draft_id, lambda x: overview(x, language()))
    return page("index", draft_id, told=told)


@blueprint.get("/tables/<name>")
@allowed(Action.SEE_DRAFTS)
def table(draft_id: int, name: str) -> str:
    """A table as a sheet."""
    sheet = sheet_title(name)
    if sheet is None:
        abort(404)
    return page("table", draft_id, sheet=sheet)


@blueprint.get("/teaching")
@allowed(Action.SEE_DRAFTS)
def teaching(draft_id: int) -> str:
    """Who teaches what in which class."""
    return page("matrix", draft_id, sheet=matrix_title("teaching"))


@blueprint.get("/hours")
@allowed(Action.SEE_DRAFTS)
def hours(draft_id: int) -> str:
    """How many lessons a week each grade and class has."""
    return page("matrix", draft_id, sheet=matrix_title("hours"))


@blueprint.get("/bells")
@allowed(Action.SEE_DRAFTS)
def bells(draft_id: int) -> str:
    """The bells, each drawn as a day."""
    return page("bells", draft_id)


@blueprint.get("/zones")
@allowed(Action.SEE_DRAFTS)
def zones(draft_id: int) -> str:
    """The zones of a venue and which layouts use them."""
    return page("zones", draft_id)


@blueprint.get("/agreements")
@allowed(Action.SEE_DRAFTS)
def agreements(draft_id: int) -> str:
    """Agreements as forms, and the dates they open."""
    return page("agreements", draft_id)


@blueprint.get("/import")
@allowed(Action.EDIT_DRAFTS)
def imports(draft_id: int) -> str:
    """Files of others, looked at before they change anything."""
    return page("imports", draft_id)


@blueprint.get("/workbook.xlsx")
@allowed(Action.SEE_DRAFTS)
def workbook(draft_id: int) -> Response:
    """All tables as one workbook, what is not in force included."""
    drafts = state().office.drafts
    content = drafts.look(draft_id, lambda x: workbook_of(x, language()))
    name = f"draft-{draft_id}.xlsx"
    return send_file(io.BytesIO(content), as_attachment=True, download_name=name)


def page(name: str, draft_id: int, **more: object) -> str:
    """A page below the data of a draft."""
    draft = state().office.drafts.get(draft_id)
    return render_template(
        f"data/{name}.html",
        draft=draft,
        may_edit=draft.closed_at is None and may(Action.EDIT_DRAFTS),
        groups=sheet_groups(),
        **more,
    )
