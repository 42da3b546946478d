"""Composes the page from its panels and handlers, and serves it."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import gradio as gr
import gradio.events
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chat_app.errors import ChatError
from chat_app.ui import handlers, panels, security
from chat_app.ui.protocol import Assistant, Checker
from indexer.errors import IndexerError

MAX_WAITING = 32
"""Questions in the queue; the next one is told that the page is busy."""
MAX_AT_ONCE = 4
"""Questions answered at the same time: more only slow one another down on a laptop's cores."""
MAX_SESSIONS = 64
"""Conversations kept for open pages; the oldest goes first."""

_CLEAN_EVERY_SECONDS, _CLEAN_AFTER_SECONDS = 600, 12 * 3600
"""A download waits as long as a day's work; the folder goes with the server in any case."""

_HERE = Path(__file__).parent
_SCRIPT_ADDRESS = "/page/page.js"
_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
_MONO = ["ui-monospace", "Cascadia Mono", "Menlo", "DejaVu Sans Mono", "monospace"]


def serve(
    assistant: Assistant,
    checker: Checker,
    *,
    host: str,
    port: int,
    data_folder: Path,
    open_browser: bool,
    on_ready: Callable[[str], None] | None,
) -> None:
    """Serve the page until it is interrupted. Raises ChatError where the port cannot be had."""
    data_folder.mkdir(parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(dir=data_folder, prefix="page-", ignore_cleanup_errors=True)
    with folder as name, _terminate_as_interrupt():
        files = Path(name)
        os.environ["GRADIO_TEMP_DIR"] = name
        try:
            page = start(assistant, checker, host=host, port=port, files=files, open_browser=open_browser)
            if on_ready:
                on_ready(page.local_url or f"http://{host}:{port}/")
            page.block_thread()
        except OSError as error:
            taken = f"The page cannot be served at {host}, port {port}: choose another or stop what uses it."
            raise ChatError(taken) from error
        except KeyboardInterrupt:
            return


def start(
    assistant: Assistant, checker: Checker, *, host: str, port: int, files: Path, open_browser: bool = False
) -> gr.Blocks:
    """Start the server and return."""
    page = compose(assistant, checker, files)
    page.queue(api_open=False, max_size=MAX_WAITING, default_concurrency_limit=MAX_AT_ONCE)
    page.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        share=False,
        quiet=True,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        state_session_capacity=MAX_SESSIONS,
        max_file_size=1,  # bytes: nothing is uploaded here, and the gate refuses the route as well
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        strict_cors=True,
        theme=_theme(),
        css_paths=[_HERE / "style.css"],
        head=f'<script src="{_SCRIPT_ADDRESS}"></script>',
        app_kwargs={
            "middleware": security.middleware(host, files),
            "routes": [Route(_SCRIPT_ADDRESS, _script)],
            "docs_url": None,
            "redoc_url": None,
        },
    )
    return page


def compose(assistant: Assistant, checker: Checker, files: Path) -> gr.Blocks:
    """The page, not yet served."""
    page: gr.Blocks
    with gr.Blocks(
        title="Tanya Selatan",
        analytics_enabled=False,
        fill_width=True,
        delete_cache=(_CLEAN_EVERY_SECONDS, _CLEAN_AFTER_SECONDS),
    ) as page:
        # First, or a handler of the same name would take the name from it.
        gradio.events.api(_endpoint(assistant), api_name="ask")
        laid_out = panels.build()
        acting = handlers.Handlers(assistant, checker, laid_out, files)
        _connect(acting, laid_out, page.load)
    return page


def _connect(acting: handlers.Handlers, laid_out: panels.Panels, load: Callable[..., Any]) -> None:
    """Tie what the user does to the handlers. None of these is an endpoint for others."""
    hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    texts = [
        laid_out.header,
        laid_out.language,
        laid_out.theme,
        laid_out.chat,
        laid_out.question,
        laid_out.ask,
        laid_out.notice,
        laid_out.examples_label,
        laid_out.new,
        laid_out.copy,
        laid_out.download,
        laid_out.ask_tab,
        laid_out.check_tab,
        laid_out.checks,
        laid_out.claim,
        laid_out.check,
        laid_out.check_notice,
        laid_out.keep_checks,
        laid_out.keep_table,
        laid_out.sources_tab,
        laid_out.document_tab,
        laid_out.library_tab,
        laid_out.sources,
        laid_out.document,
        laid_out.library,
    ]
    answering = [
        laid_out.chat,
        laid_out.question,
        laid_out.ask,
        laid_out.language,
        laid_out.new,
        laid_out.claim,
        laid_out.check,
        laid_out.notice,
        laid_out.examples_box,
        *laid_out.examples,
        laid_out.turns,
        laid_out.sources,
        laid_out.tabs,
        laid_out.export,
        laid_out.copy,
        laid_out.download,
    ]
    checking = [
        laid_out.checks,
        laid_out.check_notice,
        laid_out.checked,
        laid_out.keep_checks,
        laid_out.keep_table,
        laid_out.claim,
        laid_out.check,
        laid_out.question,
        laid_out.ask,
        laid_out.language,
        laid_out.new,
        *laid_out.examples,
    ]
    load(acting.greet, None, [*texts, *laid_out.examples], **hidden)
    laid_out.language.input(
        acting.switch, [laid_out.language, laid_out.turns, laid_out.place, laid_out.checked], texts, **hidden
    )
    for asked, start in [
        (laid_out.question, laid_out.question.submit),
        (laid_out.question, laid_out.ask.click),
        *((example, example.click) for example in laid_out.examples),
    ]:
        start(acting.ask, [asked, laid_out.turns, laid_out.language], answering, trigger_mode="once", **hidden)
    laid_out.check.click(acting.check, [laid_out.claim, laid_out.language], checking, trigger_mode="once", **hidden)
    laid_out.new.click(acting.clear, [laid_out.language], answering, **hidden)
    laid_out.command.change(
        acting.open,
        [laid_out.command, laid_out.language],
        [laid_out.place, laid_out.document, laid_out.tabs],
        **hidden,
    )


def _endpoint(assistant: Assistant) -> Callable[[str], dict[str, Any]]:
    def ask(question: str) -> dict[str, Any]:
        """Answer one question with exact citations: the object that `tanya ask --json` prints."""
        if problem := handlers.refuse_question(question, "en"):
            raise gr.Error(problem, print_exception=False)
        from chat_app.contract import answer_json

        try:
            return answer_json(assistant.answer(question.strip()))
        except (IndexerError, ChatError) as error:
            raise gr.Error(handlers.explain(error, "en"), print_exception=False) from error

    return ask


def _script(request: Request) -> Response:
    return Response((_HERE / "page.js").read_bytes(), media_type="text/javascript")


def _theme() -> gr.themes.Base:
    # Fonts by name only: a Gradio font object would be fetched from outside.
    return gr.themes.Base(
        primary_hue="teal",
        secondary_hue="teal",
        neutral_hue="slate",
        font=_SANS,
        font_mono=_MONO,
        radius_size="md",
    )


@contextmanager
def _terminate_as_interrupt() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C, so that the folder of passing files is taken away."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
