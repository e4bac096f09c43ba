"""The page that shows a station's pairing link, once, with the address at which tablets find this server now."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from ..models import Event, Station
from ..services.door.pairing_links import pair_url
from ..services.door.stations import PAIRING
from ..services.phones import my_qr


def show_link(event: Event, row: Station, code: str) -> ResponseReturnValue:
    """The link and its QR, shown this once."""
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
