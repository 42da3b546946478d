"""What a question asks for, and the words it asks with: rules about Indonesian and English, in no way about topics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from chat_app.matching import ordinal
from indexer.datatypes import Language
from indexer.language import (
    FUNCTION_WORDS_OF_EITHER,
    QUESTION_WORDS,
    detect_language,
)

MAX_QUESTION_CHARACTERS = 2_000
"""A longer text is no question; the encoder would read a part of it only."""
LEAST_ORDINAL = 3
"""From here on an ordinal counts; "kedua negara" are both countries, and "first" is often "at first"."""


class Asked(StrEnum):
    """The kind of thing asked for."""

    DATE = "date"
    NUMBER = "number"
    DURATION = "duration"
    SHARE = "share"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    LIST = "list"
    DEFINITION = "definition"
    MANNER = "manner"
    WHETHER = "whether"
    OTHER = "other"


QUANTITIES = frozenset({Asked.NUMBER, Asked.DURATION, Asked.SHARE})
"""A duration and a share are numbers too, but not any number."""

_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for kind, pattern in (
        (Asked.LIST, r"sebutkan|sebutin|(?:what|which) (?:are )?(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) \w+|"
                     r"(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh) \w+ (?:apa|mana)|(?:apa|siapa|mana|kapan) ?(?:-| )?saja|apa aja|mana aja|siapa aja|negara-negara (?:apa|mana)|"
                     r"list (?:the|all|of)?|enumerate|name (?:the|all|some|two|three|four|five|six)|"
                     r"(?:what|which) are (?:the|some)?|(?:what|which) (?:\w+ ){0,2}(?:countries|nations|areas|fields|sectors|factors|"
                     r"principles|challenges|goals|aims|steps|reasons|criteria|regions|forms|types|kinds|communities)"),
        (Asked.DATE, r"kapan(?:kah)?|bilamana|(?:pada |sejak |di |dari )?(?:tahun|tanggal|bulan|hari|abad|dekade|periode) (?:ke ?)?(?:berapa|apa|mana)(?:kah)?|"
                     r"when|(?:what|which|in what|in which) (?:year|date|day|month|century|decade|period)|how long ago|since when"),
        (Asked.DURATION, r"(?:se)?berapa lama(?:kah|nya)?|selama berapa|berapa (?:tahun|bulan|minggu|hari|jam|menit) lamanya|how long|"
                         r"for how many (?:years|months|weeks|days|hours|minutes)"),
        (Asked.SHARE, r"berapa (?:besar )?(?:rata-rata )?(?:persen|persentase|prosentase)|(?:what|which) (?:\w+ )?(?:percentage|percent|share|proportion)"),
        (Asked.NUMBER, r"berapa(?:kah)?|seberapa|jumlah(?:nya)? (?:apa|total)|how (?:many|much|large|big|high|long|often|far|old)|"
                       r"(?:what|which) (?:is |was |were |are )?(?:the |a )?(?:\w+ )?(?:number|percentage|percent|share|amount|total|figure|size|rate|"
                       r"proportion|value|sum|count|price|cost|budget|population)|by how much"),
        (Asked.REASON, r"mengapa(?:kah)?|kenapa|apa (?:yang )?(?:menjadi )?(?:alasan|sebab|penyebab|menyebabkan|membuat)(?:nya)?|"
                       r"why|what (?:is |was |are |were )?(?:the )?(?:reasons?|causes?|caused|makes?|made|led|prompted|drove|motivated)|how come"),
        (Asked.DEFINITION, r"siapa(?:kah)?(?: saja)? yang (?:dimaksud|disebut|dinamakan|dinamai)|who (?:is|are|was|were) (?:meant|called)"),
        (Asked.PERSON, r"siapa(?:kah)?|who|whom|whose"),
        (Asked.PLACE, r"(?:di|ke|dari) ?mana(?:kah)?|(?:kota|tempat|lokasi|wilayah|daerah|benua|kawasan) (?:apa|mana)|where|"
                      r"(?:what|which) (?:cit(?:y|ies)|towns?|places?|locations?|regions?|continents?|area)"),
        (Asked.DEFINITION, r"apa ?(?:kah)? ?(?:itu|yang dimaksud|arti|makna|definisi|pengertian|kepanjangan|singkatan)(?:nya)?|apa sih|maksud(?:nya)? apa|"
                           r"jelaskan (?:apa|pengertian|arti)|definisi|pengertian|kepanjangan|what (?:does|do) .{1,60} (?:mean|stand for|refer to)|"
                           r"define|definition of|meaning of|what(?: i|')s (?:meant|a|an)|what is [A-Z][\w-]*\??$"),
        (Asked.MANNER, r"bagaimana(?:kah)?|gimana|dengan cara apa|how"),
        (Asked.WHETHER, r"(?:benar|betul|bener|ada)(?:kah| ?(?:tidak|gak|nggak|ga|ngga|apa tidak)\b)|apa benar|apa betul|"
                        r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)"),
    )
)  # fmt: skip

_SHORT_FORMS = {
    "abis": "habis", "aj": "saja", "apkh": "apakah", "bgmn": "bagaimana", "bgmana": "bagaimana", "blm": "belum", "bkn": "bukan",
    "bikin": "membuat", "brapa": "berapa", "brp": "berapa", "brpa": "berapa", "bs": "bisa", "dgn": "dengan", "dlm": "dalam", "dmn": "di mana",
    "cuma": "hanya", "dmna": "di mana", "dr": "dari", "dri": "dari", "dri mana": "dari mana", "emang": "memang", "enggak": "tidak", "ga": "tidak", "gak": "tidak", "gmn": "bagaimana", "gmna": "bagaimana",
    "hrs": "harus", "jaman": "zaman", "jd": "jadi", "jml": "jumlah", "jmlh": "jumlah", "jg": "juga", "kpn": "kapan", "kpd": "kepada",
    "kalo": "kalau", "kayak": "seperti", "knp": "kenapa", "knapa": "kenapa", "krn": "karena", "krna": "karena", "lg": "lagi", "mnrt": "menurut", "ngapain": "untuk apa",
    "ngga": "tidak", "nggak": "tidak", "org": "orang", "pake": "memakai", "pd": "pada", "sbg": "sebagai", "sblm": "sebelum", "sdh": "sudah", "skrg": "sekarang", "skrng": "sekarang",
    "sampe": "sampai", "sm": "sama", "spt": "seperti", "stlh": "setelah", "tdk": "tidak", "tgl": "tanggal", "thd": "terhadap", "thn": "tahun",
    "tsb": "tersebut", "tp": "tapi", "ttg": "tentang", "udah": "sudah", "udh": "sudah", "utk": "untuk", "yg": "yang",
}  # fmt: skip
"""How Indonesian is typed on a phone, and said at home; none of these is a word of either written language."""
_REPEATED = re.compile(r"([^\W\d_]{3,})2(nya|an)?", re.IGNORECASE)
"""A word doubled, as "negara2" for "negara-negara"."""
_INDEFINITE = re.compile(r"\b(?:siapa|apa|kapan|mana|berapa|bagaimana)[ -]?pun\b", re.IGNORECASE)
"""Whoever, whatever: these ask nothing."""
_ENGLISH_ASKING = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_JOINING = re.compile(r"\b(?:which|who|whom|whose|when|where)\b", re.IGNORECASE)
"""After the word that asks, these join clauses."""
_ONE_OF_TWO = re.compile(
    r",\s[^,?]{2,60}\s(?:or|atau)\s[^,?]{2,60}\?$|^[^,?]{2,60}\s(?:or|atau)\s[^,?]{2,60},", re.IGNORECASE
)
"""Who does more, this country or that: no person is asked for, but one of two things."""
_WORKS = re.compile(
    r"\b(?i:bibliograph(?:y|ies)|bibliografi|daftar pustaka|references?|referensi|rujukan|works cited|journals?|jurnal|"
    r"publish(?:e[ds]|ers?)|brought out|cites?|cited|titled?|entitled|menerbitkan|diterbitkan|terbitan|penerbit(?:nya)?|"
    r"mengutip|dikutip|dirujuk|merujuk|judul(?:nya)?|berjudul|dimuat)\b|"
    r"['’]s (?:\w+ ){0,2}(?:study|paper|article|book|work|report|thesis)\b|"
    r"\b(?i:studies|study|papers?|articles?|books?|works?|reports?|thesis) (?:by|from) [A-Z]|"
    r"\b(?i:studi|kajian|makalah|artikel|tulisan|buku|karya|penelitian|laporan|tesis) (?:(?:dari|oleh|karya|milik) )?[A-Z]",
)
"""What asks about a publication: its title, who wrote it, where and when it came out."""
_SECOND = re.compile(
    r"\b(?:nomor|urutan|yang|tujuan|sasaran|prinsip|asas|tantangan|faktor|poin|butir|aspek|pilar|alasan|langkah|tahap|"
    r"kritik|cara|ciri|syarat|contoh|bagian|bab|pasal) kedua\b|"
    r"\b(?:the|its|comes|came|ranks?|ranked|listed) second\b(?! world| half| largest)",
    re.IGNORECASE,
)
"""Where two is the second of several, and not both."""
_PARTY = re.compile(
    r"\b(?:pihak|dunia) ketiga\b|\bthird(?=[ -](?:part(?:y|ies)|world|countr(?:y|ies))\b)", re.IGNORECASE
)
"""A third party and the third world are no third of several."""
_TOKEN = re.compile(r"\d{1,2}(?:st|nd|rd|th)\b|\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:[-'’&][^\W_]+)*|[A-Z]-?\d+")
_CLITIC = re.compile(r"(?<=[A-Z0-9])-?(?:nya|ku|mu)$|(?<=\w)['’]s$")
"""What is joined to a name: "KSS-nya", "PBBnya", "Nauli's"."""
_ASKING_WORDS = QUESTION_WORDS | frozenset(
    """
    tahun tanggal jumlah sebutkan jelaskan tolong mohon saja aja sih dong kah ya yah dimaksud maksud arti
    tell explain describe list name give know year many much mean means stand please according menurut artikel
    article text teks tulisan document dokumen penulis author sumber source berdasarkan paper study penelitian
    """.split()
)


_SMALL_TALK = frozenset(
    """
    halo hai hei hello hi hey helo pagi siang sore malam morning afternoon evening kabar makasih kasih thanks thank
    thx assalamualaikum permisi bye dadah goodbye kamu anda kau namamu you your tes test testing sip mantap oke ok okay
    """.split()
)
_BESIDE_SMALL_TALK = frozenset(
    """
    apa siapa nama selamat terima apakah bisa robot bot chatbot manusia mesin ya yah dong deh sih nih kak min admin bang
    mbak mas bro gan pak bu ada di sana situ sini sudah udah cukup infonya informasinya jawabannya bantuannya banyak
    banget sekali atas untuk semua semuanya good day nice to meet how are who what's what is name there can do me help
    for the info information answer so very much great all again and a lot human machine real really baik bagus
    fine that that's needed need wanted itu saja aja jumpa sampai lagi juga i am im dan
    """.split()
)
"""Words that greetings, thanks and questions about oneself are made of; the first set's make them so."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question."""

    text: str
    is_name: bool
    """Written like a name or an abbreviation in the middle of the question."""
    is_number: bool
    others: tuple[str, ...] = ()
    """Other names of the same thing, in the library's words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood by itself."""

    text: str
    language: Language
    asked: Asked
    terms: tuple[Term, ...]
    searched: str
    """What passages are looked for by: the words as they were asked, where `text` has others."""

    @property
    def about_works(self) -> bool:
        """Whether a publication may be asked about, so that the bibliography can answer."""
        return bool(_WORKS.search(self.text))

    @property
    def is_small_talk(self) -> bool:
        """Whether it greets, thanks or asks after the one who answers: no document has anything to say to that."""
        words = re.findall(r"[^\W\d_]+(?:'[a-z]+)?", self.text.casefold().replace("’", "'"))
        return not _SMALL_TALK.isdisjoint(words) and _SMALL_TALK.union(_BESIDE_SMALL_TALK).issuperset(words)

    @property
    def names(self) -> tuple[Term, ...]:
        """The names and numbers: what a right passage can hardly do without."""
        return tuple(term for term in self.terms if term.is_name or term.is_number)


