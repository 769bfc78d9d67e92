"""A web server on the loopback that answers as badly as the web does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


def feed(*events: str) -> bytes:
    """A calendar of events, each given as its lines."""
    parts = [f"BEGIN:VEVENT\nUID:{k}\n{x}\nEND:VEVENT\n" for k, x in enumerate(events)]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{''.join(parts)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


MATCH = feed(
    "DTSTART;TZID=Asia/Shanghai:20260908T080000\n"
    "DTEND;TZID=Asia/Shanghai:20260908T100000\nSUMMARY:社区比赛"
)


class Handler(BaseHTTPRequestHandler):
    """Answers by path; ``seen`` are the paths asked for, with their Host."""

    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        """One answer."""
        self.seen.append((self.path, self.headers.get("Host", "")))
        match self.path:
            case "/feed.ics":
                self.give(MATCH)
            case "/page":
                self.give(b"<!DOCTYPE html><html><body>sign in</body></html>")
            case "/huge":
                self.give(b"BEGIN:VCALENDAR\r\n" + bytes(50 * 1024 * 1024))
            case "/endless":
                self.trickle(b"BEGIN:VCALENDAR\r\n" * 4096, 0)
            case "/slow":
                self.trickle(b"B", 0.05)
            case "/slow-head":
                for _ in range(200):
                    self.wfile.write(b"H")
                    time.sleep(0.05)
            case "/loop":
                self.redirect("/loop")
            case "/chain":
                self.redirect("/chain2")
            case "/chain2":
                self.redirect("/feed.ics")
            case "/inside":
                port = self.server.server_address[1]
                self.redirect(f"http://127.0.0.2:{port}/feed.ics")
            case "/file":
                self.redirect("file:///etc/passwd")
            case "/packed":
                self.send_response(200)
                self.send_header("Content-Encoding", "gzip")
                self.end_headers()
            case _:
                self.send_error(404)

    def give(self, body: bytes) -> None:
        """A whole answer."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def trickle(self, part: bytes, pause: float) -> None:
        """An answer without end, for ten seconds at most."""
        self.send_response(200)
        self.end_headers()
        until = time.monotonic() + 10
        while time.monotonic() < until:
            self.wfile.write(part)
            time.sleep(pause)

    def redirect(self, where: str) -> None:
        """Send the client elsewhere."""
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def handle(self) -> None:
        """Whoever hangs up early is no fault of the test."""
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *values: object) -> None:
        """Quiet."""


@contextmanager
def feed_server() -> Iterator[str]:
    """The server's address while it runs; it ends with the block."""
    Handler.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
