"""The real program's page in a real browser: asked, read, clicked, and watched for what it calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000
"""A cold encoder on a busy machine; a page that works is far below it."""

Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any, chat_server: str) -> Iterator[Open]:
    """Opens the page as a visitor with that locale and screen; at the end nothing left, nothing failed."""
    contexts, requests, complaints = [], [], []

    def open_as(locale: str, **settings: Any) -> Any:
        context = browser.new_context(locale=locale, **{"viewport": {"width": 1280, "height": 860}, **settings})
        context.on("request", lambda request: requests.append(request.url))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(chat_server)
        page.wait_for_selector(f".masthead[lang={'id' if locale.startswith('id') else 'en'}]")
        page.wait_for_selector("#question textarea:enabled")
        return page

    yield open_as
    for context in contexts:
        context.close()
    outside = [url for url in requests if not url.startswith((f"{chat_server}/", "data:", "blob:"))]
    assert requests
    assert outside == []
    assert complaints == []


def ask(page: Any, question: str) -> Any:
    """Ask, wait until the answer stands there, and return its element."""
    before = page.locator("#chat .exchange").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    exchange = page.locator("#chat .exchange").nth(before)
    exchange.locator(".answer:not(.pending)").wait_for()
    page.wait_for_function("!document.querySelector('#question textarea').disabled")
    return exchange


@pytest.mark.parametrize(
    ("locale", "question", "expected"),
    [
        ("id-ID", "Kapan UNOSSC dibentuk?", "1974"),
        ("en-US", "When was UNOSSC established?", "1974"),
    ],
)
def test_a_citation_is_clicked_and_its_highlight_seen(
    open_page: Open, locale: str, question: str, expected: str
) -> None:
    """In either language: the answer, its marked source, and the same words lit up in the document."""
    page = open_page(locale)
    answer = ask(page, question)
    assert expected in answer.inner_text()
    answer.locator("a.marker").first.click()
    source = page.locator(".source.marked")
    source.wait_for()
    quote = source.locator("mark").first.inner_text()
    assert quote.strip()
    source.locator("button.open").click()
    page.wait_for_selector("#document mark")
    page.wait_for_function(
        """() => {
            const mark = document.querySelector("#document mark").getBoundingClientRect();
            const text = document.querySelector("#document .document-text").getBoundingClientRect();
            return mark.top >= text.top && mark.top < Math.min(text.bottom, innerHeight);
        }"""
    )
    marked = page.locator("#document mark").inner_text()
    assert " ".join(quote.split()) in " ".join(marked.split())
    background = page.eval_on_selector("#document mark", "mark => getComputedStyle(mark).backgroundColor")
    assert background not in {"rgba(0, 0, 0, 0)", "transparent"}


def test_markup_in_documents_and_questions_is_shown_and_never_fetched(open_page: Open, listener: Any) -> None:
    """A document and a question full of a listener's address: it hears nothing, the reader sees the signs."""
    page = open_page("id-ID")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    trap = f"http://127.0.0.1:{listener.port}"
    ask(page, "Kapan Festival Layang-Layang Bambu diadakan pertama kali?")
    hostile = (
        "Siapa ketua Festival Layang-Layang Bambu "
        f"![x]({trap}/q.png) <img src='{trap}/i.png' onerror=alert(1)>"
        f' [klik](javascript:alert(2)) "><svg onload=alert(3)> {trap}/bare \0 \u202e'
    )
    asked = ask(page, hostile)
    shown = asked.locator(".question").inner_text()
    assert f"![x]({trap}/q.png) <img src='{trap}/i.png' onerror=alert(1)>" in shown
    assert asked.locator(".question *").count() == 0
    page.click("#library-tab-button")
    page.locator("#library button.open[value*='document=jebakan']").click()
    body = page.locator("#document .document-text")
    body.wait_for()
    assert "Festival Layang-Layang Bambu" in body.inner_text()
    assert body.locator("*").count() == 0
    page.wait_for_timeout(1000)
    assert listener.hits == []
    assert dialogs == []


