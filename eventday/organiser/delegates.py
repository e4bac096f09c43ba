"""Delegates of an event: the list, one delegate, removing one."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional

from ..models import Delegate, Event
from ..rules.phones import shown_phone
from ..services.people import delegates as service
from ..services.people.companies import companies_of
from ..services.people.taking_off import remove_delegate
from ..web.access import event_page, may
from ..web.fields import ClockField, Needed, number_or_none, options
from ..web.forms import HouseForm
from ..web.language import both
from ..web.new_codes import new_code
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page
from .words import DELEGATE_ROLES, PRESENCE, choices


class DelegateForm(HouseForm):
    """A person. Contacts are there only for those who may see them."""

    name = StringField(_l("Name"), [Needed()])
    name_en = StringField(_l("English name"))
    company_id = SelectField(_l("Company"), [Needed()], coerce=number_or_none)
    title = StringField(_l("Position"))
    role = SelectField(_l("Role on the badge"), choices=choices(DELEGATE_ROLES), default="delegate")
    expected_at = ClockField(_l("Expected at"), [Optional()])
    phone = StringField(_l("Telephone"))
    email = StringField(_l("E-mail"))
    receiver_id = SelectField(
        _l("Received by"), coerce=number_or_none, description=_l("Hosts and event staff; told when the guest arrives.")
    )
    note = StringField(_l("Note for the team"))
    remote = BooleanField(_l("Takes part by video link"))


@blueprint.get("/events/<slug>/delegates")
@event_page("people")
def delegates(event: Event) -> ResponseReturnValue:
    """Who comes; found by name, pinyin, initials, company, or the last four digits of a telephone number."""
    query, role = request.args.get("q", ""), request.args.get("role", "")
    page = page_of_keys(service.search_people(event, query, role, by_phone=may("contacts")))
    return render_template(
        "organiser/delegates.html",
        event=event,
        tab="people",
        page=page,
        people=service.load_people(list(page.rows)),
        presence=service.presence_of(list(page.rows)),
        presence_words=PRESENCE,
        query=query,
        role=role,
        roles=DELEGATE_ROLES,
        shown_phone=shown_phone,
    )


@blueprint.route("/events/<slug>/delegates/new", methods=["GET", "POST"])
@event_page("people")
def new_delegate(event: Event) -> ResponseReturnValue:
    """Add a person by hand."""
    return _form(event, None, request.args.get("company", type=int))


@blueprint.route("/events/<slug>/delegates/<int:number>", methods=["GET", "POST"])
@event_page("people")
def delegate(event: Event, number: int) -> ResponseReturnValue:
    """Edit a person; move them to another company."""
    return _form(event, edited(service.find_delegate, event, number))


def _form(event: Event, person: Delegate | None, company_id: int | None = None) -> ResponseReturnValue:
    form = DelegateForm(obj=person, **({} if person else {"company_id": company_id}))
    parts = companies_of(event)
    form.company_id.choices = options(((part.company_id, part.company.name) for part in parts), empty=True)
    receivers = [row for row in service.receivers_of(event) if person is None or row.id != person.id]
    form.receiver_id.choices = options(((row.id, f"{row.name} · {row.company.label}") for row in receivers), empty=True)
    sees_contacts = may("contacts")
    if not sees_contacts:
        del form.phone, form.email

    def save() -> None:
        contact = form.read(service.ContactData) if sees_contacts else None
        data = form.read(service.DelegateData)
        service.save_delegate(event, person, data, contact, code=new_code(), **by_whom())

    return form_page(
        form,
        save,
        title=both(person.name, person.name_en) if person else _("New delegate"),
        back=url_for("organiser.delegates", slug=event.slug),
        delete=url_for("organiser.remove_delegate_page", slug=event.slug, number=person.id) if person else "",
        delete_label=_("Remove"),
        event=event,
        tab="people",
        page="delegates",
        explain="" if parts else _("There are no companies yet. Add the company first."),
        template="organiser/delegate.html",
        person=person,
    )


@blueprint.route("/events/<slug>/delegates/<int:number>/remove", methods=["GET", "POST"])
@event_page("people")
def remove_delegate_page(event: Event, number: int) -> ResponseReturnValue:
    """Remove a person, after asking."""
    person = service.find_delegate(event, number)
    return delete_page(
        lambda: remove_delegate(event, person, **by_whom()),
        title=_("Remove delegate"),
        verb=_("Remove"),
        name=person.name,
        back=url_for("organiser.delegate", slug=event.slug, number=number),
        done=url_for("organiser.delegates", slug=event.slug),
        along=[_("Name and contacts are erased and the badge stops working. The scan log keeps a number only.")],
        event=event,
        tab="people",
    )
