"""The log of deeds: filtered on the page, and as files."""

import datetime as dt

from flask import Blueprint, Response, render_template, request

from scheduler.services.access.deeds import ACT_NAMES, Act
from scheduler.services.access.permissions import Action
from scheduler.services.views.people.log import (
    Log,
    LogWish,
    about_text,
    log_csv,
    log_of,
    log_workbook,
)
from web.access import allowed
from web.context import state

blueprint = Blueprint("log", __name__, url_prefix="/log")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_USUAL_ZONE = "Asia/Shanghai"


@blueprint.get("/")
@allowed(Action.READ_LOG)
def index() -> str:
    """Who did what, the newest first."""
    return render_template(
        "people/log.html",
        log=_log(),
        about=about_text,
        zone=_zone(),
        acts=ACT_NAMES,
        wish=_wish(),
        query={k: v for k, v in request.args.items() if k != "lang" and v},
    )


@blueprint.get("/log.csv")
@allowed(Action.READ_LOG)
def as_csv() -> Response:
    """The lines asked for, for programs."""
    text = "\ufeff" + log_csv(_log().lines)
    return _file(text.encode(errors="replace"), "text/csv; charset=utf-8", "csv")


@blueprint.get("/log.xlsx")
@allowed(Action.READ_LOG)
def as_workbook() -> Response:
    """The lines asked for, for people."""
    return _file(log_workbook(_log().lines, _zone()), _XLSX, "xlsx")


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = f"attachment; filename=log-{state().office.key}.{ending}"
    return Response(content, content_type=kind, headers={"Content-Disposition": name})


def _log() -> Log:
    return log_of(state().office.deeds(), _wish(), _zone())


def _wish() -> LogWish:
    asked = request.args
    act = asked.get("act", "")
    return LogWish(
        asked.get("who", ""),
        Act(act) if act in list(Act) else None,
        _date(asked.get("first", "")),
        _date(asked.get("last", "")),
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _zone() -> str:
    current = state().office.current()
    return current.problem.term.timezone if current else _USUAL_ZONE
