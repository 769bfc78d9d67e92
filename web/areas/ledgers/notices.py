"""The change sheet of a day, its release, and what has changed for one person."""

import datetime as dt

from flask import Response as Answer
from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from scheduler.model.text import Text
from scheduler.services.access.permissions import Action
from scheduler.services.notices.changed import KINDS, changed_since
from scheduler.services.notices.releasing import (
    CannotRelease,
    day_of,
    release,
    robot_of,
)
from scheduler.services.views.ledgers.notices import picture_of, sheet_of
from web.access import allowed
from web.areas.ledgers.blueprint import (
    EXCEL,
    blueprint,
    books,
    date_asked,
    download,
)
from web.context import edition, state
from web.security import account_name


@blueprint.get("/notices/")
@allowed(Action.SEE_CHANGES)
def notices() -> str:
    """The change sheet of a date, today by default."""
    return _page()


@blueprint.post("/notices/release")
@allowed(Action.CHANGE_DATES)
def release_day() -> Response | tuple[str, int]:
    """Tell what no release of the date has told."""
    date = _date()
    try:
        release(state().office, date, account_name())
    except CannotRelease as error:
        return _page(error.text), 422
    return redirect(url_for("ledgers.notices", date=date.isoformat()))


@blueprint.get("/notices/sheet.svg")
@allowed(Action.SEE_CHANGES)
def picture() -> Answer:
    """The sheet as a picture for a chat group."""
    day = day_of(state().office, _date())
    content = picture_of(edition().schools[0].name, day)
    return Answer(content, content_type="image/svg+xml; charset=utf-8")


@blueprint.get("/notices/sheet.xlsx")
@allowed(Action.SEE_CHANGES)
def sheet() -> Response:
    """The sheet as a workbook."""
    day = day_of(state().office, _date())
    content = sheet_of(edition().schools[0].name, day)
    return download(content, f"changes-{day.date}.xlsx", EXCEL)


@blueprint.get("/changes/")
@allowed(Action.SEE_CHANGES)
def changes() -> str:
    """What has changed for a teacher, class or place since a date."""
    problem = books().problem
    kind = request.args.get("kind", "teacher")
    if kind not in KINDS:
        abort(404)
    who = request.args.get("id", "")
    since = date_asked("since") or books().today - dt.timedelta(7)
    found = changed_since(state().office, kind, who, since) if who else ()
    return render_template(
        "ledgers/changes.html",
        edition=edition(),
        problem=problem,
        kinds=KINDS,
        kind=kind,
        who=who,
        since=since,
        found=found,
    )


def _date() -> dt.date:
    return date_asked("date") or books().today


def _page(refused: Text | None = None) -> str:
    day = day_of(state().office, _date())
    return render_template(
        "ledgers/notices.html",
        edition=edition(),
        day=day,
        refused=refused,
        robot=robot_of(state().office),
        before=day.date - dt.timedelta(1),
        after=day.date + dt.timedelta(1),
    )
