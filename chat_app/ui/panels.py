"""Lays the page out. Nothing here acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chat_app.phrases import EXAMPLES, LANGUAGE_NAMES, PHRASES
from chat_app.ui import render
from indexer.datatypes import LANGUAGES, Language

SOURCES, DOCUMENT, LIBRARY = "sources", "document", "library"
"""The ids of the tabs beside the conversation."""
ASK, CHECK = "ask", "check"
"""The ids of the tabs that say what is done: asking or checking."""

FIRST_LANGUAGE: Language = "id"
"""What the page is drawn in until the browser has told its locale."""

_NO_LATEX: list[dict[str, str | bool]] = []
"""Documents speak of dollars; none of them writes formulas."""


@dataclass(frozen=True, slots=True)
class Panels:
    """The components of the page that handlers read or change."""

    header: gr.Markdown
    language: gr.Radio
    theme: gr.Button
    chat: gr.Markdown
    question: gr.Textbox
    ask: gr.Button
    notice: gr.Markdown
    examples_label: gr.Markdown
    examples_box: gr.Column
    examples: tuple[gr.Button, ...]
    new: gr.Button
    copy: gr.Button
    download: gr.DownloadButton
    ask_tab: gr.Tab
    check_tab: gr.Tab
    checks: gr.Markdown
    claim: gr.Textbox
    check: gr.Button
    check_notice: gr.Markdown
    keep_checks: gr.DownloadButton
    keep_table: gr.DownloadButton
    tabs: gr.Tabs
    sources_tab: gr.Tab
    document_tab: gr.Tab
    library_tab: gr.Tab
    sources: gr.Markdown
    document: gr.Markdown
    library: gr.Markdown
    checked: gr.State
    """What was checked last: a tuple of `CheckedPiece`."""
    turns: gr.State
    """The conversation so far: a tuple of `Turn`."""
    place: gr.State
    """The place shown in the document tab, as `render_sources.open_command` writes it, or nothing."""
    export: gr.Textbox
    """The current answer as Markdown, for the copy button; not seen."""
    command: gr.Textbox
    """Where page.js writes which place to open; not seen."""


def build() -> Panels:
    """Lay out the page inside the current `gr.Blocks`."""
    phrases = PHRASES[FIRST_LANGUAGE].page
    with gr.Row(elem_id="top"):
        header = _markdown(render.header(phrases, FIRST_LANGUAGE), "header")
        with gr.Row(elem_id="controls"):
            language = gr.Radio(
                [(LANGUAGE_NAMES[code], code) for code in LANGUAGES],
                value=FIRST_LANGUAGE,
                label=phrases.language_label,
                container=False,
                elem_id="language",
            )
            theme = gr.Button(phrases.theme, size="sm", elem_id="theme", min_width=80)
    with gr.Row(elem_id="main", equal_height=False):
        with gr.Column(scale=3, min_width=300, elem_id="conversation"), gr.Tabs(selected=ASK, elem_id="modes"):
            with gr.Tab(phrases.ask_tab, id=ASK, elem_id="ask-tab") as ask_tab:
                # Not a gr.Chatbot: it names each message by its HTML source, which screen readers read out,
                # copies that source too, and has buttons whose language follows the browser and not the page.
                chat = _markdown(render.conversation((), phrases), "chat")
                with gr.Column(elem_id="examples") as examples_box:
                    examples_label = _markdown(render.hint(phrases.examples), "examples-label")
                    with gr.Row(elem_id="example-buttons"):
                        examples = tuple(
                            gr.Button(example, size="sm", elem_classes=["example"], interactive=False)
                            for language_code in LANGUAGES
                            for example in EXAMPLES[language_code]
                        )
                notice = _markdown("", "notice")
                with gr.Row(elem_id="ask-row", equal_height=False):
                    question = gr.Textbox(
                        elem_id="question",
                        label=phrases.question_label,
                        show_label=False,
                        container=False,
                        placeholder=phrases.question_hint,
                        lines=1,
                        max_lines=6,
                        scale=5,
                        min_width=160,
                        interactive=False,  # until the page is drawn in its visitor's language
                    )
                    ask = gr.Button(
                        phrases.ask, variant="primary", elem_id="ask", scale=0, min_width=88, interactive=False
                    )
                with gr.Row(elem_id="actions"):
                    new = gr.Button(phrases.new_conversation, size="sm", elem_id="new", min_width=80)
                    copy = gr.Button(phrases.copy_answer, size="sm", elem_id="copy", min_width=80, interactive=False)
                    download = gr.DownloadButton(
                        phrases.download, size="sm", elem_id="download", min_width=80, interactive=False
                    )
            with gr.Tab(phrases.check_tab, id=CHECK, elem_id="check-tab", render_children=True) as check_tab:
                checks = _markdown(render.hint(phrases.check_placeholder), "checks")
                check_notice = _markdown("", "check-notice")
                with gr.Row(elem_id="check-row", equal_height=False):
                    claim = gr.Textbox(
                        elem_id="claim",
                        label=phrases.claim_label,
                        show_label=False,
                        container=False,
                        placeholder=phrases.claim_hint,
                        lines=3,
                        max_lines=10,
                        scale=5,
                        min_width=160,
                        interactive=False,
                    )
                    check = gr.Button(
                        phrases.check, variant="primary", elem_id="check", scale=0, min_width=88, interactive=False
                    )
                with gr.Row(elem_id="check-actions"):
                    keep_checks = gr.DownloadButton(
                        phrases.download, size="sm", elem_id="keep-checks", min_width=80, interactive=False
                    )
                    keep_table = gr.DownloadButton(
                        phrases.download_table, size="sm", elem_id="keep-table", min_width=80, interactive=False
                    )
        with (
            gr.Column(scale=2, min_width=300, elem_id="beside"),
            gr.Tabs(selected=SOURCES, elem_id="tabs") as tabs,
        ):
            with gr.Tab(phrases.sources, id=SOURCES, elem_id="sources-tab") as sources_tab:
                sources = _markdown(render.hint(phrases.sources_empty), "sources")
            with gr.Tab(phrases.document, id=DOCUMENT, elem_id="document-tab", render_children=True) as document_tab:
                document = _markdown(render.hint(phrases.document_empty), "document")
            with gr.Tab(phrases.library, id=LIBRARY, elem_id="library-tab", render_children=True) as library_tab:
                library = _markdown("", "library")
    return Panels(
        header=header,
        language=language,
        theme=theme,
        chat=chat,
        question=question,
        ask=ask,
        notice=notice,
        examples_label=examples_label,
        examples_box=examples_box,
        examples=examples,
        new=new,
        copy=copy,
        download=download,
        ask_tab=ask_tab,
        check_tab=check_tab,
        checks=checks,
        claim=claim,
        check=check,
        check_notice=check_notice,
        keep_checks=keep_checks,
        keep_table=keep_table,
        tabs=tabs,
        sources_tab=sources_tab,
        document_tab=document_tab,
        library_tab=library_tab,
        sources=sources,
        document=document,
        library=library,
        checked=gr.State(()),
        turns=gr.State(()),
        place=gr.State(""),
        export=_unseen("export"),
        command=_unseen("command"),
    )


def _markdown(value: str, name: str) -> gr.Markdown:
    return gr.Markdown(value, elem_id=name, sanitize_html=True, latex_delimiters=_NO_LATEX, container=False)


def _unseen(name: str) -> gr.Textbox:
    # In the page, so that page.js can reach it, and taken out of sight and of the tab order by style.css.
    settings: dict[str, Any] = {"show_label": False, "container": False, "lines": 2, "max_lines": 2}
    return gr.Textbox(elem_id=name, elem_classes=["unseen"], interactive=True, **settings)
