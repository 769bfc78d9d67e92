"""A teacher's own lessons on a phone: what comes next, what has changed, two weeks."""

from flask import Blueprint, abort, render_template

from scheduler.services.access.permissions import Action
from scheduler.services.views.invited import invited
from scheduler.services.views.subscriptions import FeedKind
from web.access import allowed
from web.context import edition, office_key, state
from web.invitation import invitation_of
from web.security import account, account_name

blueprint = Blueprint("mine", __name__, url_prefix="/mine")


@blueprint.get("/")
@allowed(Action.ASK_LEAVE)
def index() -> str:
    """The next lesson with its place, changes first, then day by day."""
    shown, me = edition(), own_teacher()
    feeds = state().office.feeds
    found = invited(feeds.preview_of((FeedKind.TEACHER, me))) if me else None
    return render_template("links/mine.html", edition=shown, invited=found, me=me)


@blueprint.post("/link")
@allowed(Action.ASK_LEAVE)
def link() -> str:
    """Make a link to the own calendar; the one made here before dies."""
    shown, me, name = edition(), own_teacher(), account_name()
    if me is None:
        abort(404)
    office, kind = state().office, FeedKind.TEACHER
    token = office.link_table.create(kind, me, name, name, Action.ASK_LEAVE)
    return render_template(
        "links/created.html",
        edition=shown,
        invited=invited(office.feeds.preview(token)),
        invitation=invitation_of(token),
        person=name,
    )


def own_teacher() -> str | None:
    """The teacher whom the account is of, where the timetable has one."""
    person, key = account(), office_key()
    found = person.memberships.get(key or "") if person else None
    known = found is not None and found.resource_id in edition().problem.teacher
    return found.resource_id if found is not None and known else None
