"""What the page's tests share: a small assistant that answers by words in common, and servers to look at."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from chat_app.claims import Checked, Finding, Stance, Verdict
from chat_app.datatypes import Answer, Citation, Elapsed, Outcome, Turn
from chat_app.differences import Difference, Kind
from indexer.datatypes import Anchor, Page, Source

ROOT = Path(__file__).resolve().parents[3]


class WordAssistant:
    """Answers with the sentences that share most words with the question, each an exact slice; checks alike."""

    def __init__(self, documents: dict[Source, str]) -> None:
        self._documents = documents
        self.histories: list[Sequence[Turn]] = []

    def answer(self, question: str, history: Sequence[Turn] = (), *, documents: frozenset[str] | None = None) -> Answer:
        self.histories.append(history)
        language = "en" if re.search(r"\b(when|what|who|the|is|are|how)\b", question, re.I) else "id"
        asked = set(re.findall(r"\w{4,}", question.lower()))
        found = sorted(self._sentences(asked), key=lambda entry: -entry[0])[:3]
        shares = [entry[0] for entry in found]
        citations = tuple(self._citation(number, *entry[1:], language) for number, entry in enumerate(found, start=1))
        answered = bool(shares) and shares[0] >= 0.5
        text = " ".join(f"{' '.join(one.quote.split())} [{one.number}]" for one in citations)
        return Answer(
            question=question,
            language=language,
            outcome=Outcome.ANSWERED if answered else Outcome.NOT_IN_SOURCES,
            text=text if answered else "",
            short_answer=next(iter(re.findall(r"\b\d{4}\b", text)), None) if answered else None,
            confidence=shares[0] if shares else 0.0,
            citations=citations if answered else (),
            related=() if answered else citations,
            elapsed_ms=Elapsed(1.0, 0.5, 0.5),
        )

    def check(self, claim: str, *, documents: frozenset[str] | None = None) -> Checked:
        """By the sentence that shares most words: contradicted where its years are others than the claim's."""
        answer = self.answer(claim)
        found = answer.citations[:1]
        said = set(re.findall(r"\b\d{4}\b", claim))
        denied = bool(found) and not said <= set(re.findall(r"\b\d{4}\b", found[0].quote))
        verdict = Verdict.CONTRADICTED if denied else Verdict.SUPPORTED if found else Verdict.NOT_IN_SOURCES
        stance = Stance.CONTRADICTS if denied else Stance.SUPPORTS
        differences = (Difference(Kind.DATE, min(said), "1974"),) if denied else ()
        evidence = tuple(Finding(citation, stance, differences) for citation in found)
        return Checked(claim, answer.language, verdict, 0.9, evidence, answer.related, answer.elapsed_ms)

    def _sentences(self, asked: set[str]) -> list[tuple[float, Source, int, int]]:
        found = []
        for source, text in self._documents.items():
            for match in re.finditer(r"[^\s.][^.\n]{20,}[.\n]", text):
                words = set(re.findall(r"\w{4,}", match[0].lower()))
                share = len(asked & words) / max(1, len(asked))
                if share:
                    found.append((share, source, match.start(), match.end()))
        return found

    def _citation(self, number: int, source: Source, start: int, end: int, language: str) -> Citation:
        text = self._documents[source]
        return Citation(
            number=number,
            anchor=Anchor(source.id, 1, start, end),
            title=source.title,
            section=None,
            quote=text[start:end],
            language=source.language or "id",
            url=source.url,
            publisher=source.publisher,
            date=source.date,
            before=text[max(0, start - 200) : start],
            after=text[end : end + 200],
        )

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._documents)

    def pages(self, document_id: str) -> tuple[Page, ...]:
        return next(((Page(1, text, ()),) for source, text in self._documents.items() if source.id == document_id), ())


def word_assistant_of_two() -> WordAssistant:
    """The word assistant over two short documents, one in each language."""
    return WordAssistant(
        {
            Source("satu", "Sejarah Singkat", "satu.txt", ("Ani",), "Penerbit", "2021-12-20", "id"): (
                "Kantor kerja sama dibentuk pada tahun 1974.\nAnggotanya kini 134 negara berkembang.\n"
            ),
            Source("two", "A Short History", "two.txt", (), None, "2024", "en", "http://example.org/a_b"): (
                "The office was founded in 1974 by the assembly.\nIt has 134 members from the south.\n"
            ),
        }
    )


@pytest.fixture
def word_assistant() -> WordAssistant:
    """A fresh one for each test."""
    return word_assistant_of_two()


@pytest.fixture(scope="session")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the word assistant, served from this process."""
    files = tmp_path_factory.mktemp("files")
    os.environ["GRADIO_TEMP_DIR"] = str(files)
    from chat_app.ui import app

    port = free_port()
    both = word_assistant_of_two()
    page = app.start(both, both, host="127.0.0.1", port=port, files=files)
    yield f"http://127.0.0.1:{port}"
    page.close()


@dataclass
class Listener:
    """A server of the test's own at another loopback port: what reaches it has left the page's server."""

    port: int
    hits: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """Listens for the whole session and writes down every request."""
    seen: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        # Or its silence would prove nothing.
        urllib.request.urlopen(f"http://127.0.0.1:{port}/heard").close()
        assert seen == ["/heard"]
        seen.clear()
        yield Listener(port, seen)
        server.shutdown()


@pytest.fixture(scope="session")
def chat_server(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Iterator[str]:
    """The address of the real program's page, over the library and one document full of traps."""
    folder = tmp_path_factory.mktemp("chat")
    corpus = folder / "corpus"
    shutil.copytree(ROOT / "corpus", corpus)
    trap = f"http://127.0.0.1:{listener.port}"
    (corpus / "documents" / "jebakan.txt").write_text(
        "Festival Layang-Layang Bambu diadakan pertama kali pada tahun 1987 di Desa Sukamaju.\n"
        f"![gambar]({trap}/markdown.png) <img src='{trap}/img.png'> <svg onload=fetch('{trap}/svg')></svg>\n"
        f"<script>fetch('{trap}/script')</script> <video src='{trap}/video'></video>\n"
        f"<div style='background:url({trap}/css)'>Ketua Festival Layang-Layang Bambu ialah Sari.</div>\n",
        encoding="utf-8",
    )
    with serve_chat(corpus, folder / "index", folder / "chat.log") as address:
        yield address


@contextmanager
def serve_chat(corpus: Path, index: Path, log: Path) -> Iterator[str]:
    """Index a corpus and serve its page with the command line, as a user would."""
    tanya = [sys.executable, "-m", "chat_app.cli"]
    subprocess.run([*tanya, "index", "--corpus", str(corpus), "--index", str(index)], check=True, cwd=ROOT, timeout=280)
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*tanya, "chat", "--host", "127.0.0.1", "--port", str(port), "--index", str(index)],
            cwd=ROOT,
            # Without a display no browser of the user's is opened.
            env={name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 120) -> None:
    """Return once the page answers; show the log if it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no page at {address}:\n{log.read_text(encoding='utf-8', errors='replace')}")


CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Where Chromium is: TANYA_CHROMIUM, or `chromium` on the path."""
    return os.environ.get("TANYA_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium. Only outside CI may it be missing."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: install Debian's chromium or set TANYA_CHROMIUM")
        pytest.skip("no Chromium here: install Debian's chromium or set TANYA_CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
