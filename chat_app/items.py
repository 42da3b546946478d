"""The item of a numbered list that a question asks for by its place: "the third principle", "tujuan nomor satu".

A list's items differ in little but their number, and only some of them may be told: so the item is looked for by its
mark, "3.", "(3)", "Ketiga," or "third", in a list of what is asked about. Rules about the two languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chat_app.matching import ordinal
from chat_app.particulars import Pointed
from indexer.crossing import SAME_WORD
from indexer.datatypes import Hit, Passage

_LISTED = (
    r"tujuan|sasaran|maksud|aims?|goals?|objectives?|purposes?|targets?",
    r"prinsip|asas|dasar|principles?",
    r"tantangan|kendala|hambatan|masalah|challenges?|obstacles?|difficult(?:y|ies)|problems?|hurdles?",
    r"alasan|sebab|faktor|unsur|elemen|aspek|reasons?|causes?|factors?|elements?|aspects?",
    r"catatan|saran|rekomendasi|usul(?:an)?|notes?|recommendations?|suggestions?|proposals?",
    r"langkah|tahap(?:an)?|fase|steps?|stages?|phases?",
    r"manfaat|keuntungan|benefits?|advantages?",
    r"pilar|pillars?",
    r"syarat|kondisi|conditions?|requirements?",
    r"kritik|criticisms?",
    r"prospek|peluang|prospects?|opportunit(?:y|ies)",
)
"""Words for what is listed, those of one meaning together."""
_ANY = r"poin|butir|item|nomor|daftar|points?|items?|list"
"""Words for an item of any list."""
LONGEST = 10
"""No list is counted further in words."""
_NUMBERS = {word: int(meant) for word, meant in SAME_WORD.items() if meant.isdigit() and int(meant) <= LONGEST}
_PLACES = {"kesatu": 1, **{word: n for word in SAME_WORD if (n := ordinal(word)) is not None and n <= LONGEST}}
_ORDINAL_ID = (
    r"(?:pertama|kesatu|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|ke-\d{1,2})"
    r"(?!\s(?:kali|negara|pihak|paling|ter\w+))"
)
_ORDINAL_EN = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"
    r"(?!\s(?:most|least|\w+est)\b)"
)
_NAMES = "|".join((*_LISTED, _ANY))
_OF_THEM = r"of|the|these|those|its|main|major|key|stated|listed|basic|core|general|official|such|item|point|in|on|list"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\bdua )(?<!\btiga )\b(?P<noun>{_NAMES})(?:nya)?\s(?:(?!yang\b)\w+\s){{0,1}}(?:yang\s)?"
        rf"(?P<place>{_ORDINAL_ID})\b",
        rf"\b(?P<noun>{_NAMES})(?:nya)?\s(?:nomor|number|no\.?)\s(?P<place>{'|'.join(_NUMBERS)}|\d{{1,2}})\b",
        rf"\b(?P<place>{_ORDINAL_EN})\s(?:(?:{_OF_THEM})\s){{0,3}}(?P<noun>{_NAMES})\b",
        r"\b(?P<noun>poin|butir|item|point)\s(?P<place>\d{1,2})\b",
    )
)
MAX_VALUE = 200
"""A longer item is no short answer; its sentence alone is."""
MARK_WORDS = 2
"""A mark at the beginning of a sentence has no more words."""
BEFORE = 2
"""So many passages before an item's may say what its list is of."""


@dataclass(frozen=True, slots=True)
class Place:
    """An item's number, and what its list is of: a pattern, or None for any list."""

    number: int
    of: str | None


def place_asked(question: str) -> Place | None:
    """The place of a list that a question asks for; None for other questions."""
    for pattern in _ASKED:
        if found := pattern.search(question):
            number = _number(found["place"])
            words = " ".join(re.findall(rf"\b(?:{_NAMES})\b", question, re.IGNORECASE))
            of = next((group for group in _LISTED if re.search(rf"\b(?:{group})\b", words, re.IGNORECASE)), None)
            return Place(number, of) if number else None
    return None