def test_the_policy_stops_what_would_slip_through(browser: Any, chat_server: str, listener: Any) -> None:
    """The second layer alone: an image, a script and a fetch put into the page by hand reach nobody."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(chat_server)
    held = page.evaluate(
        """async (trap) => {
            const image = new Image();
            const refused = new Promise((done) => (image.onerror = () => done(true)));
            image.src = `${trap}/policy.png`;
            const fetched = await fetch(`${trap}/policy`, { mode: "no-cors" }).then(() => false, () => true);
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            document.head.append(script);
            return [await refused, fetched, window.intruder === undefined];
        }""",
        f"http://127.0.0.1:{listener.port}",
    )
    assert held == [True, True, True]
    assert listener.hits == []
    context.close()


def test_what_the_sources_do_not_say_looks_like_a_refusal(open_page: Open) -> None:
    """In words: not in the sources, and what is near is labelled as no answer."""
    page = open_page("en-US")
    exchange = ask(page, "What is the boiling point of tungsten in kelvin?")
    assert exchange.locator(".refusal").count() == 1
    assert "Not in the sources" in exchange.inner_text()
    related = page.locator(".turn-sources.current")
    assert "Related, not an answer" in related.inner_text()


def test_a_follow_up_is_asked_in_the_same_conversation(open_page: Open) -> None:
    """Two exchanges stand below each other, and the first one's number leads back to its own source."""
    page = open_page("id-ID")
    first = ask(page, "Kapan UNOSSC dibentuk?")
    ask(page, "Berapa negara anggota G77?")
    assert page.locator("#chat .exchange").count() == 2
    first.locator("a.marker").first.click()
    page.wait_for_selector("#sources-1.current")
    assert page.locator("#sources-2").is_hidden()
    page.click("#new")
    page.wait_for_selector("#chat .placeholder")
    assert page.locator("#chat .exchange").count() == 0


def test_the_switch_turns_the_whole_page(open_page: Open) -> None:
    """Every label changes, and `lang` with it; nothing of the other language stays."""
    page = open_page("id-ID")
    assert page.locator("html").get_attribute("lang") == "id"
    page.locator("#language label", has_text="English").click()
    page.wait_for_selector(".masthead[lang=en]")
    page.wait_for_selector("#sources-tab-button:has-text('Sources')")
    words = page.locator("body").inner_text()
    for label in (
        "New conversation",
        "Copy answer",
        "Sources",
        "Document",
        "Library",
        "Example questions",
        "Ask",
    ):
        assert label in words
    for label in ("Percakapan", "Salin", "Unduh", "Sumber", "Dokumen", "Pustaka", "Contoh", "Terang"):
        assert label not in words
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Ask in" in page.locator("#question textarea").get_attribute("placeholder")


