"""Which documents a question itself names ("menurut Katadata", "according to the 2021 paper"), and the rest of it.

Rules about the two languages. What is named must be known of a source: its authors, its publisher, its year, its id; or
it is the kind of document, a paper or a piece of news, where the library has both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.datatypes import Source

_KIND = (
    r"(?:artikel|tulisan|berita|laporan|makalah|jurnal|penelitian|studi|kajian|riset|dokumen|teks|naskah|sumber|situs|"
    r"article|paper|report|study|journal|document|text|news|source|site|website|story|piece)"
)
_NAME = r"[A-Z0-9][\w.’'-]*(?:\s(?:(?:dan|and|&)\s)?[A-Z0-9][\w.’'-]*){0,3}"
_PHRASES = tuple(
    re.compile(pattern)
    for pattern in (
        # menurut (artikel) X, berdasarkan laporan X; according to (the article by) X
        rf"\b(?i:menurut|berdasarkan|according to|as reported by|per)\s(?:(?i:the)\s)?(?:(?i:{_KIND})\s)?"
        rf"(?:(?i:of|by|in|from|dari|oleh|karya)\s)?(?P<name>{_NAME})(?:\s(?i:{_KIND}))?\b,?",
        # dalam artikel X, di tulisan X; in the article by X
        rf"\b(?i:dalam|di|pada|dari|in|from)\s(?:(?i:the)\s)?(?i:{_KIND})\s(?:(?i:of|by|from|dari|oleh|karya|tahun)\s)?"
        rf"(?P<name>{_NAME})\b,?",
        # in the X article, according to the 2021 paper; in X's paper
        rf"\b(?i:in|from|according to|per)\s(?:(?i:the)\s)?(?P<name>{_NAME}?)(?:['’]s)?\s(?:[a-z]+\s)?(?i:{_KIND})\b,?",
    )
)
_TELLS = (
    r"(?:menyebut|menulis|mengatakan|menyatakan|menilai|mendefinisikan|menjelaskan|membahas|melaporkan|mencatat|"
    r"berpendapat|menyimpulkan|memberitakan)(?:kan)?|says?|writes?|wrote|argues?|claims?|mentions?|states?|reports?|defines?|"
    r"describes?|treats?|notes?|lists?|concludes?|thinks?|uses?"
)
_ACTS = tuple(
    re.compile(pattern)
    for pattern in (
        # does X say, X menulis
        rf"\b(?P<name>{_NAME})\s(?i:{_TELLS})\b",
        # yang dipakai (oleh) X; used by X
        rf"\b(?i:disebut|ditulis|dipakai|digunakan|dikatakan|dibahas|dicatat|dilaporkan|used|cited|listed|given|named)(?:kan)?"
        rf"\s(?:(?i:oleh|by)\s)?(?P<name>{_NAME})\b",
        # X dalam risetnya; X in her paper
        rf"\b(?P<name>{_NAME})\s(?i:dalam|di|pada|in)\s(?:(?i:her|his|their|its)\s)?(?i:{_KIND})(?:nya)?\b",
    )
)
"""Where an author or publisher does what a text does; the name is then no part of the question."""
_PAPER = (
    r"makalah|jurnal|karya (?:tulis )?ilmiah|artikel (?:jurnal|ilmiah)|skripsi|tesis|disertasi|"
    r"(?:(?:journal|academic|research|scientific|scholarly) )?paper|(?:journal|academic|research|scientific|scholarly) "
    r"article|journal|thesis"
)
_NEWS = (
    r"(?:artikel |tulisan |laporan |portal )?berita|(?:artikel )?cek fakta|laporan media|"
    r"news (?:piece|article|report|story|item|site)|fact[- ]check(?: (?:article|piece))?|"
    r"newspaper(?: (?:article|piece))?"
)
_OF_A_KIND = tuple(
    (is_paper, re.compile(pattern, re.IGNORECASE))
    for is_paper, kind in ((True, _PAPER), (False, _NEWS))
    for pattern in (
        # menurut makalah (itu), according to the news piece: no part of the question
        rf"\b(?P<phrase>(?:menurut|berdasarkan|dalam|di|according to|in|per)\s(?:(?:the|this|that)\s)?(?:{kind})"
        rf"(?:\s(?:ini|itu|tersebut))?)\b(?!\s(?:apa|mana|yang|of|by|in|on|about|oleh|tentang|soal)\b|['’])\s?,?",
        # the paper, makalah itu: does something
        rf"\b(?:(?:the|this|that)\s(?:{kind})|(?:{kind})\s(?:ini|itu|tersebut))\b"
        rf"(?!\s(?:of|by|on|about|industry|mills?|trade|tentang|soal)\b)",
    )
)
_WORD = re.compile(r"[^\W_]+")
_JOINING = frozenset({"dan", "and", "s", "com", "co", "id", "the"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """The question without the words that name documents, and the documents; None where it names none."""

    question: str
    documents: frozenset[str] | None

    def within(self, documents: frozenset[str] | None) -> frozenset[str] | None:
        """The documents to look in where the user has chosen some as well; None for all."""
        if self.documents is None or documents is None:
            return documents if self.documents is None else self.documents
        return documents & self.documents


def attribution(question: str, sources: Sequence[Source], papers: Callable[[], frozenset[str]]) -> Attribution:
    """What a question says about where the answer is to stand. `papers` gives the ids of those with a bibliography."""
    for pattern in _PHRASES:
        for match in pattern.finditer(question):
            for end in _ends(match):
                is_cut = end < match.end("name")
                named = _words(question[match.start("name") : end])
                found = frozenset(source.id for source in sources if _is_named(source, named, whole=is_cut))
                if not found:
                    continue
                rest = f"{question[: match.start()]} {question[end if is_cut else match.end() :]}"
                rest = re.sub(r"[\s,]+(?=[?!.]|$)", "", " ".join(rest.split()).strip(" ,"))
                if len(_WORD.findall(rest)) > 1:
                    return Attribution(rest, found)
    for pattern in _ACTS:
        for match in pattern.finditer(question):
            named = _words(match["name"])
            found = frozenset(source.id for source in sources if _is_named(source, named, whole=False))
            rest = " ".join(f"{question[: match.start('name')]} {question[match.end('name') :]}".split())
            if found and len(_WORD.findall(rest)) > 2:
                return Attribution(rest, found)
    return _of_a_kind(question, sources, papers)


def _of_a_kind(question: str, sources: Sequence[Source], papers: Callable[[], frozenset[str]]) -> Attribution:
    for is_paper, pattern in _OF_A_KIND:
        if match := pattern.search(question):
            found = papers() if is_paper else frozenset(source.id for source in sources) - papers()
            if not 0 < len(found) < len(sources):
                break
            rest = question
            if match.groupdict().get("phrase"):
                rest = " ".join(f"{question[: match.start()]} {question[match.end() :]}".split())
            return Attribution(rest if len(_WORD.findall(rest)) > 1 else question, found)
    return Attribution(question, None)


def _ends(match: re.Match[str]) -> list[int]:
    """Where the name may end, furthest first: in "Menurut Kabar KSS dimulai …" no comma parts it from the rest."""
    end = match.end("name")
    spaces = [match.start("name") + m.start() for m in re.finditer(r"\s", match["name"])]
    return [end, *reversed(spaces)] if end == match.end() else [end]


def _is_named(source: Source, named: frozenset[str], *, whole: bool) -> bool:
    """Whether all these words are known of a source; where they must be a whole name, of one author or publisher."""
    names = [_words(name) for name in (*source.authors, source.publisher or "", source.id, (source.date or "")[:4])]
    return bool(named) and (named in names if whole else named <= frozenset().union(*names))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _JOINING
