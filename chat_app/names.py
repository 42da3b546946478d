"""The names in a text, and whether another text says them, by that name or another one. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from chat_app.calendar import DAY_NAMES, MONTH_NAMES
from chat_app.countries import country
from chat_app.matching import says
from indexer.language import FUNCTION_WORDS_OF_EITHER

_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]*|[A-Z]-\d+)(?: (?:(?:of|for|the|and|dan|untuk|de|bin|von|van|al) )?[A-Z][\w’'-]*){0,5}"
)

_AND = re.compile(r" (?:and|dan) ")

_BODY = re.compile(
    r"\b(?:Kementerian|Badan|Dewan|Komisi|Komite|Organisasi|Program|Dinas|Departemen|Lembaga|Bank|Dana|Rencana|Undang|"
    r"Konferensi|Forum|Universitas|Ministry|Committee|Commission|Council|Organi[sz]ation|Department|Office|Board|Fund|"
    r"Agency|Plan|Conference|University|Institute|Centre|Center|Act|Agreement|Programme)\b"
)
"""In the name of a body, which may have "and" in it."""
_SPEAKS = re.compile(
    r"\s(?:(?:kemudian|lalu|juga|pun|sendiri|then|also|later|himself|herself) )?(?:mengata|menyata|menyebut|menanggap|"
    r"menegas|menilai|menuding|mengaku|merasa|berpendapat|berkata|bilang|menjawab|menyanggah|sa(?:id|ys)|stat(?:ed|es)|"
    r"claim(?:ed|s)|argu(?:ed|es)|respond(?:ed|s)|felt|feels|believe[sd]|thinks|thought|told|denied|denies|insist)"
)
"""After the name of somebody, also where a sentence begins with it."""
_MONEY = re.compile(r"\b(?:Rp\.?|IDR|USD|EUR|US\$)\s?(?=\d)")
_ENDING = re.compile(r"['’]s?$|-(?:lah|nya|kah|pun)$")
_SENTENCE_START = re.compile(r"(?:^\s*|[.!?:]\s+|[\"“‘(])$")
_TIME_WORDS = frozenset((*"tahun bulan tanggal hari abad year month day century".split(), *MONTH_NAMES, *DAY_NAMES))


_OFFICES = frozenset(
    "presiden president menteri minister perdana prime wakil vice deputy gubernur governor ketua chair chairman "
    "chairperson pemimpin leader raja king ratu queen sultan kaisar emperor duta besar ambassador sekretaris secretary "
    "jenderal general direktur director kepala head rektor rector wali kota bupati mayor candidate calon kandidat "
    "capres cawapres luar negeri foreign".split()
)


def is_office(name: str) -> bool:
    """Whether a name is an office's alone, with or without its country ("Presiden Korea"): anybody may hold it."""
    words = name.split()
    while words and words[0].casefold() in _OFFICES:
        words = words[1:]
    rest = " ".join(word for word in words if word.casefold() not in FUNCTION_WORDS_OF_EITHER)
    return len(words) < len(name.split()) and (not rest or country(rest) is not None)


def is_named(name: str, text_keys: frozenset[str], others: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text says a name, or another name of the same thing."""
    also = [other for known, more in others.items() if known in name or name in known for other in more]
    return any(_says_words(text_keys, form) for form in (name, *also))


def _says_words(text_keys: frozenset[str], name: str) -> bool:
    words = [w for w in re.findall(r"[^\W_]+(?:-[^\W_]+)?", name) if w.casefold() not in FUNCTION_WORDS_OF_EITHER]
    # Half of them are enough: "World Bank" is "Bank Dunia", "Presiden Jokowi" is "Jokowi".
    return bool(words) and 2 * sum(says(text_keys, word) for word in words) >= len(words)


def names(text: str, known: Collection[str] = frozenset()) -> list[str]:
    """The names in a text, each once, in order.

    The first word of a sentence alone only where it is an abbreviation, a country, or among those that are known.
    """
    found: dict[str, None] = {}
    text = _MONEY.sub(" ", text)
    for start, name in _named(text):
        words = [_ENDING.sub("", word) for word in name.split()]
        at_start = bool(_SENTENCE_START.search(text[max(0, start - 8) : start]))
        at_start = at_start and not _SPEAKS.match(text, start + len(name))
        while words and words[0].casefold() in FUNCTION_WORDS_OF_EITHER | _TIME_WORDS:
            words, at_start = words[1:], False
        if words and at_start and len(words) == 1 and words[0] not in known and not _is_name_alone(words[0]):
            continue
        if words and not all(word.casefold() in _TIME_WORDS for word in words):
            found.setdefault(" ".join(words))
    return list(found)


def _named(text: str) -> Iterator[tuple[int, str]]:
    """Where each run of capitals begins, and its words; two names that "and" joins are two, a body's name is one."""
    for m in _NAME.finditer(text):
        at = m.start()
        joined = [] if _BODY.search(m[0]) else list(_AND.finditer(m[0]))
        for cut in joined:
            yield at, text[at : m.start() + cut.start()]
            at = m.start() + cut.end()
        yield at, text[at : m.end()]


def _is_name_alone(word: str) -> bool:
    """Whether the first word of a sentence is a name all the same: an abbreviation or a country."""
    return (word.isupper() and len(word) > 1) or country(word) is not None
