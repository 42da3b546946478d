"""What a document says of itself in its front matter: keywords, addresses, the day it came out, who holds its rights.

A question points at such a line as one points at a table's cell: by the label's words in either language, or by the
form of what it asks for. It must ask about the document and about nothing that its front matter does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat_app.calendar import MONTH
from chat_app.matching import keys, says
from chat_app.question import Question
from indexer.datatypes import Hit, SectionKind, Sentence, Source

_MONTH = rf"(?:{MONTH})\.?"
_DAY = (
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"
)
_CLOCK = r"\d{1,2}[.:]\d\d(?: ?(?:WIB|WITA|WIT|a\.?m\.?|p\.?m\.?))?"
_COMES_OUT = (
    r"terbit(?:nya|kan)?|diterbitkan|dipublikasikan|publikasi|tayang|ditayangkan|dimuat|diunggah|dirilis|keluar|"
    r"publish(?:ed)?|publication|post(?:ed)?|releas(?:ed|e)|upload(?:ed)?|(?:go|went|put|gone) online|came? out|appear(?:ed)?|run|ran|issued?|dated?"
)
_TOWN, _HOUSE = r"kota|city|town|di ?mana|where", r"(?:kampus|universitas|penulis)(?:nya)?|university|college|authors?"


@dataclass(frozen=True, slots=True)
class _Particular:
    """How a question asks for it, and how front matter tells it; the group `value` of `told` is what is asked for."""

    asked: re.Pattern[str]
    told: re.Pattern[str]


def _labelled(labels: str, value: str = r".+?") -> str:
    """A label before a colon and what stands after it, up to the next label or the line's end."""
    return rf"(?:^|[;|•·]\s*)(?:{labels})\s*[:：]\s*(?P<value>{value})(?=\s*(?:[;|•·]\s*[^\W\d_][\w ]{{2,30}}[:：]|$))"


def _particular(asked: str, told: str) -> _Particular:
    return _Particular(*(re.compile(pattern, re.IGNORECASE) for pattern in (rf"\b(?:{asked})\b", told)))


