"""What an earlier event of the series hands on: its companies and its open projects."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from ..models import Event, db
from ..services.people import carry_over as service
from ..web.access import event_page
from ..web.fields import Needed, number_or_none, options
from ..web.forms import HouseForm, status_of, submitted
from ..web.language import both
from . import blueprint
from .pages import by_whom


class CarryOverForm(HouseForm):
    """From which event, and what."""

    source = SelectField(_l("Earlier event"), [Needed()], coerce=number_or_none)
    companies = BooleanField(_l("Companies and their limits, without people"), default=True)
    projects = BooleanField(_l("Projects that are neither signed nor dropped"), default=True)


@blueprint.route("/events/<slug>/carry-over", methods=["GET", "POST"])
@event_page("event")
def carry_over(event: Event) -> ResponseReturnValue:
    """Carry over from an earlier event of the series."""
    form = CarryOverForm()
    earlier = service.earlier_events(event)
    form.source.choices = options((each.id, f"{both(each.name, each.name_en)} · {each.date}") for each in earlier)
    counts = (0, 0)

    def save() -> None:
        nonlocal counts
        source = db.session.get(Event, form.source.data)
        if source is not None:
            chosen = {"companies": form.companies.data, "projects": form.projects.data}
            counts = service.carry_over(event, source, **chosen, **by_whom())

    if submitted(form, save):
        flash(
            _("%(companies)s companies and %(projects)s projects came along.", companies=counts[0], projects=counts[1]),
            "good",
        )
        return redirect(url_for("organiser.companies", slug=event.slug))
    page = render_template(
        "organiser/carry_over.html",
        form=form,
        title=_("Carry over"),
        back=url_for("organiser.overview", slug=event.slug),
        event=event,
        tab="settings",
        page="carry-over",
        earlier=earlier,
        verb=_("Carry over"),
    )
    return page, status_of(form)