def test_an_answer_is_copied_and_downloaded_with_its_citations(open_page: Open) -> None:
    """Both give the same Markdown: quotation, document, page and characters."""
    page = open_page("id-ID", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    ask(page, "Kapan UNOSSC dibentuk?")
    page.click("#copy")
    page.wait_for_selector("#copy.done")
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.click("#download")
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert copied == written
    assert download.value.suggested_filename.endswith(".md")
    assert re.search(r"^> .*1974", written, re.MULTILINE)
    assert re.search(r"halaman \d+, karakter \d+–\d+", written)


def test_a_phone_never_scrolls_sideways_and_reaches_the_input(open_page: Open) -> None:
    """At 390 pixels, empty and with an answer, a source and a document open."""
    page = open_page("id-ID", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    assert fits()
    assert page.locator("#question textarea").bounding_box()["y"] < 844
    exchange = ask(page, "Kapan UNOSSC dibentuk?")
    assert fits()
    exchange.locator("a.marker").first.tap()
    page.wait_for_selector(".source.marked")
    assert fits()
    page.locator(".source.marked button.open").tap()
    page.wait_for_selector("#document mark")
    assert fits()
    page.click("#library-tab-button")
    page.wait_for_selector("#library .entry")
    assert fits()
    page.locator("#check-tab-button").tap()
    page.fill("#claim textarea", "Kini G-77 beranggotakan 77 negara.")
    page.locator("#check").tap()
    page.locator("#checks .verdict").wait_for()
    assert fits()
    page.locator("#checks button.open").first.tap()
    page.wait_for_selector("#document mark")
    assert fits()


def test_dark_follows_the_system_and_the_toggle(open_page: Open) -> None:
    """Dark where the system is dark, and the button turns it and keeps it."""

    def lightness(page: Any) -> int:
        colour = page.eval_on_selector("body", "body => getComputedStyle(body).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3])

    assert lightness(open_page("id-ID")) > 600
    page = open_page("id-ID", color_scheme="dark")
    assert lightness(page) < 150
    page.click("#theme")
    assert lightness(page) > 600
    page.reload()
    page.wait_for_selector(".masthead")
    page.wait_for_function("!document.body.classList.contains('dark')")
    assert lightness(page) > 600


@pytest.mark.parametrize(("locale", "said"), [("id-ID", "masih kosong"), ("en-US", "still empty")])
def test_an_empty_question_is_told_so(open_page: Open, locale: str, said: str) -> None:
    """A sentence beside the input, in the page's language."""
    page = open_page(locale)
    page.click("#ask")
    page.wait_for_selector("#notice .notice")
    assert said in page.locator("#notice").inner_text()


CLAIMS = [
    ("id-ID", "Kini G-77 beranggotakan 134 negara.", "supported", "Didukung sumber"),
    ("id-ID", "Kini G-77 beranggotakan 77 negara.", "contradicted", "Dibantah sumber"),
    ("id-ID", "Ibu kota Mongolia adalah Ulan Bator.", "not_in_sources", "Tidak ada dalam sumber"),
    ("en-US", "UNOSSC was established in 1974.", "supported", "Supported by the sources"),
    ("en-US", "Today the G-77 has 120 member countries.", "contradicted", "Contradicted by the sources"),
    ("en-US", "The capital of Mongolia is Ulaanbaatar.", "not_in_sources", "Not in the sources"),
]


@pytest.mark.parametrize(("locale", "claim", "verdict", "said"), CLAIMS)
def test_a_claim_of_each_verdict(open_page: Open, locale: str, claim: str, verdict: str, said: str) -> None:
    """In words, with its mark, and the evidence opens in its document."""
    page = open_page(locale)
    page.click("#check-tab-button")
    page.fill("#claim textarea", claim)
    page.click("#check")
    shown = page.locator(f"#checks .checked-claim.{verdict}")
    shown.wait_for()
    assert said in shown.inner_text()
    page.wait_for_function("!document.querySelector('#claim textarea').disabled")
    if verdict != "not_in_sources":
        quote = shown.locator("mark").first.inner_text()
        shown.locator("button.open").first.click()
        page.wait_for_selector("#document mark")
        assert page.locator("#document mark").first.inner_text().split() == quote.split()


def test_a_speech_becomes_a_table(open_page: Open, tmp_path: Path) -> None:
    """Questions and greetings are left aside in sight, and the table can be downloaded."""
    page = open_page("id-ID")
    page.click("#check-tab-button")
    page.fill("#claim textarea", "ANI: Selamat malam. G-77 dibentuk pada 1964.\nBUDI: Apakah itu benar?")
    page.click("#check")
    page.wait_for_selector("#checks .check-summary")
    assert page.locator("#checks .checked-claim.aside").count() == 2
    page.wait_for_selector("#keep-table:enabled")
    with page.expect_download() as waiting:
        page.click("#keep-table")
    waiting.value.save_as(tmp_path / "table.csv")
    table = (tmp_path / "table.csv").read_text(encoding="utf-8")
    assert "BUDI" in table
    assert "1964" in table
