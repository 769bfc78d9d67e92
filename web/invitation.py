"""A calendar link in all the forms in which people pass it on."""

import io
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from flask import request
from markupsafe import Markup

from web.context import absolute


@dataclass(frozen=True, slots=True)
class Invitation:
    """Addresses of one feed.

    ``page`` explains how to subscribe and is what the QR code holds: phones scan it
    with WeChat, which can open a page but no calendar.
    """

    page: str
    https: str
    webcal: str
    qr: Markup

    def with_option(self, name: str, value: str) -> str:
        """The feed's address with a wish in it."""
        return f"{self.https}?{name}={value}"


def invitation_of(token: str) -> Invitation:
    """All forms of a token's link."""
    https = absolute("feeds.calendar", token=token)
    page = absolute("feeds.invitation", token=token)
    # webcal: and not webcals:, which phones do not know; they try https themselves.
    webcal = urlsplit(https)._replace(scheme="webcal").geturl()
    return Invitation(page, https, webcal, qr_code(page))


def in_wechat() -> bool:
    """Whether the page is read in WeChat's own browser."""
    return "micromessenger" in request.user_agent.string.lower()


def qr_code(text: str) -> Markup:
    """An address as a QR code, drawn as SVG."""
    drawing = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(
        drawing, kind="svg", border=4, xmldecl=False, svgclass="qr", omitsize=True
    )
    # Safe: drawn by segno from our own address; the text itself is not in it.
    return Markup(drawing.getvalue().decode())
