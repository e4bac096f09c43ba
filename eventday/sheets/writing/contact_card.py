"""Contact cards (vCard 3.0, RFC 2426: the version that every phone's address book reads)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import vobject


@dataclass(frozen=True)
class Card:
    """A person as others keep them; empty fields are left out. `phone` is stored E.164, an extension after `x`."""

    name: str
    company: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""


def contact_cards(cards: Iterable[Card]) -> bytes:
    """All cards in one file."""
    return "".join(_written(card) for card in cards).encode()


def _written(card: Card) -> str:
    entry = vobject.vCard()
    entry.add("fn").value = card.name
    # A Chinese name is not split into family and given name: a wrong split is worse than none.
    entry.add("n").value = vobject.vcard.Name(family=card.name)
    if card.company:
        entry.add("org").value = [card.company]
    for field, value in (("title", card.title), ("email", card.email), ("url", card.url)):
        if value:
            entry.add(field).value = value
    if card.phone:
        number, _, extension = card.phone.partition("x")
        phone = entry.add("tel")
        phone.value = f"{number},{extension}" if extension else number
        phone.type_param = "WORK"
    return str(entry.serialize())
