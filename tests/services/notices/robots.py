"""A chat robot on the loopback, as good or bad as it is told to be."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Room:
    """What the robot was sent; ``answer`` is what it says, ``pause`` how slowly."""

    def __init__(self):
        self.texts, self.address = [], ""
        self.answer, self.status, self.pause = {"errcode": 0}, 200, 0.0


@contextmanager
def robot_server():
    room = Room()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            room.texts.append(json.loads(sent))
            time.sleep(room.pause)
            body = json.dumps(room.answer).encode()
            self.send_response(room.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle(self):
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *values):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    room.address = f"http://127.0.0.1:{server.server_address[1]}/robot?key=SECRET"
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
