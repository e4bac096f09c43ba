"""What a badge says: plain data, as the renderers take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .qr import outline


@dataclass(frozen=True)
class Heading:
    """The event as it stands on paper. `date` is written as it shall be read; empty strings print nothing."""

    name: str
    name_en: str = ""
    date: str = ""
    venue: str = ""


@dataclass(frozen=True)
class Role:
    """What a person is at the event: in two words and one colour, for a colour alone is never the only sign."""

    word: str
    word_en: str
    colour: str


# Dark enough for white letters at AAA contrast, and apart from one another in print; green, amber and red stay
# free for results.
ROLES = {
    "delegate": Role("参会代表", "DELEGATE", "#0a5757"),
    "host": Role("央国企", "HOST", "#1d3765"),
    "guest": Role("嘉宾", "GUEST", "#56407a"),
    "vip": Role("贵宾", "VIP", "#6f1d3f"),
    "speaker": Role("演讲嘉宾", "SPEAKER", "#71420f"),
    "media": Role("媒体", "MEDIA", "#454f14"),
    "staff": Role("工作人员", "STAFF", "#22272b"),
}


@dataclass(frozen=True)
class BadgeCard:
    """One badge: whose it is, and the `qr_text` that leads to the delegate's page. `role` is a key of ROLES."""

    name: str
    company: str
    code: str
    qr_text: str
    role: str = "delegate"
    name_en: str = ""
    company_en: str = ""
    title: str = ""
    remote: bool = False

    def as_data(self) -> dict[str, Any]:
        """What the template is given. The second name is left out where it only repeats the first."""
        role = ROLES.get(self.role, ROLES["delegate"])
        code = outline(self.qr_text)
        return {
            "name": self.name.strip(),
            "name_en": _unless_same(self.name_en, self.name),
            "title": self.title.strip(),
            "company": self.company.strip(),
            "company_en": _unless_same(self.company_en, self.company),
            "code": " ".join(self.code[at : at + 4] for at in range(0, len(self.code), 4)),
            "role": {"word": role.word, "word_en": role.word_en, "colour": role.colour},
            "remote": self.remote,
            "qr": {"modules": code.modules, "loops": code.loops},
        }


def _unless_same(second: str, first: str) -> str:
    return "" if second.strip().casefold() == first.strip().casefold() else second.strip()
