"""`styrfart healthy`, as a container asks it: without loading the product."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


class Answering(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/halsa/" else 404)
        self.end_headers()
        self.wfile.write(b'{"status": "said"}')

    def log_message(self, *_args: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Answering) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def healthy(port: int) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"STYRFART_HOST": "0.0.0.0", "STYRFART_PORT": str(port)}  # noqa: S104  # as in a container
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "styrfart.config.cli", "healthy"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("status", "ends_with"), [(200, 0), (503, 1)])
def test_healthy_ends_as_the_server_answers(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch, status: int, ends_with: int
) -> None:
    monkeypatch.setattr(Answering, "status", status)
    done = healthy(server.server_port)
    assert done.returncode == ends_with
    assert '{"status": "said"}' in (done.stderr if ends_with else done.stdout)


def test_healthy_says_when_nobody_answers(server: HTTPServer) -> None:
    server.server_close()
    done = healthy(server.server_port)
    assert done.returncode == 1
    assert "Servern svarar inte." in done.stderr


def test_healthy_does_not_load_the_product(server: HTTPServer) -> None:
    # A container gives the answer a few seconds: loading every room for it took longer on a busy machine.
    loaded = healthy(server.server_port).stderr
    assert "styrfart.config.environment" in loaded
    assert "styrfart.config.settings" not in loaded
    assert "styrfart.people" not in loaded
