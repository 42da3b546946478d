"""The `tanya` command. Exit status: 0 on success, 2 on wrong use, 1 on failure with one clear line on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from chat_app.errors import ChatError, QuestionError
from indexer.errors import IndexerError
from indexer.settings import Settings

if TYPE_CHECKING:
    from chat_app.assistant import Assistant
    from chat_app.claims import Checked, Checker, Finding
    from chat_app.datatypes import Answer, Citation, StatedValue
    from indexer.datatypes import Language

EPILOG = (
    "Documentation: README.md. Settings from the environment: TANYA_HOME, TANYA_INDEX, TANYA_CORPUS, TANYA_MODEL, …"
)

app = typer.Typer(
    name="tanya",
    help="Ask a library of documents in Indonesian or English and get cited answers, offline.\n\n"
    "Tanya jawab dengan kutipan dari pustaka dokumen, dalam bahasa Indonesia dan Inggris, tanpa jaringan.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help="Folder of the index. / Folder indeks.", show_default="the user's data folder"),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Encoder: a SentenceTransformer model's name or folder.",
        show_default="multilingual-e5-small, int8",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object. / Cetak satu objek JSON.")]
BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        help="Read JSON Lines from this file (- is standard input) and print one JSON object a line.",
    ),
]


class _BatchLine(BaseModel):
    """One line of a batch."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: JsonValue = None
    question: str | None = None
    query: str | None = None
    claim: str | None = None


@app.command(epilog=EPILOG)
def index(
    corpus: Annotated[
        Path | None,
        typer.Option(
            "--corpus",
            help="Folder of the documents. / Folder dokumen.",
            show_default="this project's corpus/",
        ),
    ] = None,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """Build the index or bring it up to date; only what changed is read. / Bangun atau perbarui indeks."""
    settings = _settings(index, model, corpus)
    with _failures():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        from indexer.build import update
        from indexer.encoder import load_encoder

        steps = {
            "read": "Reading / Membaca",
            "encode": "Encoding / Menyandikan",
            "write": "Writing / Menulis",
        }
        console = Console(stderr=True)
        encoder = load_encoder(settings, progress=_say)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
            tasks = {step: bars.add_task(label, total=None, visible=False) for step, label in steps.items()}

            def show(step: str, done: int, total: int) -> None:
                bars.update(tasks[step], completed=done, total=total, visible=True)

            report = update(settings.index_folder, settings.corpus, encoder, progress=show)
        for failure in report.failures:
            _say(f"Left out / Dilewati: {failure.message}")
        done = "Up to date" if not report.changed else "Indexed"
        print(
            f"{done}: {report.documents} documents, {report.passages} passages "
            f"({len(report.read)} read, {report.unchanged} unchanged, {len(report.removed)} removed, "
            f"{len(report.failures)} left out) in {report.seconds:.1f} s. {settings.index_folder}"
        )


@app.command(epilog=EPILOG)
def ask(
    question: Annotated[str | None, typer.Argument(help="The question. / Pertanyaannya.")] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
    batch: BatchOption = None,
    model: ModelOption = None,
) -> None:
    """Answer a question with citations, or say that the sources do not. / Jawab pertanyaan dengan kutipan.

    --json prints: question, language, outcome (answered | not_in_sources), answer with [n] markers, short_answer,
    confidence, citations, related, elapsed_ms; and where documents give different values, values: each with its
    citation's number, document, publisher and date. Each citation's quote is the slice start to end of its page in
    `tanya source`. --batch reads lines like {"id": 1, "question": "…"}.
    """
    from chat_app.contract import answer_json

    assistant = _assistant(index, model, question, batch)
    if batch is not None:
        _run_batch(batch, "question", lambda words: answer_json(assistant.answer(words)))
        return
    with _failures():
        answer = assistant.answer(_argument(question))
        if as_json:
            _print_json(answer_json(answer))
        else:
            _print_answer(answer)


@app.command(epilog=EPILOG)
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for. / Yang dicari.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help="How many passages. / Berapa bagian.")] = 10,
    everything: Annotated[
        bool,
        typer.Option("--everything", help="References and page furniture too. / Termasuk daftar pustaka."),
    ] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
    batch: BatchOption = None,
    model: ModelOption = None,
) -> None:
    """Find passages, best first. / Cari bagian dokumen.

    --json prints: query, hits with document, page, start, end, section, score, text. --batch reads lines like
    {"id": 1, "query": "…"}.
    """
    from chat_app.contract import search_json

    assistant = _assistant(index, model, query, batch)

    def found(words: str) -> dict[str, Any]:
        return search_json(words, assistant.search(words, k=k, everything=everything))

    if batch is not None:
        _run_batch(batch, "query", found)
        return
    with _failures():
        words = _argument(query)
        hits = assistant.search(words, k=k, everything=everything)
        if as_json:
            _print_json(search_json(words, hits))
            return
        for number, hit in enumerate(hits, start=1):
            a = hit.passage.anchor
            place = f"{a.document}, p. {a.page}, {a.start}–{a.end}"
            print(f"{number}. {place} · {hit.passage.section or '–'} · {hit.score:.3f}")
            print(f"   {hit.passage.reading}\n")


