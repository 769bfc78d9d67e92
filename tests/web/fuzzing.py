"""Requests nobody would send: odd paths, queries, headers and forms to all routes."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from tests.web.conftest import form_token, log_in
from web.context import EXTENSION

METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PROPFIND")
ODD = (
    *(
        "",
        "0",
        "-1",
        str(2**63),
        "9" * 400,
        "1e999",
        "nan",
        "中文",
        "三(1)班",
        "é",
        "\u202e",
    ),
    *(
        "😀",
        "../../etc/passwd",
        "..%2f",
        "%",
        "%00",
        "%ff",
        "\x00",
        "\x7f",
        "a\r\nb: c",
    ),
    *("'", '"', "<script>", "{{7*7}}", "$(id)", ";", "a" * 900, "a" * 20_000),
    *("//evil.example", "\\evil", "/", "?", "#", " ", "None", "true", "[]", "{}"),
    *("2026-09-08", "0001-01-01", "9999-12-31", "2026-02-30", "am", "rain", "heat"),
    *("A", "T1", "V-F", "S1", "class:A", "teacher:", ":", "class:A:B", "R1#1"),
)
NAMES = (
    *("lang", "who", "prove", "next", "tz", "cancelled", "alarm", "done", "name"),
    *("password", "kind", "resource_id", "person", "date", "half", "weather"),
    *("bad_day", "version", "form_token", "x", "", "名", "leave", "batch", "from"),
)
KNOWN = {"office": "s1", "resource_id": "A", "venue_id": "V-F", "name": "teaching"}
JSON_NAMES = (
    *("seen", "kind", "op", "table", "rows", "cells", "row", "column", "lesson_id"),
    *("lesson", "lessons", "placement", "day", "period", "layout_id", "week", "text"),
    *("step", "name", "value", "class_id", "subject_id", "teacher_id", "files", "at"),
)
KINDS = ("teacher", "class", "venue", "zone", "school", "agreement")
HEADERS = (
    *("Host", "Accept", "Accept-Encoding", "Accept-Language", "Cookie", "Range"),
    *("If-None-Match", "If-Modified-Since", "Content-Type", "Content-Length"),
    *("X-Forwarded-For", "X-Forwarded-Proto", "User-Agent", "Expect", "Referer"),
)
HEADER_VALUES = (
    *("*", "", "W/", '"', "gzip;q=x", "gzip;q=9999", "application/json", "0", "-5"),
    *("[::1", "a:b:c", "host:99999", "cuofeng=x; device=y; lang=zz", "bytes=0-,-"),
    *("Thu, 99 Foo 2026", "multipart/form-data", "multipart/form-data; boundary=x"),
    *(
        "application/x-www-form-urlencoded; charset=utf-7",
        "1.2.3.4, ::g",
        "é",
        "a" * 900,
    ),
)


@dataclass
class Fuzzed:
    """Answers by their status, and the requests that were answered 5xx."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def fuzz(app: Flask, requests: int, seed: int) -> Fuzzed:
    """Send odd requests, a third as the office, and note what they are answered."""
    dice = random.Random(seed)
    office, stranger = app.test_client(), app.test_client()
    log_in(office)
    token = form_token(office.get("/o/s1/subscriptions/"))
    kept = app.extensions[EXTENSION].of("s1").office
    kept.drafts.new("微调", "office", kept.current().timetable, 1)
    pages = sorted(
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
    )
    found = Fuzzed()
    for number, request in enumerate(_requests(dice, pages, token)):
        if number == requests:
            return found
        if number % 50 == 49:
            log_in(office)
            token = form_token(office.get("/o/s1/subscriptions/"))
        client = office if dice.random() < 0.3 else stranger
        status = _status(client, request)
        found.statuses[status] += 1
        if status >= 500:
            found.failures.append(f"{status} {request}")
    raise AssertionError("requests never end")


