"""Acts on what the user does: each handler takes values and returns what changes on the page."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import gradio as gr

from chat_app import transcript_table
from chat_app.datatypes import Answer, Turn
from chat_app.errors import ChatError, QuestionError
from chat_app.phrases import PHRASES, PagePhrases
from chat_app.question import MAX_QUESTION_CHARACTERS
from chat_app.transcript import MAX_TRANSCRIPT_CHARACTERS, PieceKind, read_transcript
from chat_app.transcript_table import CheckedPiece
from chat_app.ui import export, render, render_claims, render_sources
from chat_app.ui.panels import DOCUMENT, SOURCES, Panels
from chat_app.ui.protocol import Assistant, Checker
from indexer.datatypes import Anchor, Language
from indexer.errors import IndexerError

MAX_TURNS = 50
"""A conversation keeps its newest turns, this many: one left open cannot grow for ever."""

Updates = dict[Any, Any]
"""What changes: component to update."""

SHOWN_WHILE_CHECKING = 20
"""The last so many sentences of a speech are shown while it is checked: all would be drawn anew at each."""
_log = logging.getLogger(__name__)


class Handlers:
    """What the page does, over one assistant. Holds no conversation: those live in each browser's session."""

    def __init__(self, assistant: Assistant, checker: Checker, panels: Panels, files: Path) -> None:
        self._assistant = assistant
        self._checker = checker
        self._panels = panels
        self._files = files

    def greet(self, request: gr.Request) -> Updates:
        """Draw the page in the language that the browser asks for, and only then take questions."""
        language = preferred_language(request.headers.get("accept-language", ""))
        return self._lock(False, self.switch(language, (), ""))

    def _lock(self, locked: bool, updates: Updates) -> Updates:
        """The updates, and with them the controls that would redraw the conversation are locked or freed."""
        panels = self._panels
        controls = (panels.question, panels.ask, panels.language, panels.new, panels.claim, panels.check)
        for control in (*controls, *panels.examples):
            updates[control] = gr.update(**_settings(updates.get(control)), interactive=not locked)
        return updates

    def ask(self, question: str, turns: tuple[Turn, ...], language: Language) -> Iterator[Updates]:
        """Show the question at once, then its answer, or why there is none."""
        panels = self._panels
        if problem := refuse_question(question, language):
            yield {panels.notice: render.notice(problem)}
            return
        asked = question.strip()
        phrases = PHRASES[language].page
        waiting: Updates = {
            panels.chat: render.conversation(turns, phrases, asked),
            panels.question: "",
            panels.notice: "",
            panels.examples_box: gr.update(visible=False),
        }
        yield self._lock(True, waiting)
        try:
            answer = self._assistant.answer(asked, turns)
            turns = (*turns, Turn(asked, answer))[-MAX_TURNS:]
            shown = self._show(turns, answer, phrases)
        except Exception as error:  # noqa: BLE001 - the page says that it failed, the log says how
            failed: Updates = {
                panels.chat: render.conversation(turns, phrases),
                panels.question: question,
                panels.notice: render.notice(explain(error, language)),
                panels.examples_box: gr.update(visible=not turns),
            }
            yield self._lock(False, failed)
            return
        yield self._lock(False, shown)

    def _show(self, turns: tuple[Turn, ...], answer: Answer, phrases: PagePhrases) -> Updates:
        panels = self._panels
        markdown = export.markdown(answer)
        file = self._keep(export.file_name(answer), markdown)
        return {
            panels.turns: turns,
            panels.chat: render.conversation(turns, phrases),
            panels.sources: render_sources.sources(turns, phrases, self._assistant.sources()),
            panels.tabs: gr.update(selected=SOURCES),
            panels.export: markdown,
            panels.copy: gr.update(interactive=True),
            panels.download: gr.update(value=file, interactive=file is not None),
        }

    def _keep(self, name: str, markdown: str) -> str | None:
        """The path of a file for the download button; on a full disk none, and the answer is shown."""
        try:
            file = Path(tempfile.mkdtemp(dir=self._files)) / name
            file.write_text(markdown, encoding="utf-8")
        except OSError as error:
            _log.error("no file to download could be written: %s", error)
            return None
        return str(file)

    def check(self, words: str, language: Language) -> Iterator[Updates]:
        """Check a claim, or each claim of a speech, and show how far that is."""
        panels, phrases = self._panels, PHRASES[language].page
        if problem := refuse_text(words, language):
            yield {panels.check_notice: render.notice(problem)}
            return
        pieces = read_transcript(words).pieces
        alone = len(pieces) == 1
        total = sum(alone or piece.kind is PieceKind.CLAIM for piece in pieces)
        found: list[CheckedPiece] = []
        yield self._lock(
            True, {panels.checks: render_claims.waiting(found, 0, total, phrases, language), panels.check_notice: ""}
        )
        try:
            done = 0
            for piece in pieces:
                if not (alone or piece.kind is PieceKind.CLAIM):
                    found.append(CheckedPiece(piece, None))
                    continue
                found.append(CheckedPiece(piece, self._checker.check(piece.text)))
                done += 1
                shown = found[-SHOWN_WHILE_CHECKING:]
                yield {panels.checks: render_claims.waiting(shown, done, total, phrases, language)}
            finished = self._show_checks(tuple(found), language)
        except Exception as error:  # noqa: BLE001 - as in ask
            failed = {
                panels.checks: render_claims.checks(found, phrases, language),
                panels.check_notice: render.notice(explain(error, language)),
            }
            yield self._lock(False, failed)
            return
        yield self._lock(False, finished)

    def _show_checks(self, found: tuple[CheckedPiece, ...], language: Language) -> Updates:
        panels = self._panels
        report = self._keep("tanya-klaim.md", transcript_table.markdown(found, language))
        table = self._keep("tanya-klaim.csv", transcript_table.comma_separated(found, language))
        return {
            panels.checked: found,
            panels.checks: render_claims.checks(found, PHRASES[language].page, language),
            panels.keep_checks: gr.update(value=report, interactive=report is not None),
            panels.keep_table: gr.update(value=table, interactive=table is not None),
        }

    def clear(self, language: Language) -> Updates:
        """Begin a new conversation."""
        panels = self._panels
        phrases = PHRASES[language].page
        return {
            panels.turns: (),
            panels.chat: render.conversation((), phrases),
            panels.notice: "",
            panels.sources: render_sources.sources((), phrases),
            panels.tabs: gr.update(selected=SOURCES),
            panels.export: "",
            panels.copy: gr.update(interactive=False),
            panels.download: gr.update(value=None, interactive=False),
            panels.examples_box: gr.update(visible=True),
            panels.question: "",
        }

    def open(self, command: str, language: Language) -> Updates:
        """Show the place that a source, the library or a page turn asks for."""
        panels = self._panels
        return {
            panels.place: command,
            panels.document: self._document(command, language),
            panels.tabs: gr.update(selected=DOCUMENT),
        }

    def _document(self, command: str, language: Language) -> str:
        phrases = PHRASES[language].page
        if not command:
            return render.hint(phrases.document_empty)
        try:
            anchor = read_command(command)
            source = next((one for one in self._assistant.sources() if one.id == anchor.document), None)
            pages = self._assistant.pages(anchor.document) if source else ()
            if source is None or anchor.page not in {page.number for page in pages}:
                return render.hint(phrases.document_missing)
            return render_sources.document(source, pages, anchor, phrases)
        except Exception as error:  # noqa: BLE001 - as in ask
            return render.failure(explain(error, language))

    def switch(
        self, language: Language, turns: tuple[Turn, ...], place: str, checked: tuple[CheckedPiece, ...] = ()
    ) -> Updates:
        """Put every text of the page into the other language; answers keep their question's."""
        panels = self._panels
        phrases = PHRASES[language].page
        try:
            sources = self._assistant.sources()
            listed = render_sources.library(sources, phrases)
        except Exception as error:  # noqa: BLE001 - as in ask
            sources, listed = (), render.failure(explain(error, language))
        return {
            panels.header: render.header(phrases, language),
            panels.language: gr.update(value=language, label=phrases.language_label),
            panels.theme: phrases.theme,
            panels.chat: render.conversation(turns, phrases),
            panels.question: gr.update(label=phrases.question_label, placeholder=phrases.question_hint),
            panels.ask: phrases.ask,
            panels.notice: "",
            panels.examples_label: render.hint(phrases.examples),
            panels.new: phrases.new_conversation,
            panels.copy: gr.update(value=phrases.copy_answer),
            panels.download: gr.update(label=phrases.download),
            panels.ask_tab: gr.update(label=phrases.ask_tab),
            panels.check_tab: gr.update(label=phrases.check_tab),
            panels.claim: gr.update(label=phrases.claim_label, placeholder=phrases.claim_hint),
            panels.check: phrases.check,
            panels.checks: render_claims.checks(checked, phrases, language),
            panels.check_notice: "",
            panels.keep_checks: gr.update(label=phrases.download),
            panels.keep_table: gr.update(label=phrases.download_table),
            panels.sources_tab: gr.update(label=phrases.sources),
            panels.document_tab: gr.update(label=phrases.document),
            panels.library_tab: gr.update(label=phrases.library),
            panels.sources: render_sources.sources(turns, phrases, sources),
            panels.document: self._document(place, language),
            panels.library: listed,
        }


