"""What is shown of what was chosen: the sentences with those that go on with them, and the short answer. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat_app.apportion import apportioned, said_of_another
from chat_app.evidence import Candidate, form_features
from chat_app.facts import amounts, dates
from chat_app.question import QUANTITIES, Asked, Question
from chat_app.relations import SPELT_OUT
from chat_app.selection import Choice, Scored
from chat_app.superlatives import furthest_listed, which_of_two
from chat_app.values import Value, best_value, values
from indexer.datatypes import Hit, Passage, SectionKind, Sentence

RELATED_PASSAGES = 3
MAX_SHORT_WORDS = 14
SHORT_MARGIN = 2.0
"""How much better than any other in its sentence the reader must find a span before it stands alone."""
MAX_BRACKET = 40
"""A bracket that a short answer opens is closed where that takes no more characters."""
MAX_RUN_SENTENCES = 12
"""An enumeration is shown whole up to this many items."""

Quoted = tuple[Passage, Sentence]
"""A sentence and the passage it is from."""

_WHEREAS = re.compile(r",?\s(?:sementara|sedangkan|whereas|while)\b", re.IGNORECASE)
"""Where an amount of something else begins."""
_ORDINAL = re.compile(
    r"^(?:(?:yang )?(?:pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|terakhir)|first(?:ly)?|"
    r"second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|finally|lastly)\b|^(?:[a-z]|\d{1,2})[.)]\s",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"^(?:(?:hal|ini|itu|tujuannya|alasannya|artinya|akibatnya|misalnya|contohnya|selain|oleh (?:karena|sebab) itu|"
    r"karena itu|dengan demikian|dengan begitu|maka|sehingga|selanjutnya|di samping itu|bahkan|this|these|those|it|"
    r"they|such|therefore|thus|hence|as a result|consequently|moreover|furthermore|in addition|besides|"
    r"for (?:example|instance)|that is)\b|(?:[^\W\d_]+ ){1,3}(?:ini|tersebut)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that speaks on of what the one before it said."""
_FACTS = QUANTITIES | {Asked.DATE, Asked.PERSON, Asked.PLACE}


def quotations(choice: Choice, asked: Asked) -> list[Quoted]:
    """The chosen sentences, the first with what goes on with it; each once."""
    lead = choice.sentences[0]
    return _once([pair for s in choice.sentences for pair in _run(s.candidate, asked, is_lead=s is lead)])


def arranged(quoted: Sequence[Quoted], same: Sequence[Quoted], other: Sequence[Quoted]) -> tuple[str, list[Quoted]]:
    """The answer's text with its markers, and the sentences in the markers' order.

    `same` are sentences that say what the first one says: they stand beside its marker. `other` say something else.
    """
    lead, *rest = quoted
    shown = _once([lead, *same, *rest, *other])
    first = 1 + sum(pair[1].anchor != lead[1].anchor for pair in _once(same))
    markers = " ".join(f"[{number}]" for number in range(1, first + 1))
    parts = [f"{sentence.reading} [{number}]" for number, (_, sentence) in enumerate(shown[first:], start=first + 1)]
    return " ".join([f"{lead[1].reading} {markers}", *parts]), shown


def _run(candidate: Candidate, asked: Asked, *, is_lead: bool) -> list[Quoted]:
    """The chosen sentence, and after a leading one those that go on with its enumeration or with what it says."""
    passage = candidate.hit.passage
    run = [candidate.sentence]
    if is_lead:
        for following in passage.sentences[candidate.place + 1 :][:MAX_RUN_SENTENCES]:
            if not _goes_on(run, following, asked):
                break
            run.append(following)
    return [(passage, sentence) for sentence in run]


def _goes_on(run: Sequence[Sentence], following: Sentence, asked: Asked) -> bool:
    """Whether a sentence belongs to what the run before it began."""
    if run[-1].text.rstrip().endswith((":", ";", ",")):
        return True
    if asked in _FACTS:
        return False
    if _ORDINAL.match(following.text) or (len(run) == 1 and _LINKED.match(following.text)):
        return True
    gives_reason = form_features(asked, following.reading)["reason_plain"]
    return bool(gives_reason) and len(run) == 1 and bool(form_features(asked, run[0].reading)["reason_missing"])


