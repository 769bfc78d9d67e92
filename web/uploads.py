"""Files that people send: which routes take them, and what was sent."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from scheduler.services.school.starting import File
from web.limits import LONGEST_BODY, LONGEST_UPLOAD

View = TypeVar("View", bound=Callable[..., Any])
_MOST = "cuofeng_most_bytes"


def takes(most: int) -> Callable[[View], View]:
    """Declare that a route takes longer bodies than a form of whoever is logged in."""

    def declare(view: View) -> View:
        setattr(view, _MOST, most)
        return view

    return declare


def takes_files(view: View) -> View:
    """Declare that a route takes files of whoever is logged in; others send forms."""
    return takes(LONGEST_UPLOAD)(view)


def takes_more() -> bool:
    """Whether the request's route takes longer bodies than a form."""
    view = current_app.view_functions.get(request.endpoint or "")
    return hasattr(view, _MOST)


def make_room() -> None:
    """Let the request be as large as its route takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, _MOST, LONGEST_BODY)


def sent_files(name: str = "files") -> list[File]:
    """The files of a field, those without a name left out."""
    sent = request.files.getlist(name)
    return [File(x.filename, x.stream.read()) for x in sent if x.filename]
