"""Tell Indonesian from English, and the function words of both.

Two closed lists do the work: a text's function words name its language at once, and what is left (a query of
names alone) is decided by Indonesian affixes and English spelling. No model, microseconds a call.
"""

from __future__ import annotations

import re

from indexer.datatypes import Language

INDONESIAN_FUNCTION_WORDS = frozenset(
    """
    ada adalah agar akan aku anda antara apa apabila apakah atas atau bagaimana bagaimanakah bagi bahwa banyak
    beberapa begitu belum berapa berapakah bila bisa boleh bukan bukankah buat cuma dalam dan dapat dari daripada darimana
    dengan di dia dimana disebut diri dong dulu gimana hal hanya harus hingga ia ialah ini itu itulah jadi jangan jelaskan
    jika juga kah kalau kalian kami kamu kan kapan kapankah karena ke kenapa kepada kepadanya ketika kini kita kok
    lagi lah lain lalu maka mana manakah mengapa menjadi menurut mereka merupakan meskipun namun nya oleh pada padahal para
    pernah saat saja sama sampai sangat saya sebab sebagai sebagaimana sebelum sebuah sebutkan secara sedang
    sedangkan sehingga sejak sekarang selain selama seluruh semua sementara seorang seperti serta sesudah setelah
    setiap siapa siapakah siapa-siapa suatu sudah supaya tak tanpa tapi telah tentang terhadap tersebut tetapi
    tiap tidak tolong untuk walaupun yaitu yakni yang
    """.split()
)

ENGLISH_FUNCTION_WORDS = frozenset(
    """
    a about after all also although am an and any are as at be because been before being between both but by can
    could did do does during each either for from had has have he her here him his how i if in into is it its
    itself just may me might more most must my no nor not of on once only or other our out over own please she
    should since so some such tell than that the their them then there these they this those through to too under
    until up upon us was we were what when where whether which while who whom whose why will with within without
    would you your
    """.split()
)

FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "id": INDONESIAN_FUNCTION_WORDS,
    "en": ENGLISH_FUNCTION_WORDS,
}

FUNCTION_WORDS_OF_EITHER = INDONESIAN_FUNCTION_WORDS | ENGLISH_FUNCTION_WORDS

QUESTION_WORDS = frozenset(
    """
    apa apakah berapa berapakah siapa siapakah kapan kapankah mengapa kenapa bagaimana bagaimanakah mana manakah
    dimana dimanakah darimana kemana what who whom whose when where which why how
    """.split()
)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
_INDONESIAN_SHAPE = re.compile(
    r"^(?:(?:me[mn]?|ber|ter|pe[mnr]|di|ke|se)[a-z]{3,}|[a-z]{3,}(?:kan|nya|lah|kah)|([a-z]{3,})-\1)$"
)
_ENGLISH_SHAPE = re.compile(
    r"(?:tion|tions|ment|ness|ship|ing|ed|ity|ies|ous|ful|ly|ght|th|wh|sh|ck|ee|oo|x)", re.IGNORECASE
)


def words(text: str) -> list[str]:
    """The words of a text in lower case; digits and punctuation left out."""
    return [word.lower() for word in _WORD.findall(text)]


def detect_language(text: str, default: Language = "id") -> Language:
    """The language of a text; `default` where nothing tells, as in a number or a bare name."""
    start = text[:4000]
    # "US$5" and "NO" in capitals are abbreviations, and not the English words, unless all is in capitals.
    found = words(start if start.isupper() else _ABBREVIATION.sub(" ", start))
    score = sum(_weight(word) for word in found)
    if score == 0:
        return default
    return "id" if score > 0 else "en"


def _weight(word: str) -> float:
    """Positive for Indonesian, negative for English."""
    indonesian, english = word in INDONESIAN_FUNCTION_WORDS, word in ENGLISH_FUNCTION_WORDS
    if indonesian != english:
        # A title quoted in the question ("Kapan We Need to Talk dirilis?") must not outvote what is asked.
        strength = 8.0 if word in QUESTION_WORDS else 2.0
        return strength if indonesian else -strength
    if indonesian:
        return 0.0
    if _INDONESIAN_SHAPE.match(word):
        return 1.0
    return -0.5 if _ENGLISH_SHAPE.search(word) else 0.0
