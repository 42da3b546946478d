"""What is done to any string before an encoder sees it."""

from __future__ import annotations

import re

QUERY_PREFIX = "query: "
DOCUMENT_PREFIX = "passage: "
"""E5 models are trained with these two, and lose several points of recall without them."""

MAX_CHARACTERS = 8_000
"""Characters of a text that are read at all; the rest is cut before tokenising.

The model sees 512 tokens. Indonesian and English run at 4 to 5 characters a token, so this is three
times what it can see; and a question of 1 MB, or one `ﷺ` (18 characters once normalised) repeated
100,000 times, costs milliseconds instead of seconds.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text's first MAX_CHARACTERS, with lone surrogates, which have no UTF-8 form, replaced."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text[:MAX_CHARACTERS])
