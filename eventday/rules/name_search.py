"""Finding a name by a few of its characters, by pinyin, or by initials.

「曾东」, 「曾東」, `zengdong`, `zdm` find 曾东梅.
"""

from __future__ import annotations

from functools import lru_cache

from .pinyin_keys import syllables
from .plain_han import plain_han
from .tidy_text import fold


@lru_cache(maxsize=32768)
def search_keys(name: str) -> tuple[str, ...]:
    """What `name` is found by: itself folded, its pinyin without tones, its initials."""
    parts = [part for part in (fold(syllable) for syllable in syllables(name).split()) if part]
    return tuple(dict.fromkeys((plain_han(fold(name)), "".join(parts), "".join(part[0] for part in parts))))


def finds(query: str, *names: str) -> bool:
    """Whether every word of `query` is found in one of `names`. An empty query finds everything."""
    words = [plain_han(fold(word)) for word in query.split()]
    keys = [key for name in names if name for key in search_keys(name)]
    return all(any(word in key for key in keys) for word in words if word)
