"""What the page's handlers do, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chat_app.phrases import PHRASES
from chat_app.ui import app, handlers, panels, render_sources
from indexer.datatypes import Anchor
from indexer.errors import IndexDamaged


@pytest.fixture
def acting(word_assistant: Any, tmp_path: Path) -> handlers.Handlers:
    """Handlers over the word assistant."""
    import gradio as gr

    with gr.Blocks():
        return handlers.Handlers(word_assistant, word_assistant, panels.build(), tmp_path)


def value(update: Any) -> Any:
    """What an update sets, whether it is bare or a gr.update."""
    return update.get("value") if isinstance(update, dict) else update


def test_a_question_is_shown_at_once_and_then_answered(acting: handlers.Handlers) -> None:
    """First the question with the input locked, then the answer, its sources and its file."""
    page = acting._panels
    first, last = acting.ask("Kapan kantor dibentuk?", (), "id")
    assert "Kapan kantor dibentuk" in first[page.chat]
    assert first[page.question]["interactive"] is False
    assert "1974" in last[page.chat]
    assert "<mark>" in last[page.sources]
    assert last[page.question]["interactive"] is True
    assert Path(value(last[page.download])).read_text(encoding="utf-8") == last[page.export]


def test_a_follow_up_carries_the_conversation(acting: handlers.Handlers, word_assistant: Any) -> None:
    """The assistant is given the turns before this one."""
    page = acting._panels
    turns = list(acting.ask("Kapan kantor dibentuk?", (), "id"))[-1][page.turns]
    list(acting.ask("Berapa anggotanya?", turns, "id"))
    assert [turn.question for turn in word_assistant.histories[-1]] == ["Kapan kantor dibentuk?"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("question", ["", " \n\t", "x" * 2001])
def test_empty_and_endless_questions_get_a_clear_message(
    acting: handlers.Handlers, question: str, language: Any
) -> None:
    """In the page's language, and the assistant is not troubled."""
    (only,) = acting.ask(question, (), language)
    phrases = PHRASES[language].answer
    expected = phrases.empty_question if not question.strip() else phrases.long_question.split("{")[0]
    assert handlers.refuse_question(question, language).startswith(expected)  # type: ignore[union-attr]
    assert set(only) == {acting._panels.notice}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IndexDamaged("the index is damaged; run tanya index"), "tanya index"),
        (RuntimeError("secret detail"), "log"),
    ],
)
def test_an_error_becomes_a_message_and_the_question_is_kept(
    acting: handlers.Handlers,
    word_assistant: Any,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told: str,
) -> None:
    """Ours in their own words, any other without its inner workings; the user can try again."""

    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(word_assistant, "answer", fail)
    page = acting._panels
    last = list(acting.ask("When?", (), "en"))[-1]
    assert told in last[page.notice]
    assert "secret" not in last[page.notice]
    assert "Traceback" not in last[page.notice]
    assert last[page.question]["value"] == "When?"
    assert last[page.question]["interactive"] is True


def test_a_place_opens_in_its_document(acting: handlers.Handlers) -> None:
    """The document's text with the slice marked, and its tab in front."""
    page = acting._panels
    shown = acting.open("document=satu&page=1&start=0&end=6", "id")
    assert "<mark>Kantor</mark>" in shown[page.document]
    assert shown[page.tabs]["selected"] == panels.DOCUMENT


@pytest.mark.parametrize(
    "command",
    [
        "document=none&page=1",
        "document=satu&page=9",
        "document=../../etc/passwd&page=1",
        "nonsense",
        "document=satu&page=-1",
        "&" * 3000,
        "document=satu&page=" + "9" * 500,
    ],
)
def test_a_place_that_does_not_exist_is_said_to_be_missing(acting: handlers.Handlers, command: str) -> None:
    """Whatever is sent, the answer is a sentence."""
    assert "not in the library" in acting.open(command, "en")[acting._panels.document]


def test_a_command_reads_back_as_the_place_it_names() -> None:
    """Also for an id full of signs."""
    anchor = Anchor("a&b=c d/é%20", 3, 14, 15)
    assert handlers.read_command(render_sources.open_command(anchor)) == anchor


def test_the_switch_changes_every_text_of_the_page(acting: handlers.Handlers) -> None:
    """No text that one language shows is left in the other, but for names and what has no words."""
    indonesian, english = acting.switch("id", (), ""), acting.switch("en", (), "")
    wordless = (acting._panels.notice, acting._panels.check_notice)
    same = {
        component.elem_id
        for component in indonesian
        if indonesian[component] == english[component] and component not in wordless
    }
    assert same == set()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("ms-MY", "id"),
        ("in", "id"),
        ("en-US,id", "en"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_the_first_language_is_the_browsers(accepted: str, language: str) -> None:
    """Indonesian for Indonesian and Malay, else English."""
    assert handlers.preferred_language(accepted) == language


def test_the_endpoint_is_called_ask_and_no_handler_is_public(word_assistant: Any, tmp_path: Path) -> None:
    """gradio_client finds one endpoint."""
    page = app.compose(word_assistant, word_assistant, tmp_path)
    assert list(page.get_api_info()["named_endpoints"]) == ["/ask"]


def test_a_claim_is_checked_and_can_be_kept(acting: handlers.Handlers) -> None:
    """What is under way is said, then the verdict with what differs, and two files."""
    page = acting._panels
    first, *_, last = acting.check("Kantor kerja sama dibentuk pada tahun 1980.", "id")
    assert first[page.claim]["interactive"] is False
    assert "contradicted" in last[page.checks]
    assert "1974" in last[page.checks]
    assert last[page.claim]["interactive"] is True
    table = Path(value(last[page.keep_table])).read_text(encoding="utf-8")
    assert "klaim: 1980; sumber: 1974" in table
    assert "Dibantah" in Path(value(last[page.keep_checks])).read_text(encoding="utf-8")


def test_a_speech_is_checked_sentence_by_sentence(acting: handlers.Handlers) -> None:
    """Each claim gets a verdict; the greeting and the question are shown as left aside, and are not checked."""
    page = acting._panels
    speech = "ANI: Selamat pagi. The office was founded in 1974. Berapa anggotanya?"
    *steps, last = acting.check(speech, "en")
    assert len(steps) == 2
    assert last[page.checks].count("checked-claim supported") == 1
    assert last[page.checks].count("checked-claim aside") == 2
    assert [one.checked is None for one in last[page.checked]] == [True, False, True]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("words", ["", " \n", "x " * 100_001])
def test_no_text_and_an_endless_one_are_not_checked(acting: handlers.Handlers, words: str, language: Any) -> None:
    """They get a message in the page's language."""
    (only,) = acting.check(words, language)
    assert set(only) == {acting._panels.check_notice}


def test_a_check_that_fails_frees_the_page(acting: handlers.Handlers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is said, and the input can be used again."""
    page = acting._panels

    def fail(claim: str) -> None:
        raise IndexDamaged("rusak. Run `tanya index`.")

    monkeypatch.setattr(acting._checker, "check", fail)
    last = list(acting.check("Kantor dibentuk pada tahun 1974.", "id"))[-1]
    assert "rusak" in last[page.check_notice]
    assert last[page.claim]["interactive"] is True