def _number(word: str) -> int:
    low = word.casefold()
    if low.isdigit():
        return int(low)
    return _PLACES.get(low) or _NUMBERS.get(low) or ordinal(low) or 0


def item(
    place: Place, hits: Sequence[tuple[Hit, Sequence[Passage]]], is_about: Callable[[str], bool]
) -> Pointed | None:
    """The item in the best of the hits that holds it, each given with the passages before it; None for none.

    What says what the list is of must be about the same as the question.
    """
    found = [one for hit, before in hits for one in _items(place, hit, before, is_about)]
    return min(found, key=lambda one: one[0])[1] if found else None


def _items(
    place: Place, hit: Hit, before: Sequence[Passage], is_about: Callable[[str], bool]
) -> Iterator[tuple[bool, Pointed]]:
    """The items in a passage, each after whether its own sentence does not say what the list is of."""
    for number, sentence in enumerate(hit.passage.sentences):
        marked = mark(place, sentence.reading)
        if marked is None:
            continue
        own, value = sentence.reading[: marked[0]], sentence.reading[marked[0] : marked[1]].strip(" ,;:.")
        beside = " ".join(earlier.reading for earlier in hit.passage.sentences[:number])
        around = (beside, *(passage.reading for passage in before))
        is_own = _says(place.of, f"{own} {value}") and is_about(sentence.reading)
        # A list that begins within a sentence is introduced there.
        is_inline = len(own.split()) > MARK_WORDS
        is_told = any(_announces(place.of, text) and is_about(f"{text} {value}") for text in around)
        if value and (is_own or (is_told and not is_inline)):
            yield not is_own, Pointed(hit, sentence, value if len(value) <= MAX_VALUE else sentence.reading)


def mark(place: Place, text: str) -> tuple[int, int] | None:
    """The characters of a text that an item's mark introduces; None where it does not have the mark."""
    n = place.number
    if found := re.match(rf"\s*(?:\(?{n}[.)]|ke-?{n}\b[,:]?)\s+(?=\S)", text, re.IGNORECASE):
        return found.end(), len(text)
    words = "|".join(word for word, number in _PLACES.items() if number == n)
    if words and (found := re.match(rf"\s*(?:{words})(?:ly)?\b\s?,\s*", text, re.IGNORECASE)):
        return found.end(), len(text)
    ends = rf";|,?\s(?:dan|serta|and)\s\(?{n + 1}\)|\(?{n + 1}\)|$"
    if found := re.search(rf"(?<!\w)\(?{n}\)\s+(?P<item>[^;]+?)(?=\s*(?:{ends}))", text):
        return found.span("item")
    return (0, len(text)) if is_named(place, text) else None


def is_named(place: Place, text: str) -> bool:
    """Whether a text says which of what it tells: "the third principle"."""
    words = "|".join(word for word, number in _PLACES.items() if number == place.number)
    words += "|awal|initial|earliest" if place.number == 1 else ""
    named = rf"\b(?:(?:{words})\s(?:\w+\s)?(?:{place.of})|(?:{place.of})\s(?:yang\s)?(?:{words}))\b"
    return bool(words and place.of and re.search(named, text, re.IGNORECASE))


def _announces(words: str | None, text: str) -> bool:
    """Whether a text says that several of these follow: "nine aims", "beberapa catatan", "the reasons are:"."""
    some = rf"{'|'.join(_NUMBERS)}|\d{{1,2}}|beberapa|sejumlah|berbagai|several|some|various|following|these|many"
    led = rf"\b(?:{some})\s(?:\w+\s){{0,2}}(?:{words or _NAMES})\b"
    then = (
        rf"\b(?:{words or _NAMES})\b[^.;]{{0,60}}(?::|\b(?:berikut|meliputi|yaitu|yakni|antara lain|namely|follows)\b)"
    )
    return bool(re.search(f"{led}|{then}", text, re.IGNORECASE))


def _says(words: str | None, text: str) -> bool:
    return words is None or bool(re.search(rf"\b(?:{words})(?:nya)?\b", text, re.IGNORECASE))
