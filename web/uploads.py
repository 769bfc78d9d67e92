"""Files that people send: which routes take them, and what was sent."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from scheduler.services.school.starting import File
from web.limits import LONGEST_UPLOAD

View = TypeVar("View", bound=Callable[..., Any])
_TAKES = "cuofeng_takes_files"


def takes_files(view: View) -> View:
    """Declare that a route takes files of whoever is logged in; others send forms."""
    setattr(view, _TAKES, True)
    return view


def make_room() -> None:
    """Let the request be as large as files may be, where its route takes them."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _TAKES, False):
        request.max_content_length = LONGEST_UPLOAD


def sent_files(name: str = "files") -> list[File]:
    """The files of a field, those without a name left out."""
    sent = request.files.getlist(name)
    return [File(x.filename, x.stream.read()) for x in sent if x.filename]
