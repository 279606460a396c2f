"""收信的一端: a mail server and a web service on this machine that take what is sent and keep it."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

REFUSED = "nobody@example.edu.cn"


@dataclass
class MailSink:
    """What came in, by whom it was for; whatever is for REFUSED is turned away."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)


class _Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        to = ""
        self._say("220 sink")
        while line := self.rfile.readline():
            command = line.decode().strip()
            if command.upper().startswith("RCPT TO:"):
                to = command[8:].strip().strip("<>")
                self._say("550 no such person" if to == REFUSED else "250 ok")
            elif command.upper() == "DATA":
                self._say("354 go on")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                letter = cast("EmailMessage", message_from_bytes(content, policy=policy.default))
                self.server.sink.letters.append((to, letter))  # type: ignore[attr-defined]
                self._say("250 kept")
            elif command.upper() == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Web(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(json.loads(body))  # type: ignore[attr-defined]
        self.send_response(500 if b"refused" in body else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Not on the terminal of the tests."""


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """A mail server for as long as the test needs one."""
    sink = MailSink()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.daemon_threads = True
        server.sink, sink.port = sink, server.server_address[1]  # type: ignore[attr-defined]
        with _serving(server):
            yield sink


@contextmanager
def web_sink() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A web service: its port, and what it took."""
    taken: list[dict[str, Any]] = []
    with HTTPServer(("127.0.0.1", 0), _Web) as server:
        server.taken = taken  # type: ignore[attr-defined]
        with _serving(server):
            yield server.server_port, taken


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def closed_port() -> int:
    """A port where nobody listens."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Mail) as server:
        return int(server.server_address[1])
