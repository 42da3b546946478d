"""What the page's server refuses, and whom it calls: nobody."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from chat_app.errors import ChatError
from chat_app.ui import launch, security


def ask(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request as written: no redirect followed, no header added but those of the body."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


def test_the_page_is_served_under_a_strict_policy(page_server: str) -> None:
    """Only its own scripts by nonce, no evaluation, no outside image, frame or address."""
    status, headers, body = ask(page_server, "GET", "/")
    policy = headers["content-security-policy"]
    assert status == 200
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert body.count(b"<script") == body.count(b"<script nonce=")


def test_each_visit_gets_its_own_nonce(page_server: str) -> None:
    """A nonce that could be foretold would let a script in."""
    policies = {ask(page_server, "GET", "/")[1]["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80", ""])
def test_another_host_name_is_refused(page_server: str, host: str) -> None:
    """A name rebound to this machine reaches nothing."""
    assert ask(page_server, "GET", "/config", Host=host)[0] == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machines_names_are_answered(page_server: str, host: str) -> None:
    """With the port that the browser adds."""
    assert ask(page_server, "GET", "/", Host=f"{host}:{urlsplit(page_server).port}")[0] == 200


def test_another_origin_is_refused(page_server: str) -> None:
    """A page of another site or port can neither ask nor read."""
    for origin in ("https://evil.example", "http://127.0.0.1:1", "null"):
        assert ask(page_server, "POST", "/gradio_api/queue/join", b"{}", Origin=origin)[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=https://example.org/",
        "/gradio_api/file=" + quote("https://example.org/", safe=""),
        "/gradio_api/file=HTTP://127.0.0.1:9/",
        "/gradio_api/file=//example.org/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=../../../../etc/passwd",
        "/gradio_api/file=%00",
        "/gradio_api/file/https://example.org/",
        "/gradio_api/proxy=https://example.org/",
        "/gradio_api/upload_progress?upload_id=1",
        "/gradio_api/runs",
        "/monitoring",
        "/monitoring/summary",
        "/docs",
        "/gradio_api/dev/reload",
    ],
)
def test_what_the_page_does_not_use_does_not_exist(page_server: str, path: str) -> None:
    """No address is fetched for a caller and no file but the page's own is given."""
    assert ask(page_server, "GET", path)[0] == 404


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/upload?upload_id=1", "/gradio_api/process_recording"]
)
def test_uploads_are_refused(page_server: str, path: str) -> None:
    """Nothing here takes a file."""
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx\r\n--x--\r\n'
    assert ask(page_server, "POST", path, body, Content_Type="multipart/form-data; boundary=x")[0] == 404


def test_a_body_of_any_size_is_not_read(page_server: str) -> None:
    """Its announced length is enough to refuse it, and a length is asked for."""
    join = "/gradio_api/queue/join"
    assert ask(page_server, "POST", join, None, Content_Length=str(security.MAX_BODY_BYTES + 1))[0] == 413
    assert ask(page_server, "POST", join, None, Transfer_Encoding="chunked")[0] == 411


def test_the_queue_cannot_be_passed_by(page_server: str) -> None:
    """Direct calls are closed: overload meets the queue's limit."""
    body = json.dumps({"data": ["When was the office founded?"]}).encode()
    assert ask(page_server, "POST", "/gradio_api/run/ask", body, Content_Type="application/json")[0] >= 400


def test_the_configuration_tells_what_is_off(page_server: str) -> None:
    """No telemetry, no run history, no links in the footer, and fonts of the system only."""
    config = json.loads(ask(page_server, "GET", "/config")[2])
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []
    assert not config.get("run_history")
    styles = ask(page_server, "GET", "/theme.css")[2] + json.dumps(config["stylesheets"]).encode()
    assert b"googleapis" not in styles
    assert b"http" not in styles.replace(b"http://www.w3.org/2000/svg", b"")


def test_a_bound_address_is_an_allowed_host() -> None:
    """On one address its own name; on every address the machine's."""
    assert "192.0.2.7" in security.allowed_hosts("192.0.2.7")
    assert "[2001:db8::1]" in security.allowed_hosts("2001:db8::1")
    assert "*" not in security.allowed_hosts("0.0.0.0")
    assert len(security.allowed_hosts("0.0.0.0")) > 3


def test_a_taken_port_is_said_in_words(page_server: str, word_assistant: Any, tmp_path: Path) -> None:
    """One sentence that names the port, and nothing is left behind."""
    port = urlsplit(page_server).port
    with pytest.raises(ChatError, match=str(port)):
        launch(
            word_assistant, word_assistant, host="127.0.0.1", port=port or 0, data_folder=tmp_path, open_browser=False
        )
    assert list(tmp_path.iterdir()) == []


def test_starting_the_page_calls_nobody(tmp_path: Path) -> None:
    """Every address looked up or connected to, from import to served page, is this machine's."""
    script = tmp_path / "start.py"
    script.write_text(
        """
import sys, socket, threading, time, urllib.request
from pathlib import Path
calls = []
def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        calls.append((event, repr(args[-1] if event == "socket.connect" else args[0])))
sys.addaudithook(note)
class Nobody:
    def sources(self): return ()
    def pages(self, document_id): return ()
from chat_app.ui import launch
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0)); port = probe.getsockname()[1]
def look():
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/").read(); break
        except OSError: time.sleep(0.1)
    else: print("NEVER SERVED")
    time.sleep(3)
    own = ("127.0.0.1", "localhost", "::1", "'/")
    outside = [call for call in calls if not any(name in call[1] for name in own)]
    print("SERVED", len(calls), outside, flush=True)
    import os; os._exit(0)
threading.Thread(target=look, daemon=True).start()
launch(Nobody(), Nobody(), host="127.0.0.1", port=port, data_folder=Path(sys.argv[1]), open_browser=False)
""",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "data")],
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert "SERVED" in done.stdout, done.stderr
    assert done.stdout.strip().endswith("[]"), done.stdout
