"""Whether somebody who came unannounced may be somebody who was registered all along. A person decides; this looks.

Names repeat, so a name alone is the weakest sign; a telephone number is the strongest. A desk types by ear, so one
sound in two writings (王小明, 王晓明) counts within one company.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .company_names import core_name
from .pinyin_keys import syllables
from .plain_han import plain_han
from .tidy_text import fold

# Strongest first.
Likeness = Literal["phone", "name_and_company", "sound_and_company", "name"]
LIKENESSES: tuple[Likeness, ...] = ("phone", "name_and_company", "sound_and_company", "name")


@dataclass(frozen=True)
class Known:
    """What two people are compared by. `phone` as `rules.phones.read_phone` writes it, empty when unknown."""

    name: str
    name_en: str
    company: str
    phone: str


def likeness(one: Known, other: Known) -> Likeness | None:
    """The strongest sign that the two are one person; None where nothing says so."""
    if one.phone and one.phone == other.phone:
        return "phone"
    named = bool(_names(one) & _names(other))
    together = plain_han(core_name(one.company)) == plain_han(core_name(other.company))
    if together and named:
        return "name_and_company"
    if together and _sound(one.name) == _sound(other.name):
        return "sound_and_company"
    return "name" if named else None


def keeps_walk_ins_badge(*, walk_in_printed: bool, registered_used: bool) -> bool:
    """Of two badges, whether the walk-in's stays valid: it hangs on a chest, and the other was never scanned."""
    return walk_in_printed and not registered_used


def _names(who: Known) -> set[str]:
    return {plain_han(fold(name)) for name in (who.name, who.name_en)} - {""}


def _sound(name: str) -> str:
    return syllables(name).replace(" ", "")
