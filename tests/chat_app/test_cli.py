"""The contract of the command line, in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from indexer.encoder.cache import encoder_folder
from indexer.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("index", "ask", "search", "check", "source", "sources", "chat")
CITATION_KEYS = {"number", "document", "title", "section", "page", "start", "end", "quote", "language", "url"}
ANSWER_KEYS = {
    "question", "language", "outcome", "answer", "short_answer", "confidence", "citations", "related", "elapsed_ms",
}  # fmt: skip


def tanya(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "chat_app.cli", *arguments],
        input=stdin, capture_output=True, cwd=ROOT, timeout=200, check=False, env=os.environ | environment,
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """The one line of a failure: no traceback, nothing on stdout."""
    assert done.returncode == code, done.stderr.decode()
    assert done.stdout == b""
    [line] = done.stderr.decode().splitlines()
    return line


def from_json(done: subprocess.CompletedProcess[bytes]) -> Any:
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_every_command_has_help() -> None:
    """`tanya --help` lists the commands, and each explains itself in both languages."""
    from typer.testing import CliRunner

    from chat_app.cli import app

    runner = CliRunner()
    listed = runner.invoke(app, ["--help"])
    assert listed.exit_code == 0
    for command in COMMANDS:
        assert command in listed.stdout
        shown = runner.invoke(app, [command, "--help"])
        assert shown.exit_code == 0
        assert " / " in shown.stdout


def test_ask_prints_the_contract(real_index: Path) -> None:
    """`ask --json` prints one object with the promised keys, and its quotes are slices of `source --json`."""
    answer = from_json(tanya("ask", "Kapan UNOSSC dibentuk?", "--json", "--index", str(real_index)))
    assert set(answer) == ANSWER_KEYS
    assert (answer["outcome"], answer["language"], answer["question"]) == ("answered", "id", "Kapan UNOSSC dibentuk?")
    assert set(answer["elapsed_ms"]) == {"total", "search", "read"}
    assert answer["related"] == []
    source = from_json(tanya("source", "katadata-2024", "--json", "--index", str(real_index)))
    assert set(source) == {"document", "title", "pages"}
    assert [set(page) for page in source["pages"]] == [{"page", "text"}]
    for citation in answer["citations"]:
        assert set(citation) == CITATION_KEYS
        if citation["document"] == "katadata-2024":
            [page] = [page for page in source["pages"] if page["page"] == citation["page"]]
            assert page["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_search_and_sources_print_the_contract(real_index: Path) -> None:
    """`search --json` and `sources --json` print the promised keys; --k counts."""
    found = from_json(tanya("search", "UNOSSC", "--k", "3", "--json", "--index", str(real_index)))
    assert set(found) == {"query", "hits"}
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        assert set(hit) == {"document", "page", "start", "end", "section", "score", "text"}
    listed = from_json(tanya("sources", "--json", "--index", str(real_index)))
    assert [d["document"] for d in listed["documents"]] == ["katadata-2024", "nauli-2021"]


HOSTILE: list[tuple[Any, str | None]] = [
    ("Kapan UNOSSC dibentuk?", None),
    ("", "error"),
    ("kerja sama " * 100_000, "error"),
    ("\0Kapan\0 UNOSSC\0 dibentuk?", None),
    ("😀😀😀", None),
    ("\u202eKapan UNOSSC dibentuk?\u202c", None),
    ("مرحبا متى تأسس المكتب؟", None),
    ("<script>alert(1)</script>", None),
    ("ﷺ" * 100_000, "error"),
    ("ﷺ" * 1_500, None),
    ("\ud800 Kapan UNOSSC dibentuk?", None),
    ("'; DROP TABLE passages; --", None),
    (["a", "list"], "error"),
    (12, "error"),
    (None, "error"),
    ("When was UNOSSC established?", None),
]


def test_hostile_questions_in_a_batch(real_index: Path) -> None:
    """One JSON object a line, in order, with the same id, whatever the line holds; bad lines do not stop the rest."""
    lines = [json.dumps({"id": f"q{n}", "question": question}).encode() for n, (question, _) in enumerate(HOSTILE)]
    bad = [
        b"{not json", b"[1, 2]", b'"text"', b"\xff\xfe\x00", b"[" * 50_000, b'{"id": 5}',
        b'{"id": NaN, "question": "x"}',
        b'{"id": ' + b"9" * 5_000 + b', "question": "x"}',
    ]  # fmt: skip
    last = json.dumps({"id": {"a": [1]}, "question": "Apa itu G-77?"}).encode()
    stdin = b"\n".join([*lines, b"", *bad, last]) + b"\n"
    done = tanya("ask", "--batch", "-", "--index", str(real_index), stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert done.stderr == b""
    printed = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert len(printed) == len(lines) + len(bad) + 1
    for n, (question, expected) in enumerate(HOSTILE):
        assert printed[n]["id"] == f"q{n}"
        assert ("error" in printed[n]) == (expected == "error"), (str(question)[:40], printed[n])
        if expected is None:
            assert set(printed[n]) == ANSWER_KEYS | {"id"}
    for result in printed[len(lines) : -1]:
        assert set(result) == {"id", "error"}
        assert len(result["error"]) < 500
    assert printed[len(lines) + 5]["id"] == 5
    assert printed[-1]["id"] == {"a": [1]}
    assert printed[-1]["outcome"] in ("answered", "not_in_sources")


def test_a_batch_of_searches(real_index: Path, tmp_path: Path) -> None:
    """`search --batch` reads a file with queries and a missing key is said so."""
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "query": "UNOSSC"}\n{"id": 2, "question": "UNOSSC"}\n')
    done = tanya("search", "--batch", str(file), "--k", "2", "--index", str(real_index))
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], first["query"], len(first["hits"])) == (1, "UNOSSC", 2)
    assert (second["id"], "query" in second["error"]) == (2, True)


def test_check_prints_the_contract(real_index: Path) -> None:
    """Each verdict with its keys; the evidence is a citation with a stance and a reason."""
    lines = [
        {"id": 1, "claim": "Saat ini G-77 beranggotakan 77 negara."},
        {"id": 2, "claim": "The capital of Mongolia is Ulaanbaatar."},
        {"id": 3, "question": "?"},
    ]
    stdin = "\n".join(map(json.dumps, lines)).encode()
    done = tanya("check", "--batch", "-", "--index", str(real_index), stdin=stdin)
    first, second, third = (json.loads(line) for line in done.stdout.decode().splitlines())
    keys = {"id", "claim", "language", "verdict", "confidence", "evidence", "related", "elapsed_ms"}
    assert set(first) == set(second) == keys
    assert (first["verdict"], second["verdict"]) == ("contradicted", "not_in_sources")
    assert set(first["evidence"][0]) == CITATION_KEYS | {"stance", "reason"}
    assert (first["evidence"][0]["stance"], first["evidence"][0]["reason"]) == (
        "contradicts",
        "klaim: 77 negara; sumber: 134 negara",
    )
    assert set(third) == {"id", "error"}


def test_a_speech_is_checked_from_a_file(real_index: Path, tmp_path: Path) -> None:
    """As JSON Lines with the place of each sentence, as Markdown and as CSV."""
    speech = "ANI: Selamat malam. Kini G-77 beranggotakan 134 negara. Benarkah itu?\n"
    file = tmp_path / "pidato.txt"
    file.write_text(speech, encoding="utf-8")
    done = tanya("check", "--file", str(file), "--json", "--index", str(real_index))
    pieces = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [piece["kind"] for piece in pieces] == ["greeting", "claim", "question"]
    assert all(speech[piece["start"] : piece["end"]] == piece["text"] for piece in pieces)
    assert [piece["check"] and piece["check"]["verdict"] for piece in pieces] == [None, "supported", None]
    table = tanya("check", "--file", str(file), "--format", "csv", "--index", str(real_index)).stdout.decode()
    assert len(table.splitlines()) == 4
    page = tanya("check", "--file", "-", "--format", "markdown", "--index", str(real_index), stdin=speech.encode())
    assert page.stdout.decode().count("\n| ") == 5
    assert "pidato" in one_line(tanya("check", "--file", str(tmp_path / "no-pidato"), "--index", str(real_index)), 1)


def test_failures_are_one_line(tmp_path: Path, real_index: Path) -> None:
    """Without an index, without the document, without the corpus: status 1 and what to do."""
    missing = str(tmp_path / "none")
    assert "tanya index" in one_line(tanya("ask", "Apa itu KSS?", "--index", missing), 1)
    assert "katadata-2024" in one_line(tanya("source", "tidak-ada", "--index", str(real_index)), 1)
    line = one_line(tanya("index", "--corpus", str(tmp_path / "nowhere"), "--index", missing), 1)
    assert "nowhere" in line
    assert not Path(missing).exists()
    assert "none.jsonl" in one_line(
        tanya("ask", "--batch", str(tmp_path / "none.jsonl"), "--index", str(real_index)), 1
    )


def test_wrong_use_has_status_2(real_index: Path) -> None:
    """No question, both ways of asking, an unknown option and an empty question are wrong use."""
    for arguments in (
        ["ask"],
        ["ask", "x", "--batch", "-"],
        ["ask", "--nonsense"],
        ["search", "x", "--k", "0"],
        ["check"],
        ["check", "x", "--file", "y"],
        ["check", "--file", "y", "--format", "pdf"],
        ["nothing"],
    ):
        done = tanya(*arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr
    assert one_line(tanya("ask", " ", "--index", str(real_index)), 2)
    assert "TANYA_PORT" in one_line(tanya("sources", TANYA_PORT="abc"), 2)


GUARD = """
    import sys
    outside = []
    def guard(event, args):
        if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"):
            outside.append((event, str(args)))
            raise OSError("no network in this test")
    sys.addaudithook(guard)
    from chat_app.cli import app
    for arguments in (["index", "--corpus", sys.argv[2], "--index", sys.argv[1]],
                      ["ask", "Kapan kantor dibentuk?", "--json", "--index", sys.argv[1]],
                      ["search", "kantor", "--json", "--index", sys.argv[1]]):
        try:
            app(arguments)
        except SystemExit as end:
            assert not end.code, (arguments, end.code)
    heavy = {"torch", "transformers", "sentence_transformers", "gradio", "sklearn"} & set(sys.modules)
    print(outside, sorted(heavy), file=sys.stderr)
    sys.exit(bool(outside or heavy))
