"""A question in a conversation to one that stands alone: what a follow-up leaves out is taken from what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat_app.countries import countries, country
from chat_app.datatypes import Turn
from chat_app.question import Asked, Question, asked_for, content_terms, understand

MAX_TURNS = 6
"""Older turns are seldom meant."""
FEW_TERMS = 4
"""A question with more content words than this says by itself what it is about."""

_CONNECTIVE = re.compile(
    r"^(?:dan|lalu|terus|kemudian|nah|oke|ok|so|and|then|also|but|tapi|tetapi|kalau|kalo|jadi|well)\b[\s,]*",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"^(?:(?:bagaimana|gimana|apa|seperti apa) (?:dengan|kalau|kalo|untuk|halnya dengan)|kalau|kalo|untuk|"
    r"(?:what|how) about|(?:and )?(?:for|in)(?= [A-Z]))\b\s*",
    re.IGNORECASE,
)
_INSTEAD_AFTER = re.compile(r"^(?P<new>[A-Z][\w' -]{2,40}?) (?:bagaimana|gimana)(?: (?:ya|dong|sih))?\s*\?*$")
"""As in "Fiji gimana?"."""
_ANAPHOR = re.compile(
    r"\b(?:itu|tersebut|tadi|dia|ia|mereka|beliau|ini|it|its|they|their|them|that|this|those|these|he|his|him|she|her|"
    r"there|one|the former|the latter|\w{3,}nya)\b",
    re.IGNORECASE,
)
_OWN_NYA = frozenset(
    {"hanya", "punya", "tanya", "bertanya", "biasanya", "sebenarnya", "misalnya", "akhirnya", "karenanya"}
)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|dia|ia|beliau|mereka)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_POSSESSED = re.compile(r"\b(\w{3,})nya\b", re.IGNORECASE)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leaves out filled in from the turns before it, oldest first."""
    topic: str | None = None
    for number, turn in enumerate(history[-MAX_TURNS:]):
        resolved = turn.question if topic is None or number == 0 else _fill_in(turn.question, topic, None)
        topic = resolved
    last = history[-1] if history else None
    return question if topic is None else _fill_in(question, topic, last)


def _fill_in(question: str, before: str, last: Turn | None) -> str:
    """One follow-up, given the standalone question before it."""
    previous = understand(before)
    connective = _CONNECTIVE.match(question)
    core = question[connective.end() :] if connective else question
    # "Kalau" is both: it joins a question ("Kalau begitu, kapan?") or names another thing ("Kalau Thailand?").
    for words in (core, question):
        instead = _INSTEAD.match(words)
        after = _INSTEAD_AFTER.match(words)
        new = words[instead.end() :] if instead else after["new"] if after else None
        if new and (swapped := _swap(new, previous)):
            return swapped
    current = understand(core, default_language=previous.language)
    if not _leaves_out(core, current, bool(connective)):
        return question
    topic = _topic(previous, last)
    if not current.terms:
        topic = [term.text for term in previous.terms] or topic
    elif subject := _subject(previous, last):
        core = _put_in(core, subject)
    said = core.casefold()
    missing = [word for word in topic if _bare(word).casefold() not in said]
    if not missing:
        return core
    return f"{core.rstrip(' ?.!')} {' '.join(missing)}?"


def _leaves_out(core: str, current: Question, connected: bool) -> bool:
    """Whether a question needs what came before it to be understood."""
    if not current.terms:
        return True
    if len(current.terms) > FEW_TERMS:
        return False
    refers = any(m[0].casefold() not in _OWN_NYA for m in _ANAPHOR.finditer(core))
    has_name = any(term.is_name for term in current.terms)
    if has_name:
        return connected and len(current.terms) == 1
    return refers or connected or len(current.terms) == 1


def _topic(previous: Question, last: Turn | None) -> list[str]:
    """What the question before was about: its names, else all its content words; and who or where its answer was."""
    names = [term.text for term in previous.terms if term.is_name]
    topic = names or [term.text for term in previous.terms]
    answer = last.answer if last else None
    if answer and answer.short_answer and previous.asked in (Asked.PERSON, Asked.PLACE):
        topic = [*topic, answer.short_answer]
    return topic


def _subject(previous: Question, last: Turn | None) -> str | None:
    """Whom or what a pronoun means: the one whom "who" was answered with, else what was named first."""
    answer = last.answer if last else None
    if previous.asked is Asked.PERSON:
        return answer.short_answer if answer else None
    names = _name_runs(previous)
    return _bare(names[0]) if names else None


def _bare(name: str) -> str:
    """A name without the possessive's ending."""
    return name.removesuffix("'s").removesuffix("’s")


def _put_in(core: str, subject: str) -> str:
    """A question with its first pronoun replaced: "Is she there?", "Apa sikapnya?"."""
    for pattern, meant in ((_PRONOUN, subject), (_POSSESSIVE, f"{subject}'s")):
        if match := pattern.search(core):
            return core[: match.start()] + meant + core[match.end() :]
    possessed = (m for m in _POSSESSED.finditer(core) if m[0].casefold() not in _OWN_NYA)
    if match := next(possessed, None):
        return core[: match.start()] + f"{match[1]} {subject}" + core[match.end() :]
    return core


def _swap(instead: str, previous: Question) -> str | None:
    """The previous question with its last name of that kind replaced; None where nothing is named to take its place.

    A country stands for a country; else a word for a word and an abbreviation for an abbreviation, if both are there.
    """
    new = re.sub(r"^yang\s+", "", instead.strip(" ?.!"), flags=re.IGNORECASE)
    if not content_terms(new) or asked_for(new) is not Asked.OTHER:
        return None
    names = _name_runs(previous)
    if country(new) and (lands := countries(previous.text)):
        names = list(lands.values())
    if not names:
        return f"{previous.text.rstrip(' ?.!')} {new}?"
    old = next((name for name in reversed(names) if name.isupper() == new.isupper()), names[-1])
    at = previous.text.rfind(old)
    return previous.text[:at] + new + previous.text[at + len(old) :]


def _name_runs(question: Question) -> list[str]:
    """Names of the question as they stand in it, neighbouring ones as one ("Korea Selatan")."""
    runs: list[str] = []
    end = -2
    for term in question.terms:
        if not term.is_name:
            continue
        start = question.text.find(term.text)
        if runs and 0 <= start - end <= 1:
            runs[-1] = question.text[question.text.rfind(runs[-1]) : start + len(term.text)]
        else:
            runs.append(term.text)
        end = start + len(term.text)
    return runs
