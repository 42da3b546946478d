"""Stems of Indonesian and English words: Snowball's, and what it does not know of English: irregular forms, spellings.

A question of the other language finds a word by the dictionary's base form, so "paid" has to be "pay".
"""

from __future__ import annotations

import functools
import re
import threading

import Stemmer

from indexer.datatypes import Language

STEMMING_VERSION = 2
"""Raised when words are stemmed otherwise: an index made before has other terms."""

_NAMES: dict[Language, str] = {"id": "indonesian", "en": "english"}
_local = threading.local()

_IRREGULAR = """
arise arose arisen, awake awoke awoken, bear borne born, beat beaten, become became, begin began begun, bend bent,
bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought,
build built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came, creep crept,
deal dealt, dig dug, do did done, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven,
eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown,
forbid forbade forbidden, foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven, freeze froze
frozen, get got gotten, give gave given, go went gone goes, grow grew grown, hang hung, have had, hear heard,
hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, lean leant, leap leapt, learn learnt,
leave left, lend lent, light lit, lose lost, make made, mean meant, meet met, mistake mistook mistaken,
outdo outdid outdone, outgrow outgrew outgrown, overcome overcame, overrun overran, oversee oversaw overseen,
overtake overtook overtaken, overthrow overthrew overthrown, pay paid, prove proven, rebuild rebuilt, repay repaid,
ride rode ridden, ring rang rung, rise rose risen, run ran, say said, see saw seen, seek sought, sell sold, send sent,
shake shook shaken, shine shone, shoot shot, show shown, shrink shrank shrunk, sing sang sung, sink sank sunk,
sit sat, sleep slept, slide slid, speak spoke spoken, speed sped, spell spelt, spend spent, spill spilt, spin spun,
spoil spoilt, spring sprang sprung, stand stood, steal stole stolen, stick stuck, strike struck stricken,
strive strove striven, swear swore sworn, sweep swept, swell swollen, swim swam swum, swing swung, take took taken,
teach taught, tear tore torn, tell told, think thought, throw threw thrown, tread trod trodden, undergo underwent
undergone, understand understood, undertake undertook undertaken, uphold upheld, wake woke woken, wear wore worn,
weave wove woven, weep wept, win won, withdraw withdrew withdrawn, withhold withheld, withstand withstood,
write wrote written,
man men, woman women, child children, foot feet, tooth teeth, goose geese, mouse mice, ox oxen,
fisherman fishermen, businessman businessmen, statesman statesmen, spokesman spokesmen,
chairman chairmen, wife wives, knife knives, half halves, loaf loaves, thief thieves, wolf wolves, criterion criteria,
phenomenon phenomena, bacterium bacteria, curriculum curricula, memorandum memoranda,
basis bases, crisis crises, thesis theses, hypothesis hypotheses, axis axes, index indices,
program programme programmes, license licence licences, defense defence defences, offense offence offences,
judgment judgement judgements, ton tonne tonnes, gray grey, plow plough, check cheque cheques, good better best,
bad worse worst, far farther farthest furthest, little less least, many more most, old elder eldest
"""
_GRADED = """
big, broad, brief, bright, busy, calm, cheap, clean, clear, close, cold, cool, costly, dark, dear, deadly,
deep, dense, dry, early, easy, fair, fast, few, fine, firm, great, hard, harsh, heavy, high, hot, huge, kind, large,
late, light, long, loud, low, mild, narrow, near, new, nice, old, poor, pure, quick, quiet, rare, rich, sad, safe,
severe, sharp, short, simple, slim, slow, small, soft, soon, steep, strict, strong, sweet, tall, thick, thin, tight,
tiny, tough, warm, weak, wealthy, wet, wide, wild, young
"""
"""Adjectives of which -er and -est make degrees: of most words in -er they make nothing of the kind."""
_DOUBLING = frozenset("big hot sad slim thin wet".split())
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[drs]?|ing|ations?|ational|ers)$)"), "iz"),
    (re.compile(r"(?<=[a-z]l)ys(?=(?:e[drs]?|ing|ers)$)"), "yz"),
    (re.compile(r"^((?:neigh|la|har)b|behavi|endeav|col|rum|hon|fav|vap|arm|flav)our"), r"\1or"),
    (re.compile(r"(cent|theat|fib|calib|lit|spect|\bmet|ilomet)re(?=s?$)"), r"\1er"),
)


def _base_forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in _IRREGULAR.split(","):
        base, *forms = entry.split()
        found |= dict.fromkeys(forms, base)
    for word in _GRADED.split(","):
        base = word.strip()
        root = base + base[-1] if base in _DOUBLING else base.removesuffix("e")
        root = root[:-1] + "i" if base.endswith("y") else root
        found |= dict.fromkeys((f"{root}er", f"{root}est"), base)
    return found


_BASE_FORMS = _base_forms()


@functools.lru_cache(maxsize=100_000)
def stem(word: str, language: Language) -> str:
    """The stem of a lower-case word."""
    if language == "en":
        word = _base_form(word)
    # A Snowball stemmer is not safe to share between threads.
    stemmers: dict[Language, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_NAMES[language])
    return str(stemmers[language].stemWord(word))


def _base_form(word: str) -> str:
    """An English word's base form where it is irregular, and one spelling for those that have two."""
    if base := _BASE_FORMS.get(word):
        return base
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word
