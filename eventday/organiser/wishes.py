"""Wishes: all as a matrix, for one host as a list, of one company as a form."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ..models import Company, Event, Wish, db
from ..rules.errors import Invalid
from ..rules.tidy_text import tidy
from ..services.forum.needs import needs_of
from ..services.people import wishes as service
from ..services.people.companies import companies_of, find_part, hosts_of
from ..web.access import event_page
from ..web.forms import FASTER
from ..web.language import both, translate_error
from ..web.meanwhile import digest
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom, edited


@blueprint.get("/events/<slug>/wishes")
@event_page("matching")
def wishes(event: Event) -> ResponseReturnValue:
    """Companies down, hosts across, interest in the cells; or one host's list."""
    hosts = hosts_of(event)
    query, host_id = request.args.get("q", ""), request.args.get("host", type=int)
    host_ids = {host.id for host in hosts}
    parts = [part for part in companies_of(event, query) if part.company_id not in host_ids]
    page = page_of_keys(parts)
    rows = service.wishes_of(event, company_ids=[part.company_id for part in page.rows])
    return render_template(
        "organiser/wishes.html",
        event=event,
        tab="wishes",
        hosts=hosts,
        host=next((host for host in hosts if host.id == host_id), None),
        for_host=service.wishes_of(event, host_id=host_id) if host_id in host_ids else [],
        page=page,
        cells={(row.company_id, row.host_id): row for row in rows},
        totals=service.totals_by_host(event),
        query=query,
    )


@blueprint.route("/events/<slug>/wishes/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def company_wishes(event: Event, number: int) -> ResponseReturnValue:
    """One company's wishes, host by host."""
    company = edited(find_part, event, number).company
    hosts = [host for host in hosts_of(event) if host.id != number]
    known = {wish.host_id: wish for wish in service.wishes_of(event, company_ids=[number])}
    errors = _changed_meanwhile(hosts, known)
    stale = bool(errors)
    if request.method == "POST" and not stale:
        try:
            changed = service.set_wishes(event, company, _read(hosts), **by_whom())
        except Invalid as error:
            db.session.rollback()
            errors[error.field or ""] = translate_error(error.message, error.params)
        else:
            flash(ngettext("%(num)s wish changed.", "%(num)s wishes changed.", changed), "good")
            return redirect(url_for("organiser.wishes", slug=event.slug))
    page = render_template(
        "organiser/company_wishes.html",
        event=event,
        tab="wishes",
        company=company,
        hosts=hosts,
        needs=needs_of(event),
        known=known,
        stamp_of=_stamp_of,
        errors=errors,
        typed=request.form if errors else None,
    )
    return page, 409 if stale else 422 if errors else 200


def _stamp_of(wish: Wish | None) -> str:
    """What a wish was when the page was opened."""
    needs = sorted(need.id for need in wish.needs) if wish else []
    return digest((wish.interest, wish.host_interest, wish.note, *needs) if wish else None)


def _changed_meanwhile(hosts: list[Company], known: dict[int, Wish]) -> dict[str, str]:
    """What somebody else (a phone, too) changed since the page was opened, as errors of its fields."""
    changed = [
        host
        for host in hosts
        if request.form.get(f"opened-with-{host.id}") not in (None, _stamp_of(known.get(host.id)))
    ]
    if not changed:
        return {}
    names = _(", ").join(both(host.label, host.name_en) for host in changed)
    told = {f"interest-{host.id}": known[host.id].interest if host.id in known else "–" for host in changed}
    return {"": translate_error(FASTER, {"fields": names})} | {
        field: _("Saved by somebody else: %(value)s", value=value) for field, value in told.items()
    }


def _read(hosts: list[Company]) -> dict[int, service.WishData | None]:
    """The form: for each host an interest (0 or empty: no wish), what the host thinks, needs and a note."""
    wanted: dict[int, service.WishData | None] = {}
    for host in hosts:
        interest = _whole(request.form.get(f"interest-{host.id}", ""), f"interest-{host.id}")
        if not interest:
            wanted[host.id] = None
            continue
        wanted[host.id] = service.WishData(
            interest=interest,
            host_interest=_whole(request.form.get(f"host-interest-{host.id}", ""), f"interest-{host.id}") or None,
            need_ids=tuple(request.form.getlist(f"needs-{host.id}", type=int)),
            note=tidy(request.form.get(f"note-{host.id}", "")),
        )
    return wanted


def _whole(text: str, field: str) -> int:
    text = tidy(text)
    if text not in ("", *"012345"):
        raise Invalid("Interest is a number from 1 to 5.", field=field)
    return int(text or 0)
