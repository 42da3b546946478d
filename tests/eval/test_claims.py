"""The project's own claims and traps hold what they promise, and what became of them is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from chat_app.claims import Checked, Finding, Stance, Verdict
from chat_app.datatypes import Citation, Elapsed
from eval.claims import ClaimsRun, GoldClaim, Trap, load_claims, load_traps
from eval.gold_run import overlap
from eval.metrics.proportions import wilson_interval
from indexer.corpus import read_corpus
from indexer.datatypes import Anchor, Language, Page
from indexer.loaders import load
from indexer.settings import Settings

SPLITS, LANGUAGES = ("tune", "test"), ("id", "en")


@pytest.fixture(scope="module")
def pages() -> dict[str, Sequence[Page]]:
    """The corpus as it is read today."""
    files = read_corpus(Settings.model_fields["corpus"].default)
    return {file.source.id: load(file.path, file.source).pages for file in files}


@pytest.fixture(scope="module")
def claims(pages: dict[str, Sequence[Page]]) -> list[GoldClaim]:
    """All of them, checked against the corpus."""
    return load_claims(pages.__getitem__)


def repeated(words: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The ids of those (id, words) that share their words; ids alone, for nobody is to read the words of test."""
    ids: dict[str, list[str]] = {}
    for identifier, said in words:
        ids.setdefault(" ".join(said.casefold().split()), []).append(identifier)
    return [found for found in ids.values() if len(found) > 1]


def test_every_evidence_stands_in_the_corpus(claims: list[GoldClaim]) -> None:
    """Loading locates each quote in its document; what is not in the sources has none."""
    wrong = [c.id for c in claims if bool(c.anchors) is (c.verdict is Verdict.NOT_IN_SOURCES)]
    assert wrong == []


def test_each_verdict_is_as_frequent_as_the_others(claims: list[GoldClaim]) -> None:
    """Fifteen of each in either language and split, so that no verdict is a good guess."""
    counts = Counter((c.split, c.language, c.verdict) for c in claims)
    expected = {(split, language, v): 15 for split in SPLITS for language in LANGUAGES for v in Verdict}
    assert counts == expected


def test_no_two_claims_share_an_id_or_their_words(claims: list[GoldClaim]) -> None:
    """So that no claim of one split is met in the other."""
    assert repeated([(c.id, c.id) for c in claims]) == []
    assert repeated([(c.id, c.claim) for c in claims]) == []


def test_no_evidence_of_one_split_is_evidence_in_the_other(claims: list[GoldClaim]) -> None:
    """Not by a single character, for a fact that was tuned on is known."""
    tune, test = ([(c.id, a) for c in claims if c.split == split for a in c.anchors] for split in SPLITS)
    assert [(first, second) for first, a in tune for second, b in test if overlap(a, b)] == []


@pytest.mark.parametrize("split", SPLITS)
def test_a_split_is_the_claims_and_traps_of_its_name(
    split: str, claims: list[GoldClaim], pages: dict[str, Sequence[Page]]
) -> None:
    """In the order of the whole."""
    assert [c.id for c in load_claims(pages.__getitem__, split)] == [c.id for c in claims if c.split == split]
    assert [t.id for t in load_traps(split)] == [t.id for t in load_traps() if t.split == split]


CAFE = Page(3, "Hari ini kedai\nkopi tutup. Besok  buka lagi.", ())
"""The one page of a corpus that is read in the tests below."""


def entry(*quotes: str) -> dict[str, object]:
    """A claim as it is stored, with evidence by its quotes."""
    evidence = [{"document": "cafe", "quote": quote} for quote in quotes]
    told = {"id": "c1", "split": "tune", "language": "id", "kind": "other", "verdict": "contradicted"}
    return told | {"claim": "Kedai kopi buka.", "evidence": evidence, "why": "", "differs": ""}


def test_a_claims_evidence_is_located_in_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the white space, and each alternative has its own place."""
    monkeypatch.setattr("eval.gold.FOLDER", tmp_path)
    stored = json.dumps(entry("Hari ini kedai kopi tutup.", "Besok buka"))
    (tmp_path / "claims.jsonl").write_text(f"{stored}\n\n", encoding="utf-8")
    anchors = (Anchor("cafe", 3, 0, 26), Anchor("cafe", 3, 27, 38))
    expected = GoldClaim("c1", "tune", "id", "other", "Kedai kopi buka.", Verdict.CONTRADICTED, anchors)
    assert load_claims({"cafe": [CAFE]}.__getitem__) == [expected]


def test_evidence_that_is_not_in_the_corpus_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the claim's id and its document."""
    monkeypatch.setattr("eval.gold.FOLDER", tmp_path)
    (tmp_path / "claims.jsonl").write_text(json.dumps(entry("Kedai teh tutup.")), encoding="utf-8")
    with pytest.raises(ValueError, match="c1: its evidence does not stand in cafe"):
        load_claims({"cafe": [CAFE]}.__getitem__)


