"""Two records that a person knows to be one company become one."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from ..models import Company, Event, db
from ..services.people import companies as service
from ..services.people.merging import merge_companies
from ..web.access import event_page
from ..web.fields import Needed, number_or_none, options
from ..web.forms import HouseForm
from . import blueprint
from .pages import by_whom, form_page


class MergeForm(HouseForm):
    """Which company is the same as this one."""

    other = SelectField(_l("The same company under another name"), [Needed()], coerce=number_or_none)


@blueprint.route("/events/<slug>/companies/<int:number>/merge", methods=["GET", "POST"])
@event_page("people")
def merge(event: Event, number: int) -> ResponseReturnValue:
    """Make another company of the event part of this one."""
    part = service.find_part(event, number)
    form = MergeForm()
    others = [row for row in service.companies_of(event) if row.company_id != number]
    form.other.choices = options(((row.company_id, row.company.name) for row in others), empty=True)

    def save() -> None:
        other = db.session.get(Company, form.other.data)
        if other is not None:
            merge_companies(part.company, other, event=event, **by_whom())

    return form_page(
        form,
        save,
        title=_("Merge with %(name)s", name=part.company.name),
        back=url_for("organiser.company", slug=event.slug, number=number),
        event=event,
        tab="people",
        page="companies",
        explain=_(
            "The other company becomes part of this one, at every event: its delegates, wishes, tables and projects "
            "come along, its name stays as another name. This cannot be undone."
        ),
        verb=_("Merge"),
    )
