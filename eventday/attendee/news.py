"""What waits for an answer on a bound phone: contact details offered, a seat that became free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..models import Delegate, SeatOffer, db
from ..services.phones import contacts
from ..services.phones.my_day import Holder
from ..services.planning import standby
from . import blueprint
from .bound import own_phone


@dataclass(frozen=True)
class News:
    """People who ask, seats on offer, and how the phone's owner stands to the badge that was scanned."""

    asking: tuple[Delegate, ...] = ()
    seats: tuple[SeatOffer, ...] = ()
    stands: str = ""

    @property
    def digest(self) -> str:
        """Changes whenever the page has other news to show; says nothing else."""
        return "-".join([*(str(each.id) for each in self.asking), *(f"s{seat.id}" for seat in self.seats), self.stands])


def news_for(holder: Holder, phone: int | None, now: datetime) -> News:
    """The news on `holder`'s page for the phone of delegate `phone`; nothing for a phone that nobody bound."""
    if phone is None:
        return News()
    if phone != holder.delegate_id:
        return News(stands=contacts.stands(phone, holder.delegate_id))
    seats = db.session.query(SeatOffer).filter_by(company_id=holder.company_id, state="offered")
    seats = seats.filter(SeatOffer.event_id == holder.event_id, SeatOffer.expires_at > now).order_by(SeatOffer.id)
    return News(asking=tuple(contacts.asking(phone)), seats=tuple(seats))


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
    )
    return redirect(url_for(".page", code=holder.code))
