"""Search over a whole index, and what happens to it when a bit turns over."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.build import update
from indexer.centring import centre
from indexer.datatypes import EVIDENCE_KINDS, SectionKind
from indexer.encoder import Encoder
from indexer.errors import IndexerError, IndexIncompatible, IndexMissing, IndexStorageError
from indexer.index import PassageIndex
from indexer.storage import open_generation

Corpus = Callable[[Mapping[str, str | bytes]], Path]
ROOT = Path(__file__).parents[2]
ALL_KINDS = frozenset(SectionKind)


@pytest.fixture
def index(real_index: Path, real_encoder: Encoder) -> PassageIndex:
    return PassageIndex.open(real_index, real_encoder)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kapan UNOSSC dibentuk", "15 September 1974"),
        ("when was UNOSSC established", "15 September 1974"),
        ("berapa kontribusi tahunan Indonesia", "3,588,249.00"),
        ("annual contribution of Thailand", "500,636,838.00"),
        ("prinsip utama kerja sama selatan-selatan", "kedaulatan nasional"),
    ],
)
def test_finds_the_passage_first_or_nearly(index: PassageIndex, query: str, words: str) -> None:
    """A question in either language finds its passage among the first three."""
    assert any(words in hit.passage.text for hit in index.search(query, k=3))


def test_references_and_furniture_are_found_only_on_request(index: PassageIndex) -> None:
    """A bibliography entry is no evidence; asked for, it is found."""
    query = "Lithuanian Annual Strategic Review Beržiūnas"
    assert {hit.passage.kind for hit in index.search(query, k=60)} <= EVIDENCE_KINDS
    assert index.search(query, kinds=ALL_KINDS)[0].passage.kind is SectionKind.REFERENCES
    assert index.search("Ikuti kami", k=5, kinds={SectionKind.FURNITURE})


def test_the_best_sentence_is_the_greatest_of_its_passage(index: PassageIndex) -> None:
    """For every passage, those without a sentence among them, in any order."""
    query = "Kapan UNOSSC dibentuk?"
    vector = index.encode(query)
    centred = centre(vector, index._question_means["id"])
    for language in ("id", "en"):
        ids = np.flatnonzero(index._languages == language)[::-1]
        expected = [
            float(found.max(initial=-1)) if len(found) else 0.0
            for found in index.sentence_cosines(query, vector, list(ids))
        ]
        np.testing.assert_allclose(index._best_sentences(ids, language, centred), expected, atol=1e-6)


def test_scores_agree_with_numpy(index: PassageIndex) -> None:
    """The dense part of every hit is the centred cosine of the vectors as they are stored."""
    query = "Kapan UNOSSC dibentuk?"
    means = np.load(index.generation.path("means.npy")).astype(np.float32)
    vectors = np.load(index.generation.path("passages.npy")).astype(np.float32)
    question_means = np.load(index.generation.path("question_means.npy")).astype(np.float32)
    asked = centre(index.encode(query), question_means[0])
    hits = index.search(query, k=1000)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        mean = means[0 if hit.passage.language == "id" else 1]
        assert hit.dense == pytest.approx(float(centre(vectors[hit.passage_id], mean) @ asked), abs=1e-5)
    nearest = max(hits, key=lambda hit: hit.dense).passage_id
    evidence = {hit.passage_id for hit in hits}
    assert nearest in evidence


def test_both_languages_have_candidates(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """A hundred passages in the question's language leave room for the one in the other language."""
    files: dict[str, str | bytes] = {
        f"{n}.txt": f"Kantor kerja sama nomor {n} dibentuk pada tahun yang lalu di kota ini." for n in range(100)
    }
    folder = corpus({**files, "one.txt": "The office of trade was founded in 1974 with UNOSSC by the assembly."})
    update(tmp_path / "index", folder, words)
    hits = PassageIndex.open(tmp_path / "index", words).search("kapan kantor UNOSSC dibentuk", k=100)
    assert {hit.passage.language for hit in hits} == {"id", "en"}