def test_each_kind_of_trap_is_as_frequent_as_the_others() -> None:
    """Five of each in either language in the test split; in tune as many, and those that were added later."""
    counts = Counter((t.split, t.language, t.kind) for t in load_traps())
    kinds = {kind for _, _, kind in counts}
    assert len(kinds) == 9
    assert all(counts["test", language, kind] == 5 for language in LANGUAGES for kind in kinds)
    assert all(5 <= counts["tune", language, kind] <= 30 for language in LANGUAGES for kind in kinds)


def test_a_trap_its_rewording_and_its_sentence_are_three() -> None:
    """No trap has the words of another, and no id stands twice."""
    traps = load_traps()
    assert repeated([(t.id, t.id) for t in traps]) == []
    assert [t.id for t in traps if len({t.text, t.trap, t.harmless}) < 3 or not all((t.text, t.trap, t.harmless))] == []
    assert repeated([(t.id, words) for t in traps for words in (t.trap, t.harmless)]) == []


PLACE, ELSEWHERE = Anchor("d", 1, 0, 40), Anchor("d", 1, 60, 90)


def gold(language: str, verdict: Verdict) -> GoldClaim:
    """A claim whose evidence stands in one place, or nowhere."""
    anchors = () if verdict is Verdict.NOT_IN_SOURCES else (PLACE,)
    return GoldClaim("c", "tune", language, "number", "Toko roti itu menjual 250 roti.", verdict, anchors)


def checked(verdict: Verdict, *places: Anchor, language: Language = "id") -> Checked:
    """A verdict with evidence from places."""
    stance = Stance.CONTRADICTS if verdict is Verdict.CONTRADICTED else Stance.SUPPORTS
    evidence = tuple(
        Finding(Citation(n, place, "D", None, "quote", language, None, None, None, "", ""), stance, ())
        for n, place in enumerate(places, start=1)
    )
    return Checked("Toko roti itu menjual 250 roti.", language, verdict, 0.9, evidence, (), Elapsed(2, 1, 1))


def trap(kind: str) -> Trap:
    """A trap of a kind."""
    return Trap(
        "t", "tune", "id", kind, "Rina menanam enam pohon.", "Rina menanam tujuh pohon.", "Enam pohon ditanam Rina."
    )


SUPPORTED, CONTRADICTED, NOT_IN_SOURCES = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_IN_SOURCES
RUN = ClaimsRun(
    "tune",
    (
        (gold("id", SUPPORTED), checked(SUPPORTED, ELSEWHERE, PLACE)),
        (gold("en", SUPPORTED), checked(CONTRADICTED, PLACE)),
        (gold("id", CONTRADICTED), checked(CONTRADICTED, ELSEWHERE)),
        (gold("en", NOT_IN_SOURCES), checked(NOT_IN_SOURCES)),
        (gold("en", CONTRADICTED), checked(NOT_IN_SOURCES)),
    ),
    (
        (trap("year"), checked(CONTRADICTED, PLACE), checked(SUPPORTED, PLACE)),
        (trap("unit"), checked(SUPPORTED, PLACE), checked(CONTRADICTED, PLACE)),
        (trap("unit"), checked(CONTRADICTED, PLACE), checked(NOT_IN_SOURCES)),
    ),
    (10.0, 30.0, 20.04, 900.0, 5.0),
)


@pytest.mark.parametrize(
    ("name", "count", "of"),
    [
        ("right", 3, 5),
        ("right_id", 2, 2),
        ("right_en", 1, 3),
        ("found_supported", 1, 2),
        ("found_contradicted", 1, 2),
        ("found_not_in_sources", 1, 1),
        ("contradicted_truly", 1, 2),
        ("cites_the_evidence", 1, 2),
        ("caught", 2, 3),
        ("harmless_contradicted", 1, 3),
        ("harmless_supported", 1, 3),
    ],
)
def test_shares_are_counted_of_what_they_are_shares_of(name: str, count: int, of: int) -> None:
    """Evidence is asked for where the verdict is right and there is some; each share has its interval."""
    low, high = wilson_interval(count, of)
    assert RUN.to_json()[name] == {
        "share": round(count / of, 4),
        "count": count,
        "of": of,
        "interval_95": [round(low, 4), round(high, 4)],
    }


def test_traps_are_counted_by_kind_too() -> None:
    """Kinds in the order of the alphabet."""
    kinds = RUN.to_json()["traps_by_kind"]
    assert [(kind, what, share["count"], share["of"]) for kind in kinds for what, share in kinds[kind].items()] == [
        ("unit", "caught", 1, 2),
        ("unit", "harmless_contradicted", 1, 2),
        ("year", "caught", 1, 1),
        ("year", "harmless_contradicted", 0, 1),
    ]


def test_a_report_is_json_with_the_median_time() -> None:
    """One slow claim does not move it."""
    report = RUN.to_json()
    assert (report["split"], report["claims"], report["milliseconds_p50"]) == ("tune", 5, 20.0)
    assert json.loads(json.dumps(report)) == report


def test_a_share_of_nothing_is_none() -> None:
    """A run without traps has caught none of none, which is no share."""
    report = replace(RUN, traps=()).to_json()
    assert report["caught"] == {"share": None, "count": 0, "of": 0, "interval_95": None}
    assert report["traps_by_kind"] == {}
