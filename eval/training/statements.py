"""A question and its answer as a statement, by rules about the two languages; now and then clumsy, as training bears.

"Kapan UNOSSC dibentuk?", "1974": "UNOSSC dibentuk pada 1974". English verbs keep the form they have in the question.
"""

from __future__ import annotations

import re

from indexer.datatypes import Language

_Rule = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), form) for pattern, form in pairs)


_WH = r"(?:berapa|apa|siapa|mana|kapan)(?:kah)?"
_RULES: dict[Language, tuple[_Rule, ...]] = {
    "id": _rules(
        (r"^(?:pada |di |sejak )?(?P<n>tahun|tanggal|bulan|abad|hari) (?:ke ?)?(?:berapa|apa|mana)(?:kah)? (?P<r>.+)", "{r} pada {n} {a}"),
        (r"^sejak kapan(?:kah)? (?P<r>.+)", "{r} sejak {a}"),
        (r"^kapan(?:kah)? (?P<r>.+)", "{r} pada {a}"),
        (r"^(?P<n>di|ke|dari) ?mana(?:kah)? (?P<r>.+)", "{r} {n} {a}"),
        (r"^siapa(?:kah)? yang (?P<r>.+)", "{a} {r}"),
        (r"^siapa(?:kah)? (?P<r>.+)", "{r} adalah {a}"),
        (r"^berapa(?:kah)? banyak(?:kah)? (?P<r>.+)", "{a} {r}"),
        (r"^berapa(?:kah)? (?P<r>.+)", "{r} adalah {a}"),
        (r"^apa(?:kah)? yang (?P<r>.+)", "yang {r} adalah {a}"),
        (r"^apa(?:kah)? (?P<r>(?:nama|arti|kepanjangan|ibu ?kota|tujuan|fungsi|jenis|bahasa|agama|penyebab)\b.+)", "{r} adalah {a}"),
        (rf"^(?P<l>.+?) {_WH}(?: (?P<r>.*))?$", "{l} {a} {r}"),
    ),
    "en": _rules(
        (r"^how (?:many|much) (?P<n>[\w -]+?) (?:did|do|does|was|were|are|is|has|have|had|can|could) (?P<r>.+)", "{r} {a} {n}"),
        (r"^how (?:many|much) (?P<r>.+)", "{a} {r}"),
        (r"^(?:when|in (?:what|which) (?:year|month|century|decade)|(?:what|which) (?:year|month|century|decade)) (?:did|do|does|was|were|is|are|has|had) (?P<r>.+)", "{r} in {a}"),
        (r"^where (?:did|do|does|was|were|is|are|has|had|can) (?P<r>.+)", "{r} in {a}"),
        (r"^why (?:did|do|does|was|were|is|are|has|had) (?P<r>.+)", "{r} because {a}"),
        (r"^(?:what|which|who) (?P<v>is|was|are|were) (?P<r>(?:the|a|an|his|her|its|their|[A-Z]).*)", "{r} {v} {a}"),
        (r"^(?:what|which|who) (?:did|do|does) (?P<r>.+)", "{r} {a}"),
        (r"^(?:what|which) (?P<n>\w+(?: of \w+)?) (?:did|do|does) (?P<r>.+)", "{r} {a}"),
        (r"^(?:what|which) (?P<n>\w+) (?P<r>(?:is|was|are|were|has|had) .+)", "{a} {r}"),
        (r"^(?:who|what|which) (?P<r>.+)", "{a} {r}"),
        (r"^(?P<l>.+?) (?:what|which|who|whom|where|when)(?: (?P<r>.*))?$", "{l} {a} {r}"),
    ),
}  # fmt: skip


def statement(question: str, answer: str, language: Language) -> str | None:
    """The statement, without a full stop; None where no rule fits the question."""
    words = " ".join(question.split()).rstrip(" ?.!")
    for pattern, form in _RULES[language]:
        if match := pattern.search(words):
            parts = {name: part or "" for name, part in match.groupdict().items()}
            made = " ".join(form.format(a=" ".join(answer.split()).rstrip("."), **parts).split())
            return made[:1].upper() + made[1:]
    return None
