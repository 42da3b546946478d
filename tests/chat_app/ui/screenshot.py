"""Takes the README's picture: `python tests/chat_app/ui/screenshot.py OUT.png`, see `--help`.

It indexes the corpus into a passing folder, serves the real page, asks, and clicks the first citation.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from conftest import CHROMIUM_FLAGS, ROOT, chromium_path, serve_chat
from playwright.sync_api import sync_playwright

QUESTIONS = {"id": "Kapan UNOSSC dibentuk?", "en": "When was UNOSSC established?"}
LOCALES = {"id": "id-ID", "en": "en-US"}


def main() -> int:
    """Take one picture."""
    parser = argparse.ArgumentParser(description="Take a picture of the page with an answer.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=0, help="by default 860, on a phone's width the whole page")
    parser.add_argument("--language", choices=["id", "en"], default="id")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--question", help="another question than the usual one")
    parser.add_argument("--view", choices=["sources", "document", "library"], default="sources")
    chosen = parser.parse_args()
    chromium = chromium_path()
    if chromium is None:
        print("no Chromium: install Debian's chromium or set TANYA_CHROMIUM", file=sys.stderr)  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with serve_chat(ROOT / "corpus", folder / "index", folder / "chat.log") as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
            page = browser.new_page(
                viewport={"width": chosen.width, "height": chosen.height or 860},
                locale=LOCALES[chosen.language],
                color_scheme="dark" if chosen.dark else "light",
                reduced_motion="reduce",
            )
            page.set_default_timeout(60_000)
            page.goto(address)
            page.wait_for_selector(f".masthead[lang={chosen.language}]")
            page.wait_for_selector("#question textarea:enabled")
            page.fill("#question textarea", chosen.question or QUESTIONS[chosen.language])
            page.press("#question textarea", "Enter")
            page.wait_for_selector("#chat .answer:not(.pending) a.marker")
            if chosen.view == "document":
                page.click(".turn-sources.current button.open >> nth=0")
                page.wait_for_selector("#document .document")
            elif chosen.view == "library":
                page.click("#library-tab-button")
            page.wait_for_timeout(1000)
            page.screenshot(path=chosen.out, full_page=chosen.width < 900 and not chosen.height)
            browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