def test_a_question_about_the_library_is_nearer_than_another(index: PassageIndex) -> None:
    """Above everyday sentences, in either language; nothing is near to no passages."""
    everything = list(range(len(index)))
    about, other = (
        [index.nearness(index.encode(query), everything) for query in queries]
        for queries in (
            ("Kapan UNOSSC dibentuk?", "Who adopted the Buenos Aires Plan of Action?"),
            ("Bagaimana cara memasak rendang?", "How do I reset my password?"),
        )
    )
    assert min(about) > max(other)
    assert index.nearness(index.encode("apa"), []) == 0.0


def test_what_is_asked_of_the_topic_counts_by_itself(index: PassageIndex, real_encoder: Encoder) -> None:
    """Every passage is about South-South cooperation; what is asked about it is not lost beside that name."""
    query = "What should South-South Cooperation build to adjust?"
    whole, asked = real_encoder.encode_query([index.aliases.expand(query), "What should build to adjust?"])
    mixed = index.encode(query)
    assert np.linalg.norm(mixed) == pytest.approx(1, abs=1e-4)
    assert mixed @ asked > whole @ asked + 0.05
    assert mixed @ whole > 0.8


@pytest.mark.parametrize("query", ["Apa itu KSS?", "Kapan UNOSSC dibentuk?", "Berapa jumlah penduduk Fiji?"])
def test_other_questions_are_encoded_once(index: PassageIndex, real_encoder: Encoder, query: str) -> None:
    """One that asks nothing besides the topic, or names what few passages do, or nothing that has other names."""
    (whole,) = real_encoder.encode_query([index.aliases.expand(query)])
    assert index.encode(query) == pytest.approx(whole, abs=1e-5)


def test_only_the_given_documents(index: PassageIndex) -> None:
    """A search within one document finds nothing of another; within none, nothing."""
    hits = index.search("kerja sama", k=50, documents={"katadata-2024"})
    assert {hit.passage.anchor.document for hit in hits} == {"katadata-2024"}
    assert index.search("kerja sama", documents=set()) == []
    assert index.search("kerja sama", documents={"nowhere"}) == []


@pytest.mark.parametrize("query", ["", "  \n", "?", "😀", "\0", "مرحبا", "<script>", "ﷺ" * 300])
def test_odd_queries_are_searched(index: PassageIndex, query: str) -> None:
    """An empty query finds nothing; any other gives finite scores."""
    hits = index.search(query)
    assert bool(hits) == bool(query.strip())
    assert all(np.isfinite(hit.score) for hit in hits)


def test_hits_are_slices_of_pages(index: PassageIndex) -> None:
    """What is stored and read back is still exact."""
    for source in index.sources():
        pages = {page.number: page.text for page in index.pages(source.id)}
        for _, passage in index.document_passages(source.id):
            for text, anchor in [(passage.text, passage.anchor), *((s.text, s.anchor) for s in passage.sentences)]:
                assert pages[anchor.page][anchor.start : anchor.end] == text
                assert index.page_text(source.id, anchor.page) == pages[anchor.page]


def test_unknown_documents_are_named(index: PassageIndex) -> None:
    """Asking for a document or a page that is not there names it."""
    with pytest.raises(IndexerError, match=r"tidak-ada.*katadata-2024"):
        index.pages("tidak-ada")
    with pytest.raises(IndexerError, match="page 9"):
        index.page_text("nauli-2021", 9)
    with pytest.raises(IndexerError, match="tidak-ada"):
        index.source("tidak-ada")


def test_a_missing_index_names_the_command(tmp_path: Path, words: Encoder) -> None:
    """The message says what to run."""
    with pytest.raises(IndexMissing, match="tanya index"):
        PassageIndex.open(tmp_path / "none", words)


def test_every_flipped_bit_is_caught(real_index: Path, real_encoder: Encoder, tmp_path: Path) -> None:
    """One bit turned over in any file of a real index, at its start, end or middle, is a typed error."""
    root = tmp_path / "index"
    shutil.copytree(real_index, root)
    generation = open_generation(root)
    paths = [root / "manifest.json", *(generation.folder / name for name in generation.manifest.files)]
    assert len(paths) > 10
    rng = np.random.default_rng(5)
    for path in paths:
        whole = path.read_bytes()
        for at in {0, len(whole) - 1, *rng.integers(0, len(whole), 3).tolist()}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << int(rng.integers(8)))]) + whole[at + 1 :])
            with pytest.raises(IndexStorageError) as caught:
                PassageIndex.open(root, real_encoder)
            assert not isinstance(caught.value, IndexIncompatible) or path.name == "manifest.json"
        path.write_bytes(whole)
    assert len(PassageIndex.open(root, real_encoder)) > 0