def _once(quoted: Sequence[Quoted]) -> list[Quoted]:
    """Each sentence once, in order of first appearance."""
    return list({sentence.anchor: (passage, sentence) for passage, sentence in quoted}.values())


def short_answer(lead: Scored, question: Question) -> str | None:
    """What was asked for, where it is plain: a table's cell, the reader's span, or the one value of the asked kind.

    None where another span of the sentence is as good: a wrong figure above the right sentence is worse than none. And
    none to "is it true?", which only the sentence answers.
    """
    if question.asked is Asked.WHETHER:
        return None
    sentence = lead.candidate.sentence.reading
    if lead.candidate.cell:
        return lead.candidate.cell if lead.candidate.cell != sentence else None
    if one := which_of_two(question.text, sentence) or furthest_listed(question.text, sentence):
        return one
    if SPELT_OUT.search(question.text):
        low = lead.candidate.sentence.reading.casefold()
        names = (name for term in question.terms for name in term.others if name.casefold() in low)
        return next(names, None)
    if lead.span and lead.span_score - lead.rival_score < SHORT_MARGIN:
        return None
    if lead.span and lead.span_score > 0 and not _lacks_share(lead, question):
        span = " ".join(_closed(*lead.span, lead.candidate.sentence.text).split()).strip(" ,;:.")
        if question.asked in QUANTITIES:
            span = _WHEREAS.split(span)[0]
        is_new = span.casefold() not in question.text.casefold()
        if span and is_new and len(span.split()) <= MAX_SHORT_WORDS:
            return _apportioned(span, lead, question)
    value = _share_at(lead) if question.asked is Asked.SHARE else None
    value = value or best_value(sentence, question)
    return _apportioned(value.text, lead, question) if value else None


def _lacks_share(lead: Scored, question: Question) -> bool:
    """Whether a share is asked for and the reader's span is none, though its sentence has one: "7.5" of "7.5%"."""
    text = lead.candidate.sentence.text
    span = text[slice(*lead.span)] if lead.span else ""
    return question.asked is Asked.SHARE and not values(span, Asked.SHARE) and bool(values(text, Asked.SHARE))


def _share_at(lead: Scored) -> Value | None:
    """The share that the reader's span is a part of."""
    start, end = lead.span or (0, 0)
    shares = values(lead.candidate.sentence.text, Asked.SHARE)
    return next((share for share in shares if share.start < end and start < share.end), None)


def _apportioned(value: str, lead: Scored, question: Question) -> str:
    """The value, or in its place the amount that its sentence gives for what the question speaks of.

    "By how much did the second grow?" of "the first grew sixfold, the second tenfold".
    """
    sentence = lead.candidate.sentence.reading
    there = amounts(sentence) if question.asked in QUANTITIES else []
    own = [amount for amount in there if amount.text in value]
    if not own:
        return value
    if rival := said_of_another(question.text, sentence, own, there):
        return rival.text
    years = " ".join(date.text for date in dates(question.text))
    of_the_year = apportioned(years, sentence, there, [there.index(amount) for amount in own])
    return value if of_the_year is None else there[of_the_year].text


def _closed(start: int, end: int, text: str) -> str:
    """A span of a text, with the bracket that it opens closed: "Minggu (7/1" is "Minggu (7/1)"."""
    span = text[start:end]
    if span.count("(") > span.count(")"):
        after = text.find(")", end, end + MAX_BRACKET)
        return text[start : after + 1] if after >= 0 else span[: span.rindex("(")]
    if span.count(")") > span.count("("):
        return span[: span.rindex(")")]
    return span


def nearest(hits: Sequence[Hit]) -> list[tuple[Passage, Passage]]:
    """The best passages; a title or a byline relates to everything and tells nothing."""
    telling = [hit.passage for hit in hits if hit.passage.kind is not SectionKind.FRONT_MATTER]
    return [(passage, passage) for passage in telling[:RELATED_PASSAGES]]