_PARTICULARS = (
    _particular(r"kata[- ]?kunci(?:nya)?|key ?words?|index terms", _labelled(r"kata[- ]kunci|key ?words?|index terms")),
    _particular(
        r"e-?mail(?:nya)?|surel(?:nya)?|surat elektronik(?:nya)?|(?:contact|kontak)|(?:di|meng)hubungi|get in touch|reach",
        r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    ),
    _particular(
        r"(?:jam|pukul) berapa|(?:what|which) (?:time|hour)|time of (?:the )?day",
        rf"^(?:\w+, )?{_DAY}\W+(?P<value>{_CLOCK})",
    ),
    _particular(
        r"hak (?:terbit|publikasi|penerbitan) pertama|(?:first publication|first publishing) rights?|"
        r"rights? (?:of|to) first publication",
        _labelled(r"(?:first publication|first publishing) rights?|hak (?:terbit|publikasi|penerbitan) pertama"),
    ),
    _particular(
        r"hak cipta(?:nya)?|copyright(?:ed)?",
        _labelled(r"copyright(?: holders?)?|(?:pemegang )?hak cipta"),
    ),
    _particular(
        r"diterima|masuk|dikirim(?:kan)?|diserahkan|received?|submitted|handed in",
        _labelled(r"received|submitted|diterima|masuk|dikirim", _DAY),
    ),
    _particular(r"disetujui|accepted|acceptance|approved", _labelled(r"accepted|approved|disetujui", _DAY)),
    _particular(r"direvisi|diperbaiki|revised|revision", _labelled(r"revised|revision|direvisi|diperbaiki", _DAY)),
    _particular(
        rf"(?:kapan|bilamana|when|tanggal|hari|tahun|bulan|day|date|year|month)\b(?=.*\b(?:{_COMES_OUT})\b)|"
        rf"(?:{_COMES_OUT})\b(?=.*\b(?:kapan|tanggal|hari|tahun|bulan|date)\b)|tanggal (?:terbit|publikasi)(?:nya)?|publication date",
        rf"(?:^|;\s*)(?:(?:published|publication date|diterbitkan|terbit|tanggal(?: terbit)?|date)\s*[:：]\s*|(?:\w+, )?(?={_DAY}\W*(?:{_CLOCK}|$)))"
        rf"(?P<value>{_DAY})",
    ),
    _particular(
        rf"(?:{_TOWN})\b(?=.*\b(?:{_HOUSE}))|(?:{_HOUSE})\b(?=.*\b(?:{_TOWN})\b)",
        r"\b(?:universitas|institut|politeknik|university|institute)\b[^,]*?(?:\([A-Z]+\)|,)\s*(?P<value>[A-Z].+)$",
    ),
    _particular(
        r"kampus(?:nya)?|universitas(?:nya)?|perguruan tinggi(?:nya)?|afiliasi(?:nya)?|university|college|affiliat(?:ion|ed)",
        r"(?P<value>\b(?:Universitas|Institut|Politeknik|Sekolah Tinggi)(?: [A-Z][\w-]+){1,4}|(?:[A-Z][\w-]+ )*University(?: of(?: [A-Z][\w-]+){1,3})?)",
    ),
)  # fmt: skip
"""The first that a question asks for counts."""
_BESIDE = re.compile(
    r"""(?:si|mau|ingin|lewat|melalui|via|pakai|kira-kira|alamat|kontak|berada|letak|terletak|asal|kota|city|town|kampus|universitas|
    university|college|makalah|jurnal|journal|tulisan|naskah|karya|berita|news|piece|story|redaksi|editors?|editorial|penulis|authors?|
    writers?|work|works|working|study|base|based|affiliated|pegang|dipegang|memegang|pemegang|milik|hold|holds|held|holders?|belong|own|owns|
    day|date|time|hour|jam|pukul|hari|bulan|tahun|year|month|address|contact|reach|used|dipakai|digunakan|tertulis|tercantum|lists?|listed|exact|
    exactly|persis|persisnya|tepatnya|online|go|went|put|get|touch|come|came|out|one|someone|i|web|situs|laman|page|halaman)(?:nya)?"""
    rf"|{_COMES_OUT}",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of such questions that name nothing besides the document."""
_DOCUMENT = re.compile(
    r"\b(?:(?:makalah|artikel|jurnal|tulisan|naskah|karya|berita|dokumen|laporan|penulis|kajian|studi|penelitian|risetn?)(?:nya|ya)?|"
    r"papers?|articles?|authors?|writers?|documents?|reports?|studies|study|news|stor(?:y|ies)|piece|publication)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pointed:
    """A line of front matter that a question points at."""

    hit: Hit
    sentence: Sentence
    value: str


def is_asked(question: Question) -> bool:
    """Whether a question may ask what a document says of itself, so that its front matter is to be looked at."""
    return _asked(question) is not None


def pointed_line(
    question: Question,
    hits: Sequence[Hit],
    sources: Sequence[Source],
    other_names: Mapping[str, Sequence[str]],
    *,
    is_narrowed: bool,
) -> Pointed | None:
    """The line that a question points at; None where it points at none, or at lines of several documents.

    `sources` are those of the `hits`, one each; `other_names` those of what the question names; `is_narrowed` says that
    it has named these documents already.
    """
    particular = _asked(question)
    if particular is None:
        return None
    asking = keys(" ".join(match.group() for match in particular.asked.finditer(question.text)))
    words = [t.text for t in question.terms if not (_BESIDE.fullmatch(t.text) or says(asking, t.text))]
    ways = [
        [word, *(other for name in other_names if says(keys(name), word) for other in other_names[name])]
        for word in words
    ]
    told: dict[str, list[Pointed]] = {}
    known: dict[str, set[str]] = {}
    for hit, source in zip(hits, sources, strict=True):
        if hit.passage.kind is SectionKind.FRONT_MATTER:
            known.setdefault(source.id, set(keys(_known(source)))).update(keys(hit.passage.reading))
            told.setdefault(source.id, []).extend(_lines(hit, particular))
    fitting = []
    for document, lines in told.items():
        own = frozenset(known[document])
        said = [any(says(own, word) for word in alike) for alike in ways]
        if lines and all(said) and (said or is_narrowed or _DOCUMENT.search(question.text)):
            fitting.append(lines)
    if len(fitting) != 1:
        return None
    in_its_words = [line for line in fitting[0] if not asking.isdisjoint(keys(line.sentence.reading))]
    return (in_its_words or fitting[0])[0]


def _asked(question: Question) -> _Particular | None:
    return next((particular for particular in _PARTICULARS if particular.asked.search(question.text)), None)


def _known(source: Source) -> str:
    return " ".join(part for part in (source.title, *source.authors, source.publisher, source.date, source.id) if part)


def _lines(hit: Hit, particular: _Particular) -> list[Pointed]:
    """The lines of a passage that tell it; a label that ends its line has its value on the next."""
    found = []
    sentences = hit.passage.sentences
    for n, sentence in enumerate(sentences):
        line = sentence.reading
        if line.rstrip().endswith(":") and n + 1 < len(sentences):
            line = f"{line} {sentences[n + 1].reading}"
        if match := particular.told.search(line):
            found.append(Pointed(hit, sentence, match["value"].strip(" .;")))
    return found
