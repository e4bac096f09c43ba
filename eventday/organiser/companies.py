"""Companies of an event: the list, one company with its part in the event, taking off."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from ..models import Event, Participation
from ..services.forum.rounds import rounds_of
from ..services.people import companies as service
from ..services.people.company_identity import CompanyData, PartData
from ..services.people.delegates import load_people, presence_of, search_people
from ..services.people.taking_off import reasons_to_keep, take_company_off
from ..services.people.wishes import wishes_of
from ..web.access import event_page
from ..web.fields import ClockField, ManyField, Needed, WholeField, options
from ..web.forms import HouseForm, status_of, submitted
from ..web.language import both
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page
from .words import KINDS, PRESENCE, choices


class CompanyForm(HouseForm):
    """A company, and its part in this event."""

    name = StringField(_l("Full name"), [Needed()])
    name_en = StringField(_l("Name in English"))
    short_name = StringField(_l("Short name"), description=_l("What fits a badge and a chip."))
    kind = SelectField(_l("Kind"), choices=choices(KINDS), default="sme")
    credit_code = StringField(_l("Credit code"), description=_l("18 letters and digits; known by it across events."))
    district = StringField(_l("District"))
    website = StringField(_l("Website"))
    capabilities = TextAreaField(_l("Capabilities"))
    aliases = TextAreaField(_l("Other names"), description=_l("One a line. Sheets that use them mean this company."))
    min_meetings = WholeField(_l("Meetings at least"), [Optional()], default=0)
    max_meetings = WholeField(_l("Meetings at most"), [Optional()], description=_l("Empty: no limit."))
    seats = WholeField(_l("Seats at a table"), [Needed()], default=1)
    delegations = WholeField(_l("Delegations"), [Needed()], default=1, description=_l("How many tables at once."))
    late_until = ClockField(_l("Comes late, at"), [Optional()])
    note = StringField(_l("Note for the team"))
    absent = ManyField(_l("Not there in"), coerce=int)
    withdrawn = BooleanField(_l("Will not come"))
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (
            _l("The company, at every event"),
            ("name", "name_en", "short_name", "kind", "credit_code", "district", "website", "capabilities", "aliases"),
        ),
        (
            _l("Its part in this event"),
            ("min_meetings", "max_meetings", "seats", "delegations", "late_until", "note", "absent", "withdrawn"),
        ),
    )

    def part(self) -> PartData:
        """Its part; an empty minimum is none."""
        self.min_meetings.data = self.min_meetings.data or 0
        return self.read(PartData)

    def names(self) -> list[str]:
        """The other names, one a line."""
        return [line for line in (self.aliases.data or "").splitlines() if line.strip()]


@blueprint.get("/events/<slug>/companies")
@event_page("people")
def companies(event: Event) -> ResponseReturnValue:
    """The companies that take part, found by name, pinyin or credit code."""
    query, kind = request.args.get("q", ""), request.args.get("kind", "")
    page = page_of_keys(service.companies_of(event, query, kind))
    counts = service.counts_of(event, [part.company_id for part in page.rows])
    return render_template(
        "organiser/companies.html",
        event=event,
        tab="people",
        page=page,
        counts=counts,
        query=query,
        kind=kind,
        kinds=KINDS,
    )


@blueprint.route("/events/<slug>/companies/new", methods=["GET", "POST"])
@event_page("people")
def new_company(event: Event) -> ResponseReturnValue:
    """Add a company by hand."""
    form = CompanyForm()
    del form.absent, form.withdrawn

    def save() -> None:
        service.add_company(event, form.read(CompanyData), form.part(), form.names(), **by_whom())

    back = url_for("organiser.companies", slug=event.slug)
    return form_page(form, save, title=_("New company"), back=back, event=event, tab="people", page="companies")


@blueprint.route("/events/<slug>/companies/<int:number>", methods=["GET", "POST"])
@event_page("people")
def company(event: Event, number: int) -> ResponseReturnValue:
    """One company: its data, its people, its wishes."""
    part = edited(service.find_part, event, number)
    form = _filled(event, part)

    def save() -> None:
        service.edit_company(
            event,
            part,
            form.read(CompanyData),
            form.part(),
            form.names(),
            absent=form.absent.data if form.absent else (),
            withdrawn=form.withdrawn.data,
            **by_whom(),
        )

    if submitted(form, save):
        flash(_("Saved."), "good")
        return redirect(url_for("organiser.companies", slug=event.slug))
    people = load_people(search_people(event, company_id=number))
    page = render_template(
        "organiser/company.html",
        event=event,
        tab="people",
        page="companies",
        form=form,
        part=part,
        people=people,
        presence=presence_of([person.id for person in people]),
        presence_words=PRESENCE,
        wishes=wishes_of(event, company_ids=[number]),
        wished_by=wishes_of(event, host_id=number),
    )
    return page, status_of(form)


def _filled(event: Event, part: Participation) -> CompanyForm:
    row = part.company
    values = {name: getattr(part, name) for name in PartData.__dataclass_fields__}
    form = CompanyForm(
        obj=row,
        aliases="\n".join(alias.alias for alias in sorted(row.aliases, key=lambda alias: alias.id)),
        absent=[each.id for each in part.absent_rounds],
        withdrawn=part.withdrawn_at is not None,
        **values,
    )
    rounds = rounds_of(event)
    if rounds:
        form.absent.choices = options((each.id, both(each.name, each.name_en)) for each in rounds)
    else:
        del form.absent
    return form


@blueprint.route("/events/<slug>/companies/<int:number>/take-off", methods=["GET", "POST"])
@event_page("people")
def take_off(event: Event, number: int) -> ResponseReturnValue:
    """Take a company off the event."""
    part = service.find_part(event, number)
    return delete_page(
        lambda: take_company_off(event, part, **by_whom()),
        title=_("Take off the event"),
        verb=_("Take off"),
        name=part.company.name,
        back=url_for("organiser.company", slug=event.slug, number=number),
        done=url_for("organiser.companies", slug=event.slug),
        reasons=reasons_to_keep(event, part),
        along=[_("Its delegates, their badges, its wishes and promises for this event go too."),
               _("The company itself stays known for other events.")],
        event=event,
        tab="people",
    )  # fmt: skip
