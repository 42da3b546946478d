"""What may import what, and what may stand nowhere: read from the syntax trees, not from running anything."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("indexer", "chat_app", "eval")
ENGINES = {
    "faiss": {"indexer/dense.py"},
    "bm25s": {"indexer/sparse.py"},
    "Stemmer": {"indexer/stemming.py"},
    "pypdf": {"indexer/loaders/pdf.py"},
    "tokenizers": {"indexer/encoder/tokenizer.py"},
    "langchain_text_splitters": {"indexer/splitter.py"},
    "sentencex": {"indexer/splitter.py"},
    "sqlite3": {"indexer/library.py"},
    "platformdirs": {"indexer/settings.py"},
}
"""Each foreign engine and the one file outside eval that imports it."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def files(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name_of(path)}: relative import"
            yield node.module


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("indexer", "chat_app"), ("indexer", "eval"), ("chat_app", "eval"), ("indexer", "gradio"), ("indexer", "typer")],
)
def test_data_flows_one_way(package: str, forbidden: str) -> None:
    """corpus → indexer → chat_app; nothing but eval imports eval."""
    for path in files(package):
        assert not [module for module in imports(path) if module.split(".")[0] == forbidden], name_of(path)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_is_imported_in_one_file(engine: str) -> None:
    """A foreign engine stays behind its border."""
    found = {name_of(p) for p in files("indexer", "chat_app") if engine in {m.split(".")[0] for m in imports(p)}}
    assert found == ENGINES[engine]


@pytest.mark.parametrize(
    ("engine", "border"),
    [("gradio", "chat_app/ui/"), ("onnxruntime", "indexer/encoder/"), ("onnx", "indexer/encoder/")],
)
def test_wider_engines_stay_in_their_package(engine: str, border: str) -> None:
    """Gradio is known to the page alone, ONNX to the encoder's package alone."""
    found = [name_of(p) for p in files("indexer", "chat_app") if engine in {m.split(".")[0] for m in imports(p)}]
    assert found
    assert all(name.startswith(border) for name in found), found


def test_torch_is_for_training_and_foreign_models() -> None:
    """Outside eval no file imports torch or transformers, and one file SentenceTransformer."""
    for engine, expected in (
        ("torch", set()),
        ("transformers", set()),
        ("sentence_transformers", {"indexer/encoder/sentence_transformer.py"}),
    ):
        found = {name_of(p) for p in files("indexer", "chat_app") if engine in {m.split(".")[0] for m in imports(p)}}
        assert found <= expected, engine


def test_nothing_runs_code_from_data() -> None:
    """No pickle, no eval or exec, no `allow_pickle` or `trust_remote_code` that is on, in what users run."""
    for path in files("indexer", "chat_app"):
        assert not {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"} & {
            m.split(".")[0] for m in imports(path)
        }, name_of(path)
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            place = f"{name_of(path)}:{node.lineno}"
            called = node.func.id if isinstance(node.func, ast.Name) else None
            assert called not in ("eval", "exec", "compile", "__import__"), place
            for keyword in node.keywords:
                if keyword.arg in ("allow_pickle", "trust_remote_code", "shell"):
                    assert isinstance(keyword.value, ast.Constant), place
                    assert keyword.value.value is False, place
            if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) in ("np.load", "np.save"):
                assert "allow_pickle" in {keyword.arg for keyword in node.keywords}, place


def test_only_the_edges_print_or_exit() -> None:
    """Library code neither prints nor ends the program."""
    for path in files("indexer", "chat_app"):
        if name_of(path) in ("chat_app/cli.py",):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in ("print", "sys.exit", "exit", "quit", "os._exit"), (
                    f"{name_of(path)}:{node.lineno}"
                )


def test_tests_have_no_packages() -> None:
    """An __init__.py under tests would hide the package of the same name."""
    assert not list((ROOT / "tests").rglob("__init__.py"))


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a checkout of git")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_machine_is_named() -> None:
    """No tracked file names a package registry's file host or a path of the machine it was made on."""
    traces = re.compile(
        "|".join(
            (
                "pythonhosted" + r"\.org",
                "/" + "work" + "/",
                "/" + "root" + "/",
                "/" + "tmp" + "/bash",
                r"(?<![\w.])/" + "home" + r"/\w",
            )
        )
    )
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found = traces.search(text)
        assert not found, f"{name_of(path)}: {found[0]}"
