"""My wishes: browse hosts and needs, rate them, see what became of it, wait for a seat."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..services.forum.needs import are_unveiled
from ..services.phones import my_wishes
from ..services.phones.my_day import Holder
from . import blueprint
from .bound import own_phone


@blueprint.get("/B/<code>/wishes")
@own_phone
def wishes(holder: Holder) -> ResponseReturnValue:
    """Hosts and their needs, with the company's wishes."""
    now = datetime.now(UTC)
    return render_template(
        "attendee/wishes.html",
        event=g.event,
        me=holder,
        wishes=my_wishes.wish_list(g.event, holder.company_id, now),
        open=my_wishes.are_open(g.event, now),
        unveiled=are_unveiled(g.event, now),
    )


@blueprint.post("/B/<code>/wishes")
@own_phone
def save_wishes(holder: Holder) -> ResponseReturnValue:
    """Save all of the page at once."""
    now = datetime.now(UTC)
    unveiled = are_unveiled(g.event, now)
    wanted = {}
    for wish in my_wishes.wish_list(g.event, holder.company_id, now):
        interest = request.form.get(f"interest-{wish.host.id}", type=int)
        if interest is not None:
            about = request.form.getlist(f"needs-{wish.host.id}", type=int) if unveiled else sorted(wish.about)
            wanted[wish.host.id] = (interest, tuple(about))
    changed = my_wishes.save_wishes(g.event, holder.company_id, wanted, now=now, delegate_id=holder.delegate_id)
    flash(_("Saved.") if changed else _("Nothing was changed."), "good")
    return redirect(url_for(".wishes", code=holder.code))


@blueprint.post("/B/<code>/standby/<int:host_id>")
@own_phone
def standby(holder: Holder, host_id: int) -> ResponseReturnValue:
    """Wait for a seat at a host, or no longer."""
    my_wishes.ask_standby(
        g.event,
        holder.company_id,
        host_id,
        request.form.get("waiting") == "yes",
        now=datetime.now(UTC),
        delegate_id=holder.delegate_id,
    )
    return redirect(url_for(".wishes", code=holder.code))
