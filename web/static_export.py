"""The read-only pages as files that open without a server."""

import re
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from urllib.parse import parse_qs, quote, unquote, urlsplit

from flask import Flask, g

from scheduler.services.views.site import OfficeState, SiteState
from scheduler.services.views.weeks.grids import all_choices
from web.app import create_app
from web.context import SiteSettings
from web.filters import week_address
from web.language import LANGUAGES

INDEX = "index.html"
LISTS = (
    *("/", "/classes/", "/teachers/", "/venues/"),
    *("/print/classes", "/print/teachers", "/print/venues"),
    *(
        "/conflicts/",
        "/load/",
        "/norms/",
        "/hours/",
        "/activity-time/",
        "/rain/",
        "/agreements/",
        "/dates/",
        "/what-if/",
    ),
)
STATIC = Path(__file__).parent / "static"
# Addresses in the pages' own templates; text cannot look like one, for it is escaped.
_ADDRESS = re.compile(r'(?<= )(href|src)="(/[^"]*)"')
_SAFE = re.compile(r"[\w-]+")
_LONGEST = 60


def export_html(state: SiteState, directory: Path) -> tuple[Path, ...]:
    """Write every read-only page of a site's office in both languages.

    Chinese stands at the top. All pages are rendered before the first file is touched.

    Raises:
        ValueError: the site has several offices, or none.
        OSError: the directory cannot be written.
    """
    only = state.only()
    if only is None:
        raise ValueError("pages are written of one office")
    only.office.bad_days.plan()  # Pages only show a plan that is there.
    app = create_app(state, SiteSettings(frozen=True))
    addresses = _addresses(app, only)
    names = _file_names(addresses)
    client = app.test_client(use_cookies=False)
    files: dict[str, bytes] = {}
    for (address, code), name in names.items():
        answer = client.get(quote(address), query_string={"lang": code})
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        files[name] = _with_relative_links(answer.text, name, code, names).encode()
    # Folders hold what pages that work need; these only read.
    for path in sorted(x for x in STATIC.iterdir() if x.is_file()):
        files[f"static/{path.name}"] = path.read_bytes()
    return tuple(_write(directory, name, body) for name, body in files.items())


def _addresses(app: Flask, state: OfficeState) -> tuple[str, ...]:
    problem, root = state.edition().problem, f"/o/{state.office.key}"
    with app.test_request_context():
        g.office = state.office.key
        weeks = [
            week_address(choice.kind, choice.resource_id)
            for group in all_choices(problem)
            for choice in group.choices
        ]
        schools = [
            app.url_for("weeks.school_week", resource_id=s.school_id)
            for s in problem.schools
        ]
    return (*(f"{root}{page}" for page in LISTS), *schools, *weeks)


def _file_names(addresses: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """A file for every address and language.

    Ids that make no good file name are replaced by a number; no two names differ
    only by case, which is one file on Windows.
    """
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for number, address in enumerate(addresses):
        folder, _, last = _in_office(unquote(address)).strip("/").partition("/")
        stem = last if _SAFE.fullmatch(last) and len(last) <= _LONGEST else f"_{number}"
        page = f"{stem}.html" if last else INDEX
        name = str(PurePosixPath(folder) / page)
        if name.casefold() in taken:
            name = str(PurePosixPath(folder) / f"_{number}.html")
        taken.add(name.casefold())
        for code in LANGUAGES:
            # Unquoted, for what is quoted in an address is up to whoever writes it.
            asked = unquote(address)
            names[asked, code] = name if code == "zh" else f"{code}/{name}"
    return names


def _in_office(address: str) -> str:
    """What follows the office in an address."""
    return address.split("/", 3)[3]


def _with_relative_links(
    page: str, name: str, code: str, names: dict[tuple[str, str], str]
) -> str:
    first_school = next(x for x, _ in names if _in_office(x).startswith("school/"))

    def relative(match: re.Match[str]) -> str:
        parts = urlsplit(unescape(match[2]))
        asked = parse_qs(parts.query).get("lang", [code])[0]
        path = parts.path
        if path.startswith("/static/"):
            target = path.strip("/")
        else:
            if _in_office(path) == "school/":
                path = first_school
            target = names[unquote(path), asked]
        address = quote(relpath(target, str(PurePosixPath(name).parent)))
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        return f'{match[1]}="{address}{anchor}"'

    return _ADDRESS.sub(relative, page)


def _write(directory: Path, name: str, body: bytes) -> Path:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path
