"""When two spellings mean one company: normalised names, an index of names, and names that look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Generic, TypeVar

from .tidy_text import fold, tidy

Key = TypeVar("Key", bound=Hashable)

_REGIONS = (
    "中国|上海|北京|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|深圳|广州|苏州|杭州|南京|宁波|无锡|常州|青岛|大连|厦门|武汉|成都|西安"
    "|shanghai|beijing|china"
)
_REGION = re.compile(f"^(?:{_REGIONS})(?:市|省|自治区|特别行政区)?")
_REGION_IN_BRACKETS = re.compile(f"[（(](?:{_REGIONS})(?:市|省)?[）)]", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"(?:有限[责責]任公司|股份有限公司|有限公司|股份公司|[总總]公司|分公司|公司|集[团團]|股份"
    r"|companylimited|limited|coltd|ltd|corporation|corp|company|inc|llc|gmbh|group|co)$"
)
_ORGANISATION = re.compile(
    r"公司|集团|研究[所院]|设计院|[有总]厂$|厂$|中心$|大学$|学院$|委员会$|协会$|[院所局委办]$|联盟$|银行$"
    r"|\b(?:co|ltd|inc|corp|corporation|company|group|institute|university|limited|gmbh|llc)\b",
    re.IGNORECASE,
)
_MANY_NAMES = re.compile(r"[、,，;；/／|｜\n]+")


def normal_name(name: str) -> str:
    """The name for comparing: width, case, spaces, brackets and punctuation do not count; every word does."""
    return fold(name)


@lru_cache(maxsize=65536)
def core_name(name: str) -> str:
    """What is left without region and legal form. Too little for an identity, enough for a suspicion."""
    rest = _REGION.sub("", normal_name(_REGION_IN_BRACKETS.sub("", tidy(name))))
    while (shorter := _LEGAL_FORM.sub("", rest)) != rest and len(shorter) >= 2:
        rest = shorter
    return rest if len(rest) >= 2 else normal_name(name)


def short_form(name: str) -> str:
    """A Chinese company's name as people say it, without region and legal form; any other name as it is."""
    whole = tidy(name)
    if not re.search("[\u4e00-\u9fff]", whole):
        return whole
    rest = _REGION.sub("", _REGION_IN_BRACKETS.sub("", whole))
    while (shorter := _LEGAL_FORM.sub("", rest)) != rest and len(shorter) >= 2:
        rest = shorter
    return whole if len(rest) < 2 or _LEGAL_FORM.match(rest) else rest


def names_an_organisation(text: str) -> bool:
    """Whether a text reads like the name of a company, an institute or an office."""
    return bool(_ORGANISATION.search(text))


def split_names(text: str) -> list[str]:
    """The names in one cell: 「核电运行研究、运行研究公司、NPOR」. A comma before Ltd. or Inc. belongs to the name."""
    whole = re.sub(r"[,，]\s*(?=(?:ltd|inc|llc|limited)\b)", "\0", text, flags=re.IGNORECASE)
    parts = (tidy(part.replace("\0", ", ")) for part in _MANY_NAMES.split(whole))
    return [part for part in dict.fromkeys(parts) if part]


class NameIndex(Generic[Key]):
    """Finds what a name stands for. A full name beats an alias; an alias that two would claim stands for neither."""

    def __init__(self) -> None:
        self._full: dict[str, set[Key]] = defaultdict(set)
        self._alias: dict[str, set[Key]] = defaultdict(set)

    def add(self, key: Key, name: str, aliases: Iterable[str] = ()) -> None:
        """Make `key` known by a full name and by other names; empty ones are passed over."""
        if normal := normal_name(name):
            self._full[normal].add(key)
        for alias in aliases:
            if normal := normal_name(alias):
                self._alias[normal].add(key)

    def find(self, name: str) -> Key | None:
        """The one that goes by this name, or None."""
        normal = normal_name(name)
        for names in (self._full, self._alias):
            if found := names.get(normal):
                return next(iter(found)) if len(found) == 1 else None
        return None

    def mentioned_in(self, text: str) -> Key | None:
        """The one whose longest name occurs in a longer text, such as a title; None when two are equally likely."""
        inside = normal_name(text)
        known = [*self._full.items(), *self._alias.items()]
        hits = [(len(name), keys) for name, keys in known if len(name) >= 2 and name in inside]
        longest = max((length for length, _ in hits), default=0)
        keys = set().union(*(keys for length, keys in hits if length == longest)) if hits else set()
        return next(iter(keys)) if len(keys) == 1 else None

    def __len__(self) -> int:
        return len(self._full)


@dataclass(frozen=True)
class NamedCompany:
    """A company as far as telling it apart goes."""

    name: str
    credit_code: str | None = None


@dataclass(frozen=True)
class LookAlike:
    """Two companies that may be one. `why`: same_code, same_core, same_sound or one_letter."""

    first: str
    second: str
    why: str


def look_alikes(companies: Iterable[NamedCompany]) -> list[LookAlike]:
    """Pairs of companies that may be the same one, for a person to decide; nothing is merged here.

    Two different valid credit codes are two companies, however close their names. Sound (toneless pinyin of each
    character alone) is equal for traditional and simplified forms and for the commonest slip, a homophone. One
    letter of difference is found by deletion neighbourhoods, so that thousands of names need no comparison in pairs.
    """
    known = list(dict.fromkeys(companies))
    found: dict[tuple[str, str], LookAlike] = {}
    for why, groups in _groupings(known).items():
        for group in groups:
            for first, second in _pairs(group):
                names = tuple(sorted((first.name, second.name)))
                both_coded = first.credit_code and second.credit_code
                if names[0] == names[1] or (both_coded and first.credit_code != second.credit_code):
                    continue
                if why == "one_letter" and not _one_letter_apart(normal_name(first.name), normal_name(second.name)):
                    continue
                found.setdefault((names[0], names[1]), LookAlike(names[0], names[1], why))
    return sorted(found.values(), key=lambda pair: (pair.first, pair.second))


def _groupings(companies: list[NamedCompany]) -> dict[str, list[list[NamedCompany]]]:
    keys: dict[str, dict[str, list[NamedCompany]]] = {
        why: defaultdict(list) for why in ("same_code", "same_core", "same_sound", "one_letter")
    }
    for company in companies:
        core, normal = core_name(company.name), normal_name(company.name)
        if company.credit_code:
            keys["same_code"][company.credit_code].append(company)
        keys["same_core"][core].append(company)
        if len(core) >= 3:
            keys["same_sound"][_sound(core)].append(company)
        if len(core) >= 4:
            for shorter in _with_one_letter_less(normal):
                keys["one_letter"][shorter].append(company)
    return {why: [group for group in groups.values() if len(group) > 1] for why, groups in keys.items()}


def _pairs(group: list[NamedCompany]) -> Iterator[tuple[NamedCompany, NamedCompany]]:
    """All pairs of a small group; of a large one each with the first, so that a flood stays readable."""
    if len(group) <= 12:
        yield from combinations(group, 2)
    else:
        yield from ((group[0], other) for other in group[1:])


@lru_cache(maxsize=65536)
def _sound(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # 56 MB: only for processes that read names aloud

    return " ".join(lazy_pinyin(list(text), style=Style.NORMAL, errors="default"))


def _with_one_letter_less(text: str) -> set[str]:
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def _one_letter_apart(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    start = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    skip = 1 if len(longer) == len(shorter) else 0
    return shorter[start + skip :] == longer[start + 1 :]
