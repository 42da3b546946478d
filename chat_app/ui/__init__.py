"""The web page. `launch` is all that the rest of the program needs.

Gradio reads its telemetry switch and its folder for files when it is imported, so both are set here, and
nothing of Gradio is imported before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chat_app.ui.protocol import Assistant, Checker

__all__ = ["launch"]

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["DO_NOT_TRACK"] = "1"


def launch(
    assistant: Assistant,
    checker: Checker,
    *,
    host: str,
    port: int,
    data_folder: Path,
    open_browser: bool,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the page at http://host:port until it is interrupted.

    `data_folder` holds its passing files; `on_ready` is told the address once the page answers.
    Raises ChatError where the port cannot be had.
    """
    from chat_app.ui.app import serve

    serve(
        assistant,
        checker,
        host=host,
        port=port,
        data_folder=data_folder,
        open_browser=open_browser,
        on_ready=on_ready,
    )