"""


def test_no_connection_and_no_torch(tmp_path: Path) -> None:
    """Indexing, asking and searching open no connection, ask for no address and import no torch."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Kantor kerja sama dibentuk pada tahun 1974 di kota New York.")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(GUARD), str(tmp_path / "index"), str(tmp_path / "corpus")],
        capture_output=True, text=True, cwd=ROOT, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]


TRACES = """
    import sys
    from pathlib import Path
    from indexer.encoder.onnx_encoder import OnnxEncoder
    OnnxEncoder(Path(sys.argv[1])).encode_query(["Kapan UNOSSC dibentuk?"])
"""


def test_onnx_runtime_reports_nothing(tmp_path: Path) -> None:
    """ONNX Runtime's telemetry, which keeps a device id and a queue in the user's cache, is never started."""
    folder = encoder_folder(Settings().cache_folder)
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | home
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(TRACES), str(folder)],
        capture_output=True, text=True, cwd=ROOT, timeout=100, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "elemetry" not in done.stderr
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_indexing_twice_says_so(tmp_path: Path) -> None:
    """The second `tanya index` reads nothing; a file that cannot be read is named on stderr and skipped."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Kantor kerja sama dibentuk pada tahun 1974 di kota New York.")
    (tmp_path / "corpus" / "rusak.txt").write_bytes(b"\xff\xfe\xfa")
    arguments = ("index", "--corpus", str(tmp_path / "corpus"), "--index", str(tmp_path / "index"))
    first, second = tanya(*arguments), tanya(*arguments)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout.startswith(b"Indexed: 1 documents")
    assert second.stdout.startswith(b"Up to date: 1 documents")
    assert b"0 read, 1 unchanged" in second.stdout
    assert b"rusak.txt" in first.stderr
    assert b"Traceback" not in first.stderr
