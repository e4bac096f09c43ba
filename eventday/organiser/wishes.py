"""Wishes: all as a matrix, for one host as a list, of one company as a form."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from ..models import Company, Event, db
from ..rules.errors import Invalid
from ..services.forum.needs import needs_of
from ..services.people import wishes as service
from ..services.people.companies import companies_of, find_part, hosts_of
from ..web.access import event_page
from ..web.language import translate_error
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom


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
    company = find_part(event, number).company
    hosts = [host for host in hosts_of(event) if host.id != number]
    errors: dict[str, str] = {}
    if request.method == "POST":
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
        known={wish.host_id: wish for wish in service.wishes_of(event, company_ids=[number])},
        errors=errors,
        typed=request.form if errors else None,
    )
    return page, 422 if errors else 200


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
            note=request.form.get(f"note-{host.id}", "").strip(),
        )
    return wanted


def _whole(text: str, field: str) -> int:
    if not text.strip():
        return 0
    if not text.strip().isdigit():
        raise Invalid("Interest is a number from 1 to 5.", field=field)
    return int(text)
