"""Chinese or English: asked for by ``?lang=``, kept in a cookie."""

from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request

from scheduler.model.text import Text
from web.context import is_secure, settings

LANGUAGES = {"zh": "中文", "en": "English"}
CHINESE_TAG = "zh-CN"
COOKIE = "lang"
A_YEAR = 365 * 24 * 3600


def language() -> str:
    """Language of the page: ``zh`` or ``en``."""
    if "language" not in g:
        asked = (
            request.args.get("lang"),
            request.cookies.get(settings().reach.cookie(COOKIE)),
        )
        g.language = next((x for x in asked if x in LANGUAGES), "zh")
    return str(g.language)


def say(text: Text) -> str:
    """A sentence in the language of the page."""
    return text.in_language(language())


def translate(zh: str, en: str) -> str:
    """A phrase in the language of the page."""
    return zh if language() == "zh" else en


def address_in(other: str) -> str:
    """The same page in another language."""
    arguments = request.args.to_dict(flat=False) | {"lang": [other]}
    # A page that answers a form cannot be asked for again.
    asked = request.path if request.method in ("GET", "HEAD") else "/"
    path = quote(request.script_root + asked)
    return f"{path}?{urlencode(arguments, doseq=True)}"


def register(app: Flask) -> None:
    """Give templates the language, and remember it when it was chosen."""
    app.jinja_env.globals.update(
        t=translate,
        say=say,
        language=language,
        address_in=address_in,
        LANGUAGES=LANGUAGES,
    )
    app.jinja_env.globals["language_tag"] = lambda: translate(CHINESE_TAG, "en")
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    if request.args.get("lang") in LANGUAGES and request.endpoint != "feeds.calendar":
        response.set_cookie(
            settings().reach.cookie(COOKIE),
            language(),
            max_age=A_YEAR,
            path=settings().reach.path or "/",
            secure=is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
