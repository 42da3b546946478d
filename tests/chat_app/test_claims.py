"""Claims against the real corpus: verdicts, evidence and honesty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat_app.assistant import Assistant
from chat_app.claims import MAX_EVIDENCE, Checker, Stance, Verdict, Weighed, decide, load_model
from chat_app.errors import QuestionError
from chat_app.verifier import load_verifier
from indexer.settings import Settings


@pytest.fixture(scope="module")
def checker(assistant: Assistant) -> Checker:
    return Checker(assistant, load_verifier(Settings().cache_folder))


@pytest.mark.parametrize(
    ("claim", "verdict", "words"),
    [
        ("Saat ini G-77 beranggotakan 134 negara.", Verdict.SUPPORTED, "134 negara"),
        ("Saat ini G-77 beranggotakan 135 negara.", Verdict.CONTRADICTED, "134 negara"),
        ("UNOSSC was established in 1974.", Verdict.SUPPORTED, "15 September 1974"),
        ("Today the G-77 has 120 member countries.", Verdict.CONTRADICTED, "134 negara"),
        ("Resep rendang membutuhkan dua liter santan.", Verdict.NOT_IN_SOURCES, ""),
        ("Mount Everest is higher than Kilimanjaro.", Verdict.NOT_IN_SOURCES, ""),
    ],
)
def test_easy_claims(checker: Checker, claim: str, verdict: Verdict, words: str) -> None:
    """In both languages each verdict is reached, by the sentence that decides it."""
    checked = checker.check(claim)
    assert checked.verdict is verdict
    assert bool(checked.evidence) is not bool(checked.related)
    assert words in (checked.evidence[0].citation.quote if checked.evidence else "")


def test_what_differs_is_named(checker: Checker) -> None:
    """Both figures, as the claim and the source have them."""
    [first, *_] = checker.check("Saat ini G-77 beranggotakan 135 negara.").evidence
    assert first.stance is Stance.CONTRADICTS
    assert [(d.claim, d.source) for d in first.differences] == [("135 negara", "134 negara")]


def test_only_the_chosen_documents_decide(checker: Checker) -> None:
    """From no document nothing is decided, and nothing is related."""
    nothing = checker.check("Saat ini G-77 beranggotakan 134 negara.", documents=frozenset())
    assert (nothing.verdict, nothing.evidence, nothing.related) == (Verdict.NOT_IN_SOURCES, (), ())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=120))
def test_every_quotation_is_exact_on_any_claim(checker: Checker, assistant: Assistant, claim: str) -> None:
    """Whatever is claimed: the evidence is a slice of its page, at most so many, and a verdict has some."""
    try:
        checked = checker.check(claim)
    except QuestionError:
        return
    assert len(checked.evidence) <= MAX_EVIDENCE
    assert (checked.verdict is Verdict.NOT_IN_SOURCES) is not bool(checked.evidence)
    for citation in (*(finding.citation for finding in checked.evidence), *checked.related):
        anchor = citation.anchor
        assert assistant.index.page_text(anchor.document, anchor.page)[anchor.start : anchor.end] == citation.quote


@pytest.mark.parametrize("claim", ["", " \n", "\u200b", "x" * 5000])
def test_what_is_no_claim_is_refused(checker: Checker, claim: str) -> None:
    """Nothing, and an endless text, are errors in words."""
    with pytest.raises(QuestionError):
        checker.check(claim)


def test_without_the_verifier_figures_still_decide(assistant: Assistant) -> None:
    """Where the model has no build, a claim is checked by its figures, names and words."""
    bare = Checker(assistant, None)
    assert bare.check("Resep rendang membutuhkan dua liter santan.").verdict is Verdict.NOT_IN_SOURCES


def test_the_model_gives_shares() -> None:
    """The three probabilities of a sentence sum to one."""
    model = load_model()
    assert sum(model.probabilities([0.0] * len(model.weights[0]))) == pytest.approx(1)


def test_another_one_is_no_word_against_it() -> None:
    """Where one sentence bears a claim out, only a figure said otherwise contradicts it."""
    borne_out, about_another = Weighed(0.6, 0.1, False, "a"), Weighed(0.0, 0.9, False, "a")
    other_figure = Weighed(0.0, 0.9, True, "a")
    assert decide([borne_out, about_another], (0.5, 0.5)) == (Verdict.SUPPORTED, 0.6)
    assert decide([borne_out, other_figure], (0.5, 0.5)) == (Verdict.CONTRADICTED, 0.9)
    assert decide([borne_out, replace(other_figure, document="b")], (0.5, 0.5)) == (Verdict.SUPPORTED, 0.6)
    assert decide([about_another], (0.5, 0.5)) == (Verdict.CONTRADICTED, 0.9)
    assert decide([Weighed(0.4, 0.4, True, "a")], (0.5, 0.5)) == (Verdict.NOT_IN_SOURCES, 0.6)


def test_what_says_all_of_a_claim_silences_what_says_others() -> None:
    """A visit to Brunei after 19 years is not denied by one to Cambodia after 10, where Brunei and 19 are said too."""
    says_all = Weighed(0.4, 0.1, False, "a", says_all=True)
    of_another = Weighed(0.0, 0.9, True, "a", is_of_another=True)
    assert decide([of_another], (0.5, 0.5))[0] is Verdict.CONTRADICTED
    assert decide([says_all, of_another], (0.5, 0.5)) == (Verdict.NOT_IN_SOURCES, 0.6)
    assert decide([says_all, Weighed(0.0, 0.9, True, "a")], (0.5, 0.5))[0] is Verdict.CONTRADICTED
    assert decide([], (0.5, 0.5)) == (Verdict.NOT_IN_SOURCES, 1.0)


@pytest.mark.parametrize("claim", ["Malaysia termasuk anggota G-77.", "Thailand is a member of the G-77."])
def test_an_example_excludes_nobody(checker: Checker, claim: str) -> None:
    """That a text names one member says nothing of the others."""
    assert checker.check(claim).verdict is not Verdict.CONTRADICTED
