"""Fetch a small file from a web address that somebody else chose.

The address may lead to a machine of the school's own network, never end, or answer a
byte a minute. So every address a name stands for is checked before it is connected to,
and the connection goes to the very address that was checked (a name may answer
otherwise the second time); size and time are limited as a whole, redirects included.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from scheduler.model.errors import Told
from scheduler.model.text import Text

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 3
_CHUNK = 64 * 1024
_HEADERS = {
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "identity",
    "User-Agent": "Cuofeng",
    "Connection": "close",
}
_JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "*/*"}


class FetchError(Told):
    """Nothing was fetched; ``text`` says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds at most; whether a private network may be asked."""

    size: int
    seconds: float
    allow_private: bool = False


def fetch(address: str, limits: Limits) -> bytes:
    """The body that an http(s) address answers with.

    Raises:
        FetchError: it is not allowed, cannot be reached, or breaks a limit.
    """
    deadline = time.monotonic() + limits.seconds
    seen = {address}
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _ask(address, limits, deadline)
        if isinstance(answer, bytes):
            return answer
        address = urljoin(address, answer)
        if address in seen:
            break
        seen.add(address)
    raise FetchError(
        Text("网址来回跳转，没有结果", "is redirected again and again, without end")
    )


def post(address: str, body: bytes, limits: Limits) -> bytes:
    """What an http(s) address answers to JSON; redirects are not followed.

    Raises:
        FetchError: it is not allowed, cannot be reached, or breaks a limit.
    """
    answer = _ask(address, limits, time.monotonic() + limits.seconds, body)
    if isinstance(answer, str):
        raise FetchError(Text("网址跳转到别处", "is redirected elsewhere"))
    return answer


def _ask(
    address: str, limits: Limits, deadline: float, sent: bytes | None = None
) -> bytes | str:
    """The body, or where the address is redirected to."""
    try:
        parts = urlsplit(_in_ascii(address))
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise FetchError(_BAD_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(_BAD_ADDRESS)
    host = _checked(parts.hostname, port, limits, deadline)
    try:
        with _connection(parts, host, port, deadline) as connection:
            path = parts.path or "/"
            query = f"?{parts.query}" if parts.query else ""
            if sent is None:
                connection.request("GET", path + query, headers=_HEADERS)
            else:
                connection.request("POST", path + query, sent, _HEADERS | _JSON)
            with connection.getresponse() as answer:
                body = _body(answer, limits)
        if time.monotonic() >= deadline:
            raise FetchError(_too_slow(limits))
        return body
    except FetchError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            raise FetchError(_too_slow(limits)) from error
        raise FetchError(_unreachable(error)) from error


def _in_ascii(address: str) -> str:
    """An address as it goes over the wire, as browsers write it.

    The host in its ASCII form (IDNA), path and query percent-encoded; what is encoded
    already stays as it is.

    Raises:
        ValueError: it is no address.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port is None else f":{parts.port}"
    path, query = (quote(x, safe=_KEPT) for x in (parts.path, parts.query))
    return urlunsplit((parts.scheme, f"{host}{port}", path, query, ""))


_KEPT = "%/:@!$&'()*+,;=~?-._[]"


def _body(answer: http.client.HTTPResponse, limits: Limits) -> bytes | str:
    if answer.status in _REDIRECTS:
        return answer.headers.get("Location", "")
    if answer.status != 200:
        code = answer.status
        raise FetchError(Text(f"网站回答 {code}", f"is answered with status {code}"))
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchError(Text("网站压缩了内容", "is answered in a compressed form"))
    content = bytearray()
    while chunk := answer.read(min(_CHUNK, limits.size + 1 - len(content))):
        content += chunk
        if len(content) > limits.size:
            size = limits.size // 1024
            raise FetchError(
                Text(f"超过{size} KB，已停止下载", f"is larger than {size} KB")
            )
    return bytes(content)


@contextmanager
def _connection(
    parts: SplitResult, host: str, port: int, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address, cut at the deadline whatever it is doing."""
    name = parts.hostname or ""
    link = socket.create_connection((host, port), _left(deadline))
    if parts.scheme == "https":
        # The handshake comes later, for it too may take for ever.
        context = ssl.create_default_context()
        link = context.wrap_socket(
            link, server_hostname=name, do_handshake_on_connect=False
        )
    watch = threading.Timer(_left(deadline), _cut, [link])
    watch.daemon = True
    watch.start()
    connection = http.client.HTTPConnection(name, port)
    connection.sock = link
    try:
        if isinstance(link, ssl.SSLSocket):
            link.do_handshake()
            connection.default_port = http.client.HTTPS_PORT
        yield connection
    finally:
        watch.cancel()
        connection.close()
        link.close()


def _cut(link: socket.socket) -> None:
    """End a connection from another thread: whoever reads it is woken."""
    try:
        socket.socket.shutdown(link, socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself


def _checked(name: str, port: int, limits: Limits, deadline: float) -> str:
    """An address of the name; refused if any of them is not a public one."""
    found = _resolved(name, port, deadline)
    if not limits.allow_private:
        for address in found:
            if not is_public(address):
                raise FetchError(_PRIVATE)
    return found[0]


def _resolved(name: str, port: int, deadline: float) -> list[str]:
    """Addresses of a name; asked in a thread, for the system's resolver may hang."""
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not found:
        raise FetchError(Text("找不到这个网站", "is at a host that cannot be found"))
    return list(found)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    Private, loopback, link-local (metadata services of clouds among them), multicast
    and reserved ones are not, nor what carries one of them in it (IPv4 within IPv6).
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _left(deadline: float) -> float:
    return max(0.01, deadline - time.monotonic())


def _too_slow(limits: Limits) -> Text:
    seconds = f"{limits.seconds:g}"
    return Text(f"{seconds}秒内没有下载完", f"is not finished within {seconds} seconds")


def _unreachable(error: Exception) -> Text:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Text("网站的证书无效", "is at a host whose certificate is not valid")
    return Text("连接不上网站", "is at a host that cannot be reached")


_BAD_ADDRESS = Text(
    "不是 http 或 https 网址", "is neither an http nor an https address"
)
_PRIVATE = Text(
    "指向内网地址，未经允许不访问（可用 --allow-private）",
    "leads to a private network, which is asked only with --allow-private",
)
