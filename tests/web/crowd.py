"""Many people at once over HTTP: some read pages, some edit one draft."""

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PASSWORD = "correct horse"
ANSWER_SECONDS = 60
_TOKENS = {
    kind: re.compile(pattern)
    for kind, pattern in (
        ("form", r'name="form_token" value="([^"]+)"'),
        ("script", r'data-token="([^"]+)"'),
    )
}


@dataclass
class Told:
    """What all have lived through; ``steps`` are those that were answered as done."""

    reads: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)
    collisions: int = 0


@dataclass(frozen=True, slots=True)
class Crowd:
    """Where they go, how long, and how long each thinks between requests, in seconds.

    ``pages`` are read without a login; ``editors`` are names of accounts.
    """

    port: int
    pages: tuple[str, ...]
    readers: int
    edit: str
    editors: tuple[str, ...]
    seconds: float
    think: float

    def live(self) -> Told:
        """Let all of them work at once until the time is over."""
        told = Told()
        until = time.monotonic() + self.seconds
        work: list[Callable[[], None]] = [
            lambda seed=seed: self._read(told, until, seed)
            for seed in range(self.readers)
        ]
        work += [
            lambda number=number: self._edit(told, until, number)
            for number in range(len(self.editors))
        ]
        threads = [
            threading.Thread(target=_told_if_it_fails, args=(told, x)) for x in work
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return told

    def _read(self, told: Told, until: float, seed: int) -> None:
        rng = random.Random(seed)
        with _Browser(self.port, told) as browser:
            while self._thinks(rng, until):
                browser.ask("GET", rng.choice(self.pages), told.reads)

    def _edit(self, told: Told, until: float, number: int) -> None:
        name, rng = self.editors[number], random.Random(-1 - number)
        with _Browser(self.port, told) as browser:
            browser.log_in(name)
            page = browser.ask("GET", self.edit, []).decode()
            browser.token = _TOKENS["script"].findall(page)[0]
            draft = json.loads(browser.ask("GET", f"{self.edit}draft.json", told.edits))
            homes = {x: place for x, place in draft["placed"].items() if place}
            placed, seen, ids = dict(homes), draft["seen"], sorted(homes)
            own = ids[1 + number :: len(self.editors)]
            while self._thinks(rng, until):
                # One in five takes up the lesson that all others do, too.
                lesson = ids[0] if rng.random() < 0.2 else rng.choice(own)
                picked = urlencode({"lesson": lesson})
                browser.ask("GET", f"{self.edit}lesson.json?{picked}", told.edits)
                where = None if placed[lesson] else homes[lesson]
                sent = {"kind": "move", "seen": seen, "moves": {lesson: where}}
                answer = browser.ask("POST", f"{self.edit}steps.json", told.edits, sent)
                after = json.loads(answer)
                if "refused" in after:
                    told.collisions += 1
                else:
                    told.steps[name] = told.steps.get(name, 0) + 1
                seen = after["seen"]
                for step in after["steps"]:
                    placed |= step["changes"]["placed"]

    def _thinks(self, rng: random.Random, until: float) -> bool:
        """Wait as long as people do; whether there is time left."""
        time.sleep(
            min(max(0.0, until - time.monotonic()), 2 * self.think * rng.random())
        )
        return time.monotonic() < until


class _Browser:
    """One connection that is kept, with its cookies."""

    def __init__(self, port: int, told: Told) -> None:
        self._link = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=ANSWER_SECONDS
        )
        self._told = told
        self._cookies: dict[str, str] = {}
        self.token = ""

    def __enter__(self) -> "_Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def log_in(self, name: str) -> None:
        """Become an account."""
        page = self.ask("GET", "/login", []).decode()
        token = _TOKENS["form"].findall(page)[0]
        sent = {"form_token": token, "name": name, "password": PASSWORD}
        self.ask("POST", "/login", [], urlencode(sent))

    def ask(
        self,
        method: str,
        path: str,
        times: list[float],
        sent: dict[str, Any] | str | None = None,
    ) -> bytes:
        """The answer; how long it took is noted, and what is no answer."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if isinstance(sent, str):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif sent is not None:
            headers |= {
                "Content-Type": "application/json",
                "Accept": "application/json",
                "X-Form-Token": self.token,
            }
            sent = json.dumps(sent)
        began = time.monotonic()
        self._link.request(method, path, sent, headers)
        answer = self._link.getresponse()
        body = answer.read()
        times.append(time.monotonic() - began)
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {k: v.value for k, v in SimpleCookie(line).items()}
        if answer.status not in _GOOD[method]:
            self._told.errors.append(f"{method} {path} {answer.status}")
        return body


# A login leads on; a step that somebody else was faster with is refused.
_GOOD = {
    "GET": (HTTPStatus.OK,),
    "POST": (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.CONFLICT),
}


def _told_if_it_fails(told: Told, work: Callable[[], None]) -> None:
    """Note what ends somebody's work; a thread would end with it unheard."""
    try:
        work()
    except (OSError, http.client.HTTPException, LookupError, ValueError) as error:
        told.errors.append(f"{type(error).__name__}: {error}")
