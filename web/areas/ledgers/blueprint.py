"""The blueprint of ledgers, and what all its pages read."""

import datetime as dt

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from scheduler.services.school.ledgers import Books, books_of
from web.context import NoTimetable, state

blueprint = Blueprint("ledgers", __name__, url_prefix="/ledgers")


def books() -> Books:
    """The books of the office, read once in a request.

    Raises:
        NoTimetable: nothing has been published yet.
    """
    if "books" not in g:
        g.books = books_of(state().office)
    if g.books is None:
        raise NoTimetable
    found: Books = g.books
    return found


def date_asked(name: str) -> dt.date | None:
    """A date of the address or form; None where it is none."""
    try:
        return dt.date.fromisoformat(request.values.get(name, "").strip())
    except ValueError:
        return None


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to be kept."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
