"""From what a header cell says to the field that is meant: synonyms, ranks, and how a kind of block is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from eventday.rules.tidy_text import fold

from .rows import Kind
from .vocabulary import words

# A number in a row of its own, and columns that nobody needs: recognised so that they are not asked about.
SERIAL = "serial"
IGNORED = "ignored"
WISHES = "wishes"
SCORE = "score"

_EVERYWHERE = words("everywhere")
_ENUMERATED = re.compile(r"^(?:[*＊※☆★]|q?\d{1,3}[、.．)）:：]\s*|[一二三四五六七八九十]+[、.．]\s*)+", re.IGNORECASE)
_BRACKETS = re.compile(r"[（(【\[<《].*?[）)】\]>》]")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "首": 1}
_WISH_WORDS = "(?:对接|合作|洽谈|参会)?(?:意向|志愿|选择|意愿|目标)(?:央国企|国企|央企|企业|单位|对接|host)?"
_RANKS = (
    re.compile(f"^第?([一二三四五六七八九首\\d]){_WISH_WORDS}$"),
    re.compile(f"^{_WISH_WORDS}第?([一二三四五六七八九\\d])$"),
    re.compile(r"^(?:wish|choice|preference|priority|option|host)(\d)$"),
    re.compile(r"^(\d)(?:st|nd|rd|th)(?:wish|choice|preference|priority|option|host)$"),
)
_ENGLISH_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ENGLISH_RANK = re.compile(f"^({'|'.join(_ENGLISH_RANKS)})(?:wish|choice|preference|priority|option|host)$")


@dataclass(frozen=True)
class Schema:
    """How one kind of block is known and which fields it has.

    `fields`: field → header texts, likeliest first. `patterns`: what else may hint at a field. `required`: groups of
    fields, at least one of each must be there. `ranked`: whether columns may be wishes by rank or by host.
    """

    kind: Kind
    fields: Mapping[str, tuple[str, ...]]
    required: tuple[tuple[str, ...], ...]
    patterns: tuple[tuple[str, str], ...] = ()
    ranked: bool = False
    _lookup: dict[str, tuple[str, int]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for name, texts in {**self.fields, **_EVERYWHERE}.items():
            for strength, text in enumerate(texts):
                self._lookup.setdefault(_fold_header(text), (name, strength))

    def field_of(self, header: str) -> tuple[str, int] | None:
        """The field that a header means, and how weak the reading is (0: the likeliest text itself)."""
        texts = header_readings(header)
        for weakness, text in enumerate(texts):
            if hit := self._lookup.get(text):
                return hit[0], hit[1] + 100 * weakness
        if self.ranked:
            for text in texts:
                if rank := _rank(text):
                    return f"wish{rank}", 0
        if len(header) <= 30:
            for pattern, name in self.patterns:
                if any(re.search(pattern, text) for text in texts):
                    return name, 1000
        return None

    def lacks(self, found: set[str]) -> list[str]:
        """The first field of each required group of which nothing was found."""
        return [group[0] for group in self.required if not found.intersection(group)]

    @property
    def choices(self) -> list[str]:
        """What a column may be taken as, by hand."""
        ranks = [f"wish{rank}" for rank in range(1, 6)] + [SCORE] if self.ranked else []
        return [*self.fields, *ranks]


@lru_cache(maxsize=16384)
def header_readings(header: str) -> tuple[str, ...]:
    """The ways to read a header, strictest first: whole, without brackets, its lines, its Chinese or Latin part."""
    bare = _ENUMERATED.sub("", header.strip()).strip("*＊ :：")
    without = _BRACKETS.sub("", bare)
    pieces = [bare, without, *re.split(r"[/／\n|]", without)]
    pieces += [re.sub(r"[\x00-\x7f]+", "", without), re.sub(r"[^\x00-\x7f]+", " ", without)]
    pieces += [inside.strip("（()）【】[]") for inside in _BRACKETS.findall(bare)[:1] if not without]
    folded = (_fold_header(piece) for piece in pieces)
    return tuple(dict.fromkeys(text for text in folded if text))


def _fold_header(text: str) -> str:
    folded = re.sub(r"(?:必填|选填)$", "", fold(text))
    return folded or unicodedata.normalize("NFKC", text).strip()


def _rank(text: str) -> int | None:
    for pattern in _RANKS:
        if match := pattern.search(text):
            return _DIGITS.get(match[1]) or (int(match[1]) if match[1].isdigit() and match[1] != "0" else None)
    if match := _ENGLISH_RANK.search(text):
        return _ENGLISH_RANKS[match[1]]
    return None
