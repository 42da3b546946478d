"""The other names of things, as the documents themselves give them: abbreviations, and names in the other language.

`Konferensi Asia-Afrika (KAA)`, `Bandung Principle atau Dasasila Bandung`: a text says such things once and then uses
one of the names. A question may use the other. Abbreviations are matched as Schwartz and Hearst do (A simple algorithm
for identifying abbreviation definitions in biomedical text, PSB 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from indexer.language import FUNCTION_WORDS_OF_EITHER, detect_language

Group = tuple[str, ...]
"""Names of one thing."""

MAX_ADDED = 3
"""Other names added to a query for each thing it names."""
MAX_MARKS = 5000
"""Brackets and the like looked at in one text; more of them are no prose."""
MAX_GROUP = 8
"""A larger group has run together names of different things."""

NEAR = 120
"""Characters looked at on each side of the mark that joins two names: it bounds the work on any text."""

_CAPITALISED = r"(?:[A-Z][\w’'-]*|\d{4})"
_PHRASE = rf"{_CAPITALISED}(?:\s(?:(?:of|for|and|the|on|dan|untuk|di|ke)\s)?{_CAPITALISED}){{1,7}}"
_PHRASE_BEFORE = re.compile(rf"(?<![\w-]){_PHRASE}$")
_PHRASE_AFTER = re.compile(rf"(?:[Tt]he\s)?({_PHRASE})")
_BRACKET = re.compile(r"\s\(([^()\n]{2,80})\)")
_OR = re.compile(r",?\s(?:atau|or|alias|dikenal sebagai|known as)\s(?=[A-Z]|the [A-Z])")
_SLASH = re.compile(r"/([A-Z][A-Z0-9-]{1,9})\b")
_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z]?[A-Z0-9-]{1,8}$")


def find_groups(texts: Iterable[str]) -> tuple[Group, ...]:
    """The names of things that texts give more than one name, each group in order of first appearance."""
    parent: dict[str, str] = {}
    spelled: dict[str, str] = {}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for text in texts:
        for first, second in _pairs(text):
            keys = []
            for name in (first, second):
                key = _key(name)
                spelled.setdefault(key, name)
                parent.setdefault(key, key)
                keys.append(key)
            parent[root(keys[1])] = root(keys[0])
    groups: dict[str, list[str]] = {}
    for key in parent:
        groups.setdefault(root(key), []).append(spelled[key])
    return tuple(tuple(names) for names in groups.values() if 1 < len(names) <= MAX_GROUP)


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """Two names of one thing, wherever a text gives them side by side."""
    for match in islice(_BRACKET.finditer(text), MAX_MARKS):
        before = _before(text, match.start())
        for inside in match[1].split("/"):
            inside = inside.strip(" ‘’“”")
            if _ABBREVIATION.match(inside):
                if long := long_form(before, inside):
                    yield long, inside
            elif re.fullmatch(_PHRASE, inside) and (outer := _PHRASE_BEFORE.search(before)):
                yield outer[0], inside
    for match in islice(_OR.finditer(text), MAX_MARKS):
        first = _PHRASE_BEFORE.search(_before(text, match.start()))
        second = _PHRASE_AFTER.match(text, match.end(), match.end() + NEAR)
        if first and second:
            yield first[0], second[1]
    for match in islice(_SLASH.finditer(text), MAX_MARKS):
        if long := long_form(_before(text, match.start()), match[1]):
            yield long, match[1]


def _before(text: str, end: int) -> str:
    """The words before a place, on its line."""
    near = text[max(0, end - NEAR) : end]
    return near[near.rfind("\n") + 1 :].rstrip(" ‘’“”\"'")


def long_form(before: str, abbreviation: str) -> str | None:
    """The words before an abbreviation that it stands for; None where its letters are not in them."""
    letters = [c for c in abbreviation.lower() if c.isalnum()]
    words = before.split()[-min(len(letters) + 5, 2 * len(letters)) :]
    text = " ".join(words)
    at = len(text)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (
            text[at].lower() == letters[number] and (number > 0 or at == 0 or not text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    start = text.rfind(" ", 0, at) + 1 if at > 0 and text[at - 1] != " " else at
    found = text[start:].strip(" ‘’“”\"'")
    first = found.split()[0].lower() if found else ""
    is_name = bool(found) and found[0].isupper() and first not in FUNCTION_WORDS_OF_EITHER
    return found if is_name and len(found) > len(abbreviation) + 2 else None


class Aliases:
    """Looks up the other names of what a query names."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._by_word: dict[str, set[int]] = {}
        self._by_initials: dict[str, set[int]] = {}
        for number, group in enumerate(groups):
            for name in group:
                self._by_word.setdefault(_key(name).split()[0], set()).add(number)
                if not _ABBREVIATION.match(name):
                    self._by_initials.setdefault(initials(name), set()).add(number)

    def other_names(self, query: str) -> Mapping[str, tuple[str, ...]]:
        """For each name in a query that has other names: those not there already, at most MAX_ADDED."""
        found: dict[str, tuple[str, ...]] = {}
        for number, said in self._said(query):
            self._add(found, said, number, query)
        return found

    def all_names(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """For each name in a text all that it is also called, in either language, short or in full."""
        found: dict[str, tuple[str, ...]] = {}
        for number, said in self._said(text):
            for name in said:
                found[name] = (*found.get(name, ()), *(other for other in self._groups[number] if other != name))
        return found

    def parted(self, query: str) -> tuple[str, list[Group]]:
        """A query without the things it names that have other names, and for each of these all its names."""
        named = [(said, (*self._groups[number], *said)) for number, said in self._said(query)]
        rest = _blanked(query, [name for said, _ in named for name in said])
        return rest, [tuple(dict.fromkeys(names)) for _, names in named]

    def without(self, query: str, left_out: Callable[[Group], bool]) -> str:
        """A query without those things it names that have other names and are to be left out."""
        names = [name for number, said in self._said(query) if left_out(self._groups[number]) for name in said]
        return _blanked(query, names)

    def _said(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The groups that a text names, each with its names there; last those of which it has the initials."""
        is_lower = text == text.lower()
        named: set[int] = set()
        for number in sorted({n for word in re.findall(r"\w+", text.casefold()) for n in self._by_word.get(word, ())}):
            if said := [name for name in self._groups[number] if _is_said(name, text, is_lower)]:
                named.add(number)
                yield number, said
        for word in re.findall(r"\b[A-Z]{3,8}\b", text):
            for number in sorted(self._by_initials.get(word, set()) - named):
                yield number, [word]

    def _add(self, found: dict[str, tuple[str, ...]], said: Sequence[str], number: int, query: str) -> None:
        low = query.casefold()
        others = [name for name in self._groups[number] if name.casefold() not in low]
        if said and not any(_ABBREVIATION.match(name) for name in said):
            # A full name finds its texts by itself; only its name in the other language adds something.
            language = detect_language(query)
            others = [name for name in others if detect_language(name, default=language) != language]
        if said and others:
            found[said[0]] = (*found.get(said[0], ()), *others)[:MAX_ADDED]

    def expand(self, query: str) -> str:
        """A query with the other names of what it names after it, in brackets."""
        added = [name for names in self.other_names(query).values() for name in names]
        return f"{query} ({'; '.join(added)})" if added else query


def _blanked(text: str, names: Sequence[str]) -> str:
    """A text with blanks for names."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(_pattern(name), " ", text, flags=re.IGNORECASE)
    return text


def initials(name: str) -> str:
    """The first letters of a name's capitalised words, hyphens parting words too."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def _is_said(name: str, query: str, is_lower: bool) -> bool:
    # An abbreviation is one only in its capitals ("PACE" is no pace), unless all is typed small.
    flags = 0 if _ABBREVIATION.match(name) and not is_lower else re.IGNORECASE
    return bool(re.search(_pattern(name), query, flags))


def _pattern(name: str) -> str:
    """What finds a name as whole words, however they are joined."""
    parts = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", name) if part)
    return rf"(?<!\w){parts}(?!\w)"


def _key(name: str) -> str:
    return " ".join(re.split(r"[\s-]+", name.casefold()))
