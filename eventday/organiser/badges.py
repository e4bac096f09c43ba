"""Badges of an event: chosen, printed, replaced; and what is sent out before the day."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..badges.badge_papers import LAYOUTS
from ..models import Event
from ..models.base import writing
from ..rules.errors import DomainError
from ..services.papers import badging, personal_links
from ..services.people.delegates import find_delegate
from ..web.access import event_page, may
from ..web.language import translate_error
from ..web.new_codes import new_code
from ..web.paging import page_of_query
from . import blueprint
from .pages import by_whom, now
from .words import DELEGATE_ROLES, KINDS

PDF = "application/pdf"
PNG = "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


@blueprint.get("/events/<slug>/badges")
@event_page("badges")
def badges(event: Event) -> ResponseReturnValue:
    """The live badges, found by name, company, role and kind; what to print and in which layout."""
    choice = _choice(request.args)
    return render_template(
        "organiser/badges.html",
        event=event,
        tab="badges",
        page=page_of_query(badging.badges_of(event, choice)),
        choice=choice,
        roles=DELEGATE_ROLES,
        kinds=KINDS,
        layouts=LAYOUTS,
        layout=request.args.get("layout", "a6"),
        broken=badging.unprintable_names(event),
    )


@blueprint.get("/events/<slug>/badges/layouts/<layout>.png")
@event_page("badges")
def badge_layout(event: Event, layout: str) -> ResponseReturnValue:
    """How a layout looks."""
    if layout not in LAYOUTS:
        abort(404)
    return send_file(io.BytesIO(badging.layout_picture(event, layout)), mimetype=PNG, max_age=300)


@blueprint.post("/events/<slug>/badges/print")
@event_page("badges")
def print_badges(event: Event) -> ResponseReturnValue:
    """A PDF of those that were found, or of those that were ticked among them."""
    found = _choice(request.form)
    ticked = frozenset(request.form.getlist("delegate", type=int))
    choice = badging.Choice(delegates=ticked) if request.form.get("scope") == "ticked" else found
    layout = request.form.get("layout", "a6")
    try:
        made, _broken = badging.print_badges(event, choice, layout, base_url=_base_url(), **by_whom())
    except DomainError as error:
        flash(translate_error(error.message, error.params), "bad")
        return redirect(url_for("organiser.badges", slug=event.slug, **_query(found), layout=layout))
    return _download(made, PDF, f"{event.slug}-badges-{layout}.pdf")


@blueprint.route("/events/<slug>/badges/<int:number>/reissue", methods=["GET", "POST"])
@event_page("badges")
def reissue_badge(event: Event, number: int) -> ResponseReturnValue:
    """Ask, then give a delegate a new badge; the old one is refused from then on."""
    person = find_delegate(event, number)
    if request.method == "GET":
        return render_template("organiser/reissue.html", event=event, tab="badges", person=person)
    badging.reissue(event, number, code=new_code(), **by_whom())
    done = _("%(name)s has a new badge; the old one is refused from now on. Print the new one.", name=person.name)
    flash(done, "good")
    return redirect(url_for("organiser.badges", slug=event.slug, q=person.name))


@blueprint.get("/events/<slug>/badges/links.xlsx")
@event_page("people")
def personal_links_sheet(event: Event) -> ResponseReturnValue:
    """The sheet of personal links; with contacts for those who may see them."""
    contacts = "contacts" in request.args
    if contacts and not may("contacts"):
        abort(403)
    slug = event.slug
    made = personal_links.links_sheet(event, base_url=_base_url(), now=now(), contacts=contacts)
    _record(event, "links and contacts" if contacts else "links")
    return _download(made, XLSX, f"{slug}-links.xlsx")


@blueprint.get("/events/<slug>/badges/pictures.zip")
@event_page("people")
def qr_pictures(event: Event) -> ResponseReturnValue:
    """The QR pictures, a folder for each company."""
    slug = event.slug
    made = personal_links.pictures_archive(event, base_url=_base_url(), now=now())
    _record(event, "pictures")
    return _download(made, ZIP, f"{slug}-qr.zip")


def _choice(values: Any) -> badging.Choice:
    return badging.Choice(
        words=values.get("q", "").strip(),
        role=values.get("role", ""),
        kind=values.get("kind", ""),
        unprinted="unprinted" in values,
    )


def _query(choice: badging.Choice) -> dict[str, Any]:
    """`choice` as the address of the page says it."""
    query = {"q": choice.words, "role": choice.role, "kind": choice.kind, "unprinted": "1" if choice.unprinted else ""}
    return {name: value for name, value in query.items() if value}


def _base_url() -> str:
    return str(current_app.config["EVENTDAY"].base_url)


def _record(event: Event, what: str) -> None:
    """A download is a GET, which has promised only to read; that links left the house is written all the same."""
    with writing():
        personal_links.record_handing_out(event, what, **by_whom())


def _download(data: bytes, mimetype: str, name: str) -> ResponseReturnValue:
    answer = send_file(io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"  # names and codes stay out of shared computers' caches
    return answer