def _status(client: FlaskClient, request: dict[str, Any]) -> int:
    try:
        answer = client.open(**request)
    except HTTPException as error:
        return error.code or 500
    answer.close()
    return answer.status_code


def _requests(
    dice: random.Random, pages: list[tuple[str, str]], token: str
) -> Iterator[dict[str, Any]]:
    while True:
        path, method = dice.choice(pages)
        if dice.random() < 0.1:
            method = dice.choice(METHODS)
        request: dict[str, Any] = {"path": _path(dice, path), "method": method}
        if dice.random() < 0.7:
            request["query_string"] = _query(dice)
        if dice.random() < 0.4:
            request["headers"] = [
                (dice.choice(HEADERS), dice.choice(HEADER_VALUES)) for _ in range(2)
            ]
        if method in ("POST", "PUT") and dice.random() < 0.3:
            request |= _json(dice, token)
        elif method in ("POST", "PUT"):
            request["data"] = _form(dice, token)
        yield request


def _json(dice: random.Random, token: str) -> dict[str, Any]:
    """A body as scripts of the pages send it, with their token, whole or cut off."""
    body = json.dumps(_value(dice, 4) if dice.random() < 0.2 else _object(dice, 4))
    if dice.random() < 0.1:
        body = body[: len(body) // 2] + dice.choice(("", "\ufeff", "[" * 5_000, "NaN"))
    headers = [
        ("X-Form-Token", token if dice.random() < 0.9 else dice.choice(ODD[:20]))
    ]
    return {
        "data": body.encode("utf-8", "surrogatepass"),
        "content_type": "application/json",
        "headers": [(x, y.replace("\r", "").replace("\n", "")) for x, y in headers],
    }


def _object(dice: random.Random, depth: int) -> dict[str, Any]:
    names = dice.sample(JSON_NAMES, dice.randint(0, 8))
    return {name: _value(dice, depth - 1) for name in names}


def _value(dice: random.Random, depth: int) -> Any:
    kind = dice.randrange(6 if depth > 0 else 4)
    match kind:
        case 0:
            return dice.choice((0, 1, -1, 2**63, 10**30, 1.5, float("inf")))
        case 1:
            return dice.choice((None, True, False))
        case 2 | 3:
            return dice.choice(ODD)
        case 4:
            return [_value(dice, depth - 1) for _ in range(dice.randint(0, 4))]
    return _object(dice, depth)


def _path(dice: random.Random, path: str) -> str:
    while "<" in path:
        before, _, rest = path.partition("<")
        argument, _, rest = rest.partition(">")
        # Half of them lead somewhere, so that what is behind the door is met, too.
        there = dice.random() < 0.5
        path = before + (_known(argument) if there else dice.choice(ODD)) + rest
    if dice.random() < 0.1:
        path += dice.choice(("/", "//", "/../", ".ics", "%2f", "\ufffd"))
    return "/" + path.lstrip("/").replace("?", "%3F")


def _known(argument: str) -> str:
    """What the site of the tests has there."""
    kind, _, name = argument.rpartition(":")
    return "1" if kind == "int" else KNOWN.get(name, "1")


def _query(dice: random.Random) -> str | dict[str, str]:
    if dice.random() < 0.2:
        return dice.choice(
            ("&&&=", "a=%zz", "=%ff", "lang=" + "&lang=" * 200, "?" * 99)
        )
    return {dice.choice(NAMES): dice.choice(ODD) for _ in range(dice.randint(1, 4))}


def _form(dice: random.Random, token: str) -> dict[str, str] | bytes:
    if dice.random() < 0.1:
        return dice.choice((b"\xff\xfe=\x00", b"a" * 70_000, b"a&" * 900, b"--x\r\n"))
    form = {dice.choice(NAMES): dice.choice(ODD) for _ in range(dice.randint(0, 6))}
    if dice.random() < 0.3:
        form |= {"kind": dice.choice(KINDS)}
    return form if dice.random() < 0.2 else form | {"form_token": token}