class TableFormat(StrEnum):
    """How a checked speech is printed."""

    text = "text"
    markdown = "markdown"
    csv = "csv"


@app.command(epilog=EPILOG)
def check(
    claim: Annotated[str | None, typer.Argument(help="The claim. / Klaimnya.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="Check every claim of a speech or article (- is standard input). / Periksa pidato."
        ),
    ] = None,
    table: Annotated[
        TableFormat, typer.Option("--format", help="How --file is printed. / Bentuk hasil --file.")
    ] = TableFormat.text,
    as_json: JsonOption = False,
    index: IndexOption = None,
    batch: BatchOption = None,
    model: ModelOption = None,
) -> None:
    """Check a claim: supported, contradicted or not in the sources. / Periksa sebuah klaim.

    --json prints: claim, language, verdict (supported | contradicted | not_in_sources), confidence, evidence (each a
    citation with stance and reason), related, elapsed_ms, and values as `tanya ask` does. --batch reads lines like
    {"id": 1, "claim": "…"}. --file reads a text, leaves questions, greetings and opinions aside, and prints a line for
    each sentence; with --json one object a line.
    """
    if sum(given is not None for given in (claim, file, batch)) != 1:
        _say("Give one claim, --file FILE or --batch FILE. / Berikan satu klaim, --file FILE, atau --batch FILE.")
        raise typer.Exit(2)
    from chat_app.contract import check_json

    text = _read_text(file) if file is not None else ""
    assistant = _assistant(index, model, "check", None, reads=False)
    with _failures():
        from chat_app.claims import Checker
        from chat_app.verifier import load_verifier

        checker = Checker(assistant, load_verifier(_settings(index, model).cache_folder, progress=_say))
        if file is not None:
            _check_transcript(checker, text, table, as_json=as_json)
        elif batch is not None:
            _run_batch(batch, "claim", lambda words: check_json(checker.check(words)))
        elif as_json:
            _print_json(check_json(checker.check(_argument(claim))))
        else:
            _print_checked(checker.check(_argument(claim)))


