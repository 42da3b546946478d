"""What stands between the network and Gradio: who may ask, for what, and what the browser may do with it.

Gradio's server has routes that this page does not use, some of which fetch an address for the caller or take
files from anyone. So routes are allowed by name here, and every other one does not exist.
"""

from __future__ import annotations

import re
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 8 * 1024 * 1024
"""A question of a megabyte still gets its own clear answer; what is larger is refused unread."""

_LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_EVERY_ADDRESS = frozenset({"0.0.0.0", "::", "[::]", ""})  # noqa: S104 - compared with, not bound to

_API = "/gradio_api"
_READ_PATHS = re.compile(
    rf"/|/config/?|/theme\.css|/favicon\.ico|/robots\.txt|/manifest\.json|/pwa_icon(?:/\d+)?"
    rf"|/(?:assets|static|svelte|page)/.+"
    rf"|{_API}/(?:info/?|openapi\.json|startup-events|app_id/?|theme\.css|queue/data|heartbeat/\w+)"
    rf"|{_API}/call/\w+/\w+"
)
_WRITE_PATHS = re.compile(rf"{_API}/(?:queue/join|call/(?:v2/)?\w+/?|(?:run|api)/\w+/?|cancel|reset/?)")
_FILE_PATH = f"{_API}/file="

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}'",
        # Gradio's components carry their styles in attributes and in elements that they add.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "media-src 'none'",
        "connect-src 'self'",
        "frame-src 'none'",
        "worker-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def middleware(host: str, files: Path) -> list[Middleware]:
    """The layers to give the app, outermost first. `files` is the one folder whose files may be fetched."""
    return [
        Middleware(ResponseHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts(host), www_redirect=False),
        Middleware(RequestGate, files=files),
    ]


def allowed_hosts(host: str) -> list[str]:
    """The Host headers that are answered: this machine's names, so that no rebound name reaches the page."""
    names = [*_LOCAL_HOSTS]
    if host not in _EVERY_ADDRESS:
        return [*names, f"[{host}]" if ":" in host else host]
    machine = socket.gethostname()
    names.append(machine)
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(machine, None)}
    except OSError:
        found = set()
    return names + [f"[{address}]" if ":" in address else address for address in sorted(found)]


class RequestGate:
    """Lets through the requests that the page and its API make, and refuses every other."""

    def __init__(self, app: ASGIApp, files: Path) -> None:
        self.app = app
        self.files = files.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with 403, 404, 411 or 413, or pass the request on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, method: str, path: str, headers: Headers) -> PlainTextResponse | None:
        if not _same_origin(headers):
            return PlainTextResponse("This page answers only itself.", status_code=403)
        if method in {"GET", "HEAD"}:
            known = self._is_own_file(path) if path.startswith(_FILE_PATH) else _READ_PATHS.fullmatch(path)
            return None if known else PlainTextResponse("Not found.", status_code=404)
        if method != "POST" or not _WRITE_PATHS.fullmatch(path):
            return PlainTextResponse("Not found.", status_code=404)
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("The request does not say its length.", status_code=411)
        if int(length) > MAX_BODY_BYTES:
            return PlainTextResponse(f"The limit is {MAX_BODY_BYTES} bytes.", status_code=413)
        return None

    def _is_own_file(self, path: str) -> bool:
        named = path.removeprefix(_FILE_PATH)
        if "\0" in named or "://" in named:
            return False
        return Path(named).resolve().is_relative_to(self.files)


def _same_origin(headers: Headers) -> bool:
    """A page of another site could post here without reading the reply; browsers say where they come from."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class ResponseHeaders:
    """Adds the security headers to every response, and to the page a nonce for the scripts in its frame."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its response changed on the way out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Outgoing(send).send)


class _Outgoing:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._page: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = _POLICY.format(nonce=self._nonce)
            for name, value in _HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                headers["Cache-Control"] = "no-store"
                self._page = message
                return
        if self._page is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_page(self._page)

    async def _send_page(self, start: Message) -> None:
        # The template's own tags only: inside the configuration Gradio writes "<" as an escape.
        body = bytes(self._body).replace(b"<script", f'<script nonce="{self._nonce}"'.encode())
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