def test_a_planted_pickle_is_never_run(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """An array file replaced by a pickle, with a checksum that fits, is refused unread."""
    import pickle

    from indexer.storage import GenerationWriter

    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "exploded",))

    folder = corpus({"a.txt": "Sebuah kalimat yang cukup panjang tentang kerja sama antar negara."})
    update(tmp_path / "index", folder, words)
    old = open_generation(tmp_path / "index")
    with GenerationWriter(tmp_path / "index") as writer:
        for name in old.manifest.files:
            content = old.path(name).read_bytes()
            if name == "passages.npy":
                content = pickle.dumps(Bomb())
            writer.path(name).write_bytes(content)
        writer.commit(dict(old.settings))
    with pytest.raises(IndexStorageError, match=r"passages\.npy"):
        PassageIndex.open(tmp_path / "index", words)
    assert not (tmp_path / "exploded").exists()


def test_an_open_index_outlives_its_files(corpus: Corpus, tmp_path: Path, words: Encoder) -> None:
    """Two updates later the files are gone; the index that is still open answers, in a thread it has not seen."""
    folder = corpus({"a.txt": "Sebuah kalimat yang cukup panjang tentang kerja sama antar negara."})
    update(tmp_path / "index", folder, words)
    index = PassageIndex.open(tmp_path / "index", words)
    for version in range(2):
        corpus({"a.txt": f"Kalimat lain yang cukup panjang tentang perdagangan, versi {version}."})
        update(tmp_path / "index", folder, words)
    assert not index.generation.folder.exists()
    with ThreadPoolExecutor(1) as pool:
        hits = pool.submit(index.search, "kerja sama").result()
    assert "kerja sama antar negara" in hits[0].passage.text


REBUILDS = """
    import importlib.util, re, sys, threading
    from pathlib import Path
    from chat_app.assistant import Assistant
    from indexer.build import update

    spec = importlib.util.spec_from_file_location("conftest", "tests/conftest.py")
    conftest = importlib.util.module_from_spec(spec); spec.loader.exec_module(conftest)
    root, corpus = Path(sys.argv[1]), Path(sys.argv[2])
    encoder = conftest.WordEncoder()

    def write(version):
        for name in ("satu", "dua", "tiga"):
            (corpus / f"{name}.txt").write_text(
                f"Kantor {name} dibentuk pada tahun 1974 oleh majelis{'.' * (version % 3)} versi v{version}x. "
                f"Anggota kantor {name} kini 134 negara versi v{version}x.\\n")
        update(root, corpus, encoder)

    write(0)
    assistant = Assistant(root, encoder, None)
    stop, seen, failures, count = threading.Event(), set(), [], [0]

    def search():
        try:
            while not stop.is_set():
                hits = assistant.search("kantor versi", k=10)
                versions = {version for hit in hits for version in re.findall(r" v(\\d+)x", hit.passage.text)}
                assert len(versions) == 1, versions
                seen.update(versions)
                answer = assistant.answer("Kapan kantor dua dibentuk oleh majelis?")
                quotes = [c.quote for c in (*answer.citations, *answer.related)]
                cited = {version for quote in quotes for version in re.findall(r" v(\\d+)x", quote)}
                assert quotes and len(cited) == 1, quotes
                count[0] += 1
        except BaseException as error:
            failures.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads: thread.start()
    for version in range(1, 13):
        write(version)
    stop.set()
    for thread in threads: thread.join()
    print(count[0], len(seen), failures)
    sys.exit(1 if failures or len(seen) < 3 or count[0] < 20 else 0)
"""


@pytest.mark.timeout(120)
def test_searches_while_the_index_is_rebuilt(tmp_path: Path) -> None:
    """Four threads ask while new generations are committed: no crash, and each answer is of one generation."""
    (tmp_path / "corpus").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(REBUILDS), str(tmp_path / "index"), str(tmp_path / "corpus")],
        capture_output=True, text=True, cwd=ROOT, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
