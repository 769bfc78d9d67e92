"""The office of a request: in its address, and in every address made while it lasts."""

from typing import Any

from flask import Flask, abort, current_app, g

from scheduler.services.offices import OfficeUnknown
from web.context import office_key, site

PREFIX = "/o/<office>"
"""Stands before the address of every page of an office."""


def register(app: Flask) -> None:
    """Take offices out of addresses, and put them in."""
    app.url_value_preprocessor(_take)
    app.url_defaults(_give)
    # After the login was asked for: strangers do not learn which offices there are.
    app.before_request(_check)
    app.jinja_env.globals.update(office_key=office_key)


def _take(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "office" in values:
        g.office = values.pop("office")


def _give(endpoint: str, values: dict[str, Any]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "office"):
        values.setdefault("office", office_key())


def _check() -> None:
    """Answer 404 for an office that is not there; the page for it has none, too."""
    if (asked := g.get("office")) is None:
        return
    try:
        site().of(asked)
    except OfficeUnknown:
        g.office = None
        abort(404)