def understand(text: str, default_language: Language = "id") -> Question:
    """A question's language, the kind of thing it asks for and its content words."""
    cleaned = " ".join(_written_out(word) for word in text.split())
    language = detect_language(cleaned, default=default_language)
    return Question(cleaned, language, asked_for(cleaned), content_terms(cleaned), cleaned)


def _written_out(word: str) -> str:
    """A word typed short in full, with the punctuation after it: "brp?" is "berapa?", "negara2" "negara-negara"."""
    bare = word.rstrip("?!.,;:")
    full = _REPEATED.sub(r"\1-\1\2", bare) if _REPEATED.fullmatch(bare) else bare
    return _SHORT_FORMS.get(bare.casefold(), full) + word[len(bare) :]


def asked_for(text: str) -> Asked:
    """The kind of thing asked for; the first rule that fits, OTHER for none."""
    text = _INDEFINITE.sub(" ", text)
    if asking := _ENGLISH_ASKING.search(text):
        text = text[: asking.end()] + _JOINING.sub(" ", text[asking.end() :])
    kind = next((kind for kind, pattern in _ASKED if pattern.search(text)), Asked.OTHER)
    return Asked.OTHER if kind is Asked.PERSON and _ONE_OF_TWO.search(text) else kind


def content_terms(text: str) -> tuple[Term, ...]:
    """The words of a question that carry its meaning, each once, in order."""
    found: dict[str, Term] = {}
    shouting = text.isupper() or text.istitle()
    tokens = list(_TOKEN.finditer(text))
    seconds = {m.end() for m in _SECOND.finditer(text)}
    parties = {m.end() for m in _PARTY.finditer(text)}
    for number, match in enumerate(tokens):
        token = _CLITIC.sub("", match[0])
        low = token.casefold()
        if low in _ASKING_WORDS or low in FUNCTION_WORDS_OF_EITHER:
            continue
        place = 0 if match.end() in parties else ordinal(token) or 0
        is_number = token[0].isdigit() or place >= LEAST_ORDINAL or (place == 2 and match.end() in seconds)
        is_abbreviation = len(token) > 1 and token.isupper()
        # The first word has its capital from its place, unless another follows; elsewhere a capital makes a name.
        placed = number > 0 or (len(tokens) > 1 and tokens[1][0][0].isupper() and tokens[1].start() == match.end() + 1)
        is_name = not shouting and not is_number and (is_abbreviation or (placed and token[0].isupper()))
        found.setdefault(low, Term(token, is_name, is_number))
    return tuple(found.values())
