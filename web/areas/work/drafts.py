"""The drafts of an office: all there are, a new one, giving one up."""

from contextlib import suppress

from flask import (
    Blueprint,
    abort,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from scheduler.model.errors import InputError, sentences
from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.school.drafts.refusals import DraftClosed
from scheduler.services.school.starting import draft_of, draft_of_version
from scheduler.services.views.work.difference import TITLES
from scheduler.services.views.work.drafts import draft_rows
from scheduler.services.views.work.side_by_side import MOST, side_by_side
from web.access import allowed
from web.areas.work.starting import asked_start, form_values
from web.context import state
from web.language import language, say
from web.navigation import draft_pages
from web.numbers import whole_number
from web.security import account_name
from web.uploads import takes_files

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")
CHOSEN = "drafts"
"""The draft of each office that was worked on last, in the session."""
NOTHING_IN_FORCE = Text(
    "还没有发布过课表，不能从现行课表开始。",
    "Nothing has been published yet that a draft could begin with.",
)
_NEW = Text("新课表", "New timetable")


@blueprint.get("/")
@allowed(Action.SEE_DRAFTS)
def index() -> str:
    """All drafts, open ones first."""
    return _page()


@blueprint.post("/new")
@allowed(Action.EDIT_DRAFTS)
@takes_files
def new() -> Response | str | tuple[str, int]:
    """Begin a draft with the version in force, an example school, files or nothing."""
    office, who = state().office, account_name()
    name = request.form.get("name", "").strip()
    try:
        start = asked_start()
    except InputError as error:
        return _page(*sentences(error.errors, language())), 422
    if start is not None:
        draft = draft_of(office, start, name or start.name, who)
        return render_template(
            "work/begun.html", start=start, draft=draft, office=office.key
        )
    made = draft_of_version(office, name or say(_NEW), who)
    if made is None:
        return _page(say(NOTHING_IN_FORCE)), 422
    return redirect(url_for("drafts.index", _anchor=f"draft-{made.draft_id}"))


@blueprint.post("/<int:draft_id>/discard")
@allowed(Action.EDIT_DRAFTS)
def discard(draft_id: int) -> Response:
    """Give a draft up; it stays in the list."""
    # Closed already: somebody else was faster, and it is as asked for.
    with suppress(DraftClosed):
        state().office.draft_jobs.discard(draft_id, account_name())
    return redirect(url_for("drafts.index"))


@blueprint.get("/compare")
@allowed(Action.SEE_DRAFTS)
def compare() -> str:
    """Drafts and the version in force side by side, by rule and by whom."""
    office = state().office
    chosen = request.args.getlist("draft", type=whole_number)
    drafts = [x for x in office.drafts.all() if x.closed_at is None]
    return render_template(
        "work/compare.html",
        chosen=chosen,
        drafts=drafts,
        current=office.current(),
        found=side_by_side(office, chosen),
        kinds=TITLES,
        most=MOST,
    )


@blueprint.get("/current/<page>")
@allowed(Action.SEE_DRAFTS)
def current(page: str) -> Response:
    """The way to a page of the draft that was worked on last, or to the list."""
    if page not in {area.endpoint for area in draft_pages()}:
        abort(404)
    office = state().office
    opened = [x.draft_id for x in office.drafts.all() if x.closed_at is None]
    last = session.get(CHOSEN, {}).get(office.key)
    if last in opened or len(opened) == 1:
        found = last if last in opened else opened[0]
        return redirect(url_for(page, draft_id=found))
    return redirect(url_for("drafts.index"))


@blueprint.after_app_request
def _remember(response: Response) -> Response:
    """Keep in mind which draft was worked on, for links from elsewhere."""
    if "draft_id" in g and "office" in g and response.status_code == 200:
        kept = session.get(CHOSEN, {})
        if kept.get(g.office) != g.draft_id:
            session[CHOSEN] = kept | {g.office: g.draft_id}
    return response


def _page(*refused: str) -> str:
    rows = draft_rows(state().office)
    return render_template(
        "work/drafts.html",
        opened=[row for row in rows if row.draft.closed_at is None],
        closed=[row for row in rows if row.draft.closed_at is not None],
        current=state().office.current(),
        zone=state().zone(),
        refused=refused,
        **form_values(),
    )
