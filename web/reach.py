"""Reaching the site: who asks behind a proxy, for which host, below which path."""

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from werkzeug.sansio.utils import host_is_trusted

from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
_LONGEST_LABEL = 63  # characters between the dots of a host (RFC 1035, 2.3.4)
_WRONG_HOST = "这里没有这个网站 · there is no such site here\n".encode()


@dataclass(frozen=True, slots=True)
class Reach:
    """How people come to the site.

    Only the hosts of ``hosts`` are answered, all where it is empty. What the
    machines of ``proxies`` say about a request (for whom, by which scheme) is
    believed, and nobody else's word. ``public_url`` is the address people use: its
    host, scheme and path stand for those of every request.
    """

    hosts: tuple[str, ...] = ()
    proxies: tuple[Network, ...] = ()
    public_url: str = ""

    @property
    def path(self) -> str:
        """Path of the public address, without a slash at its end."""
        return unquote(urlsplit(self.public_url).path).rstrip("/")

    def cookie(self, name: str) -> str:
        """Name of a cookie, by which browsers hold its sender to what it says.

        One called ``__Host-`` is taken by https alone, from the host itself and for all
        of it; below a path, which may be shared with others, ``__Secure-`` is left.
        """
        if not self.public_url.startswith("https:"):
            return name
        return f"__Secure-{name}" if self.path else f"__Host-{name}"


class Gate:
    """A WSGI application that puts right what a request says of its origin."""

    def __init__(self, app: WsgiApp, reach: Reach) -> None:
        self._app = app
        self._reach = reach
        self._path = reach.path
        self._public = urlsplit(reach.public_url)

    def __call__(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer 400 under a foreign host, else pass the request on."""
        peer = environ.get("REMOTE_ADDR") or ""
        if _is_within(peer, self._reach.proxies):
            _believe(environ, peer, self._reach.proxies)
        if self._public.netloc:
            self._move(environ)
        if not environ.get("HTTP_HOST"):
            # As in HTTP/1.0: the server's own name stands for it.
            environ.pop("HTTP_HOST", None)
        if not _is_wanted(environ.get("HTTP_HOST"), self._reach.hosts):
            headers = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(_WRONG_HOST))),
            ]
            start_response("400 Bad Request", headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [_WRONG_HOST]
        return self._app(environ, start_response)

    def _move(self, environ: Environ) -> None:
        """Put the request where people see it, whether or not a proxy cut the path."""
        environ["HTTP_HOST"] = self._public.netloc
        environ["wsgi.url_scheme"] = self._public.scheme
        environ["SCRIPT_NAME"] = self._path.encode().decode("latin-1")
        prefix, asked = f"{environ['SCRIPT_NAME']}/", environ.get("PATH_INFO", "")
        if self._path and f"{asked}/".startswith(prefix):
            environ["PATH_INFO"] = asked[len(prefix) - 1 :] or "/"


def parse_networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks, with commas between them.

    Raises:
        ValueError: one of them is neither.
    """
    parts = (part.strip() for part in text.replace("，", ",").split(","))
    return tuple(ipaddress.ip_network(part, strict=False) for part in parts if part)


def check_public_url(url: str, taken: Iterable[str] = ()) -> None:
    """Refuse a public address that could not work.

    Parameters:
        taken: First parts of the site's own paths, which a proxy that hands the whole
            path on would make ambiguous.

    Raises:
        InputError: in one sentence.
    """
    wrong = _fault_of(url, frozenset(taken)) if url else None
    if wrong is not None:
        advice = Text(
            "例如 https://kb.school.example 或 https://school.example/kebiao。",
            "Maybe https://kb.school.example or https://school.example/timetable?",
        )
        raise InputError([DataError("--public-url", wrong, advice, value=url)])


def _fault_of(url: str, taken: frozenset[str]) -> Text | None:
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return _NO_ADDRESS
    if not complete or not _is_plain(parts) or not host_is_trusted(parts.netloc):
        return _NO_ADDRESS
    first = unquote(parts.path).strip("/").partition("/")[0]
    if first in taken:
        return Text(
            f"路径“/{first}”与网站自己的页面重名，请换一个",
            f'the path "/{first}" is that of a page of the site: take another',
        )
    return None


def _is_plain(parts: SplitResult) -> bool:
    """Whether it is an address of the web, without a name, query or fragment."""
    odd = parts.username or parts.password or parts.query or parts.fragment
    return parts.scheme in ("http", "https") and not odd


_NO_ADDRESS = Text(
    "不是网址（要以 https:// 或 http:// 开头，不带参数）",
    "is no address of a site (https:// or http://, without parameters)",
)


def _believe(environ: Environ, peer: str, proxies: tuple[Network, ...]) -> None:
    """Take client and scheme from what trusted proxies added, the last of them first.

    A client may send the header too; its part stands left of all that proxies added.
    """
    hops = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    client = peer
    while hops and _is_within(client, proxies):
        hop = hops.pop().strip()
        if _address(hop) is None:
            break
        client = hop
    environ["REMOTE_ADDR"] = client
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip()
    if scheme in ("http", "https"):
        environ["wsgi.url_scheme"] = scheme


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_within(text: str, networks: tuple[Network, ...]) -> bool:
    found = _address(text)
    return found is not None and any(found in network for network in networks)


def _is_wanted(host: str | None, hosts: tuple[str, ...]) -> bool:
    """Whether a request's host is one of ours; one without a host may pass."""
    if not host:
        return True
    if not host_is_trusted(host):
        return False
    # Not by Werkzeug's list, which no address of IPv6 can be on.
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if any(len(label) > _LONGEST_LABEL for label in name.split(".")):
        return False
    return not hosts or name.lower() in hosts