def refuse_question(question: str, language: Language) -> str | None:
    """Why this question is not asked, in that language, or nothing."""
    phrases = PHRASES[language].answer
    if not question.strip():
        return phrases.empty_question
    if len(question) > MAX_QUESTION_CHARACTERS:
        return phrases.long_question.format(length=f"{len(question)}", limit=MAX_QUESTION_CHARACTERS)
    return None


def refuse_text(words: str, language: Language) -> str | None:
    """Why this text is not checked, in that language, or nothing."""
    phrases = PHRASES[language].claim
    if not words.strip():
        return phrases.nothing
    if len(words) > MAX_TRANSCRIPT_CHARACTERS:
        return phrases.long_text.format(length=f"{len(words)}", limit=MAX_TRANSCRIPT_CHARACTERS)
    return None


def explain(error: Exception, language: Language) -> str:
    """What the user is told: our own errors in their words, which name the cure, and no other's."""
    if isinstance(error, QuestionError):
        return str(error)
    _log.error("a handler of the page failed", exc_info=error)
    phrases = PHRASES[language].answer
    ours = isinstance(error, IndexerError | ChatError)
    return phrases.failed_why.format(reason=error) if ours else phrases.failed


def preferred_language(accepted: str) -> Language:
    """Indonesian where the browser's first locale is Indonesian or Malay, else English."""
    first = accepted.split(",")[0].split(";")[0].strip().lower()
    return "id" if first.split("-")[0] in {"id", "in", "ms"} else "en"


def _settings(update: object) -> dict[str, Any]:
    """An update's settings, whether it is a bare value, a gr.update or nothing."""
    if isinstance(update, dict):
        return {name: setting for name, setting in update.items() if name != "__type__"}
    return {} if update is None else {"value": update}


def read_command(command: str) -> Anchor:
    """The place that `render_sources.open_command` wrote; what is no number there is 0, and no page."""
    fields = parse_qs(command)

    def number(name: str) -> int:
        value = fields.get(name, [""])[0]
        return int(value) if value.isdecimal() and len(value) < 12 else 0

    return Anchor(fields.get("document", [""])[0], number("page"), number("start"), number("end"))