@app.command(epilog=EPILOG)
def source(
    document: Annotated[str, typer.Argument(help="The document's id, as `tanya sources` lists it.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
    model: ModelOption = None,
) -> None:
    """Print a document's stored text, page by page: what every citation points into. / Cetak teks dokumen."""
    from chat_app.contract import source_json

    assistant = _assistant(index, model, document, None)
    with _failures():
        pages = assistant.pages(document)
        if as_json:
            _print_json(source_json(assistant.source(document), pages))
            return
        for page in pages:
            print(f"--- {document}, {page.number} ---\n{page.text}")


@app.command(epilog=EPILOG)
def sources(as_json: JsonOption = False, index: IndexOption = None, model: ModelOption = None) -> None:
    """List what is in the library. / Daftar isi pustaka."""
    from chat_app.contract import sources_json

    assistant = _assistant(index, model, "sources", None)
    with _failures():
        found = assistant.sources()
        if as_json:
            _print_json(sources_json(found))
            return
        for item in found:
            about = ", ".join(part for part in (*item.authors, item.publisher, item.date) if part)
            print(f"{item.id}\n    {item.title}" + (f"\n    {about}" if about else ""))


@app.command(epilog=EPILOG)
def chat(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Port to listen on.", show_default="7860")
    ] = None,
    index: IndexOption = None,
    model: ModelOption = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Open the web page. / Buka halaman web."""
    settings = _settings(index, model)
    assistant = _assistant(index, model, "chat", None)
    with _failures():
        from chat_app.claims import Checker
        from chat_app.ui import launch
        from chat_app.verifier import load_verifier

        launch(
            assistant,
            Checker(assistant, load_verifier(settings.cache_folder, progress=_say)),
            host=host or settings.host,
            port=port or settings.port,
            data_folder=settings.data_folder,
            open_browser=browser and bool(os.environ.get("DISPLAY") or sys.platform in ("darwin", "win32")),
            on_ready=lambda address: _say(f"Tanya Selatan: {address} (Ctrl-C stops it / menghentikannya)"),
        )


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        # The reader went away, as `| head` does. Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _settings(index: Path | None, model: str | None, corpus: Path | None = None) -> Settings:
    given = {"index": index, "model": model, "corpus": corpus}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        _say(f"TANYA_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}.")
        raise typer.Exit(2) from None


def _assistant(
    index: Path | None, model: str | None, argument: str | None, batch: Path | None, *, reads: bool = True
) -> Assistant:
    """The assistant over the chosen index; wrong use is told before anything is loaded."""
    if (argument is None) == (batch is None):
        _say("Give one question, or --batch FILE. / Berikan satu pertanyaan, atau --batch FILE.")
        raise typer.Exit(2)
    settings = _settings(index, model)
    with _failures():
        from chat_app.assistant import Assistant
        from chat_app.reader import load_reader
        from indexer.encoder import load_encoder
        from indexer.storage import open_generation

        open_generation(settings.index_folder, verify=False)  # before the encoder, which takes longer to load
        encoder = load_encoder(settings, progress=_say)
        reader = load_reader(settings.cache_folder, progress=_say) if reads else None
        return Assistant(settings.index_folder, encoder, reader)


def _argument(words: str | None) -> str:
    """An argument as text: bytes that are no UTF-8 arrive as lone surrogates and are replaced."""
    return (words or "").encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _failures() -> Iterator[None]:
    """Errors as one line on stderr and an exit status."""
    try:
        yield
    except QuestionError as error:
        _say(str(error))
        raise typer.Exit(2) from None
    except (ChatError, IndexerError) as error:
        _say(str(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        _say("Stopped; nothing is lost. / Dihentikan; tidak ada yang hilang.")
        raise typer.Exit(130) from None


def _run_batch(file: Path, key: str, answer: Callable[[str], dict[str, Any]]) -> None:
    """Answer each line of a JSON Lines file in order; a bad line gets an object with "error"."""
    with _failures():
        try:
            stream = sys.stdin.buffer if str(file) == "-" else file.open("rb")
        except OSError as error:
            _say(f"{file}: cannot be read ({error.strerror}).")
            raise typer.Exit(1) from None
        with stream:
            for raw in stream:
                if raw.strip():
                    _print_json(_batch_result(raw, key, answer))
                    sys.stdout.flush()


def _batch_result(raw: bytes, key: str, answer: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    identifier: JsonValue = None
    try:
        read = json.loads(raw, parse_constant=_no_constant)
        identifier = read.get("id") if isinstance(read, dict) else None
        line = _BatchLine.model_validate(read)
        words: str | None = getattr(line, key)
        if words is None:
            return {"id": identifier, "error": f'no "{key}" in this line'}
        return {"id": identifier, **answer(_argument(words))}
    except ValidationError as error:
        first = error.errors()[0]
        return {"id": identifier, "error": f"{'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}"}
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, a number of thousands of digits
        return {"id": identifier, "error": f"not a line of JSON: {error}"}
    except (ChatError, IndexerError) as error:
        return {"id": identifier, "error": str(error)}


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _print_answer(answer: Answer) -> None:
    from chat_app.phrases import PHRASES

    phrases = PHRASES[answer.language]
    if answer.values:
        _print_values(answer.values, answer.citations, answer.language)
    elif answer.short_answer:
        print(f"{answer.short_answer}\n")
    print(answer.text)
    if answer.related:
        print(f"\n{phrases.answer.related}:")
    for citation in (*answer.citations, *answer.related):
        _print_citation(citation, bool(answer.related))
    if answer.citations:
        print(f"\n{phrases.answer.confidence}: {answer.confidence:.0%}")


def _print_values(values: Sequence[StatedValue], citations: Sequence[Citation], language: Language) -> None:
    from chat_app.contract import values_with_sources
    from chat_app.phrases import PHRASES

    print(f"{PHRASES[language].answer.values_differ}:")
    for value, citation in values_with_sources(values, citations):
        print(f"  {value.value} · {_about(citation)} [{citation.number}]")
    print()


def _read_text(file: Path) -> str:
    """A text file's words, or standard input's; bytes that are no UTF-8 are replaced."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        _say(f"{file}: cannot be read ({error.strerror}).")
        raise typer.Exit(1) from None
    return raw.decode("utf-8", errors="replace")


def _check_transcript(checker: Checker, text: str, table: TableFormat, *, as_json: bool) -> None:
    """Check every claim of a text and print the result; the bar goes to stderr."""
    from rich.console import Console
    from rich.progress import track

    from chat_app.contract import piece_json
    from chat_app.transcript import PieceKind, read_transcript
    from chat_app.transcript_table import CheckedPiece, comma_separated, markdown, summary, verdict_words
    from indexer.language import detect_language

    transcript = read_transcript(text)
    language = detect_language(transcript.text)
    console = Console(stderr=True)
    found = [
        CheckedPiece(piece, checker.check(piece.text) if piece.kind is PieceKind.CLAIM else None)
        for piece in track(
            transcript.pieces,
            description="Checking / Memeriksa",
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
    ]
    if as_json:
        for one in found:
            _print_json(piece_json(one.piece, one.checked))
    elif table is TableFormat.markdown:
        print(markdown(found, language), end="")
    elif table is TableFormat.csv:
        print(comma_separated(found, language), end="")
    else:
        for one in found:
            if one.checked:
                who = f"{one.piece.speaker}: " if one.piece.speaker else ""
                print(f"{one.piece.line}. {who}{' '.join(one.piece.text.split())}")
                print(f"   {verdict_words(one.checked, language)}")
                for finding in one.checked.evidence:
                    _print_finding(finding, language)
                print()
        print(summary(found, language))


def _print_checked(checked: Checked) -> None:
    from chat_app.phrases import PHRASES
    from chat_app.transcript_table import verdict_words

    print(verdict_words(checked, checked.language))
    if checked.values:
        print()
        _print_values(checked.values, [finding.citation for finding in checked.evidence], checked.language)
    for finding in checked.evidence:
        _print_finding(finding, checked.language)
    if checked.related:
        print(f"\n{PHRASES[checked.language].claim.related}:")
    for citation in checked.related:
        _print_citation(citation, is_related=True)


def _print_finding(finding: Finding, language: Language) -> None:
    from chat_app.contract import reason
    from chat_app.phrases import PHRASES

    _print_citation(finding.citation, is_related=False)
    said = [PHRASES[language].claim.stances[finding.stance.value], reason(finding.differences, language)]
    print(f"    → {' · '.join(filter(None, said))}")


def _print_citation(citation: Citation, is_related: bool) -> None:
    place = f"{citation.anchor.document}, p. {citation.anchor.page}, {citation.anchor.start}–{citation.anchor.end}"
    mark = "·" if is_related else f"[{citation.number}]"
    print(f"\n{mark} {_about(citation)}\n    {place}" + (f" · {citation.section}" if citation.section else ""))
    print(f"    “{' '.join(citation.quote.split())}”")


def _about(citation: Citation) -> str:
    """A citation's title, publisher and date, as far as they are known."""
    return ", ".join(part for part in (citation.title, citation.publisher, citation.date) if part)


def _say(line: str) -> None:
    """One line on stderr."""
    print(" ".join(line.split()), file=sys.stderr)


if __name__ == "__main__":
    main()
