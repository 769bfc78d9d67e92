"""A calendar link in all the forms in which people pass it on."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

from web.context import absolute

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Invitation:
    """Addresses of one feed.

    ``page`` explains how to subscribe and is what the QR code holds: phones scan it
    with WeChat, which can open a page but no calendar. ``week`` is the timetable for
    those who cannot subscribe. ``local`` says that no other device reaches them.
    """

    page: str
    https: str
    webcal: str
    week: str
    qr: Markup
    local: bool


def invitation_of(token: str, wishes: Mapping[str, str] = NONE) -> Invitation:
    """All forms of a token's link; ``wishes`` are parameters of the feed."""
    https = absolute("feeds.calendar", token=token, **wishes)
    page = absolute("feeds.invitation", token=token)
    parts = urlsplit(https)
    # webcal: and not webcals:, which phones do not know; they try https themselves.
    webcal = parts._replace(scheme="webcal").geturl()
    week = absolute("feeds.week", token=token)
    local = (parts.hostname or "") in ("localhost", "127.0.0.1", "::1")
    return Invitation(page, https, webcal, week, qr_code(page), local)


def qr_code(text: str) -> Markup:
    """An address as a QR code, drawn as SVG."""
    drawing = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(
        drawing, kind="svg", border=4, xmldecl=False, svgclass="qr", omitsize=True
    )
    # Safe: drawn by segno from our own address; the text itself is not in it.
    return Markup(drawing.getvalue().decode())
