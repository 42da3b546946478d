"""A speech or an article as its checkable claims, each with its place; what states nothing is kept aside, visibly.

Rules about the two languages: questions, greetings and thanks, wishes, promises and opinions state nothing that
documents could bear out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.language import detect_language
from indexer.markup import normalise
from indexer.splitter import sentence_spans

MIN_CLAIM_WORDS = 4
"""Fewer words hardly say something of something."""
MAX_TRANSCRIPT_CHARACTERS = 200_000
"""Some three hours of speech."""


class PieceKind(StrEnum):
    """What a sentence of a speech does."""

    CLAIM = "claim"
    QUESTION = "question"
    GREETING = "greeting"
    OPINION = "opinion"
    FRAGMENT = "fragment"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a transcript: `text[start:end]` of the transcript as `Transcript.text` has it."""

    start: int
    end: int
    text: str
    kind: PieceKind
    speaker: str | None
    """Who is named before it, as in "MODERATOR: …"; None where nobody is."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A text and its sentences in order."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def claims(self) -> tuple[Piece, ...]:
        """The pieces that can be checked."""
        return tuple(piece for piece in self.pieces if piece.kind is PieceKind.CLAIM)


_SPEAKER = re.compile(r"^[ \t]*(?P<name>[A-Z][\w.’' -]{1,40}?)[ \t]*(?:\([^()\n]{1,40}\))?[ \t]*:[ \t]+", re.MULTILINE)
_KINDS = (
    (
        PieceKind.QUESTION,
        re.compile(
            r"\?[\"”’)\s]*$|^(?:apa(?:kah)?|siapa(?:kah)?|kapan(?:kah)?|mengapa|kenapa|bagaimana(?:kah)?|berapa(?:kah)?|"
            r"who|what|when|where|why|how|which)\b(?!.*[.!]$)",
            re.IGNORECASE,
        ),
    ),
    (
        PieceKind.GREETING,
        re.compile(
            r"^\W*(?:selamat (?:pagi|siang|sore|malam|datang|berjumpa|tinggal)|assalamu|wassalamu|salam\b|terima ?kasih|"
            r"makasih|halo|hai\b|hadirin|(?:bapak|ibu|saudara|para) (?:[\w-]+ ){0,3}yang (?:saya )?(?:hormati|terhormat|muliakan)|"
            r"om swastiastu|namo buddhaya|shalom|silakan|baik(?:lah)?[,.]|good (?:morning|afternoon|evening|night)|"
            r"thank(?:s| you)|ladies and gentlemen|welcome\b|hello|dear\b|please\b|mohon (?:maaf|izin|perhatian))",
            re.IGNORECASE,
        ),
    ),
    (
        PieceKind.OPINION,
        re.compile(
            r"\b(?:menurut (?:saya|kami|hemat saya|pendapat saya)|(?:saya|kami|kita|aku) (?:pikir|rasa|kira|yakin|percaya|"
            r"berharap|harap|ingin|mau|akan|bakal|berjanji|mengajak|mendukung|setuju|tidak setuju|sangat (?:yakin|percaya|setuju)|"
            r"harus|perlu|wajib|mesti|bangga|berpendapat)|semoga|mudah-mudahan|mari(?:lah)?|ayo|(?:se)?harusnya|sebaiknya|"
            r"jangan(?:lah)?|in (?:my|our) (?:opinion|view)|(?:i|we) (?:think|believe|hope|feel|want|wish|promise|will|would|"
            r"shall|should|must|need to|have to|ought to|support|agree|disagree|suggest|propose|urge)|(?:i['’]m|i am|we are) "
            r"(?:sure|confident|proud|convinced)|let(?:['’]s| us)|should|ought to)\b",
            re.IGNORECASE,
        ),
    ),
)


def read_transcript(text: str) -> Transcript:
    """The sentences of a text in order, each with its kind, its speaker and its line."""
    text = normalise(text)
    marks = list(_SPEAKER.finditer(text))
    cuts = [0, *(end for mark in marks for end in (mark.start(), mark.end())), len(text)]
    pieces: list[Piece] = []
    for number in range(0, len(cuts), 2):
        start, end = cuts[number], cuts[number + 1]
        speaker = " ".join(marks[number // 2 - 1]["name"].split()) if number else None
        language = detect_language(text[start:end])
        for first, last in sentence_spans(text, start, end, language):
            words = text[first:last]
            pieces.append(Piece(first, last, words, kind_of(words), speaker, text.count("\n", 0, first) + 1))
    return Transcript(text, tuple(pieces))


def kind_of(sentence: str) -> PieceKind:
    """What a sentence does; the first rule that fits, a claim for none."""
    words = " ".join(sentence.split())
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind
    return PieceKind.CLAIM if len(words.split()) >= MIN_CLAIM_WORDS else PieceKind.FRAGMENT
