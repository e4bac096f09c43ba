"""What is new on a phone: a guest of one's own has arrived, contact details are offered, a seat became free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..models import Delegate, SeatOffer, db
from ..services.door.contact import guests_arrived
from ..services.phones import contacts
from ..services.phones.my_day import Holder
from ..services.planning import standby
from . import blueprint
from .bound import own_phone

GUESTS_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class News:
    """People who ask, seats on offer, how the phone's owner stands to the badge that was scanned, guests who came."""

    asking: tuple[Delegate, ...] = ()
    seats: tuple[SeatOffer, ...] = ()
    stands: str = ""
    # As services.door.contact tells them; names are for the bound phone alone.
    guests: tuple[dict[str, Any], ...] = ()

    @property
    def digest(self) -> str:
        """Changes whenever the page has other news to show; says nothing else."""
        told = [str(each.id) for each in self.asking] + [f"s{seat.id}" for seat in self.seats]
        return "-".join([*told, *(f"g{guest['scan']}" for guest in self.guests), self.stands])


def news_for(holder: Holder, phone: int | None, now: datetime) -> News:
    """The news on `holder`'s page for the phone of delegate `phone`; to one that nobody bound hardly anything."""
    guests = _guests(holder, now) if holder.guests else ()
    if phone is None:
        return News(guests=guests)
    if phone != holder.delegate_id:
        return News(stands=contacts.stands(phone, holder.delegate_id))
    seats = db.session.query(SeatOffer).filter_by(company_id=holder.company_id, state="offered")
    seats = seats.filter(SeatOffer.event_id == holder.event_id, SeatOffer.expires_at > now).order_by(SeatOffer.id)
    return News(asking=tuple(contacts.asking(phone)), seats=tuple(seats), guests=guests)


def _guests(holder: Holder, now: datetime) -> tuple[dict[str, Any], ...]:
    came = guests_arrived(holder.event_id, since=now - GUESTS_FOR, receiver_id=holder.delegate_id)
    return tuple(guest | {"at": datetime.fromisoformat(guest["at"])} for guest in came)


@blueprint.post("/B/<code>/seat/<int:offer_id>")
@own_phone
def answer_seat(holder: Holder, offer_id: int) -> ResponseReturnValue:
    """Take the seat that became free, or let it go."""
    standby.answer(
        g.event,
        offer_id,
        request.form.get("answer") == "yes",
        now=datetime.now(UTC),
        actor=f"delegate {holder.delegate_id}",
        company_id=holder.company_id,
    )
    return redirect(url_for(".page", code=holder.code))
