"""The page that shows a station's pairing link, with the address at which tablets find this server now."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, Station
from ..services.door.pairing_links import pair_url
from ..services.door.stations import PAIRING, find_station, waits_for
from ..services.phones import my_qr
from ..web.access import event_page
from . import pages

# In the session of whoever made it: the station and its code.
_KEPT = "pairing"


def lead_to_link(event: Event, row: Station, code: str) -> ResponseReturnValue:
    """To the page with the link. It is a page of its own, so that loading it again makes no second station."""
    session[_KEPT] = {"station": row.id, "code": code}
    return redirect(url_for("registration.pairing_link", slug=event.slug, number=row.id))


@pages.get("/events/<slug>/stations/<int:number>/link")
@event_page("stations")
def pairing_link(event: Event, number: int) -> ResponseReturnValue:
    """The link and its QR, shown while it can be used, to whoever made it."""
    row, kept = find_station(event, number), session.get(_KEPT, {})
    code = kept.get("code", "") if kept.get("station") == number else ""
    if not waits_for(row, code, now=datetime.now(UTC)):
        session.pop(_KEPT, None)
        flash(_("This pairing link was used already or is too old. Choose “Pair again” for a new one."), "bad")
        return redirect(url_for("registration.stations", slug=event.slug))
    link = pair_url(address(), code, row if row.paired_at else None)
    minutes = int(PAIRING.total_seconds() // 60)
    template = "registration/pair.html"
    return render_template(
        template, event=event, tab="stations", station=row, link=link, qr=my_qr.qr_of(link), minutes=minutes
    )


def address() -> str:
    """Where tablets find this server: as configured, unless that is a number on the venue's network that has changed.

    The organiser's browser shows which number is right now. A public name is never overruled by what a proxy tells.
    """
    configured: str = current_app.config["EVENTDAY"].base_url
    asked = urlsplit(request.host_url)
    return request.host_url if _is_venue(asked.hostname) and _is_number(urlsplit(configured).hostname) else configured


def _is_number(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return bool(ip_address(host or ""))
    except ValueError:
        return False


def _is_venue(host: str | None) -> bool:
    return host != "localhost" and _is_number(host) and not ip_address(host or "").is_loopback
