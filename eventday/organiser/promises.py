"""Promises, bans, and companies kept apart."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, SubmitField

from ..models import Event
from ..services.forum import pair_rules as service
from ..services.people.companies import companies_of, hosts_of
from ..web.access import event_page
from ..web.fields import Needed, number_or_none, options
from ..web.forms import HouseForm, status_of, submitted
from . import blueprint
from .pages import by_whom


class RuleForm(HouseForm):
    """A pair that must, or must never, meet."""

    company_id = SelectField(_l("Company"), [Needed()], coerce=number_or_none)
    rule = SelectField(_l("Rule"), choices=options([("must", _l("must meet")), ("never", _l("must never meet"))]))
    host_id = SelectField(_l("Host"), [Needed()], coerce=number_or_none)
    note = StringField(_l("Why"))
    add_rule = SubmitField(_l("Add"))


class ApartForm(HouseForm):
    """Two companies that never share a table."""

    first_id = SelectField(_l("Company"), [Needed()], coerce=number_or_none)
    second_id = SelectField(_l("and"), [Needed()], coerce=number_or_none)
    add_apart = SubmitField(_l("Add"))


@blueprint.route("/events/<slug>/promises", methods=["GET", "POST"])
@event_page("matching")
def promises(event: Event) -> ResponseReturnValue:
    """The rules about pairs, and forms for more."""
    rule, apart = RuleForm(), ApartForm()
    companies = options(((part.company_id, part.company.name) for part in companies_of(event)), empty=True)
    for field in (rule.company_id, apart.first_id, apart.second_id):
        field.choices = companies
    rule.host_id.choices = options(((host.id, host.name) for host in hosts_of(event)), empty=True)

    if rule.add_rule.data and submitted(rule, lambda: _add_rule(event, rule)):
        return _done(event)
    if apart.add_apart.data and submitted(apart, lambda: _add_apart(event, apart)):
        return _done(event)
    page = render_template(
        "organiser/promises.html",
        event=event,
        tab="wishes",
        rule=rule,
        apart=apart,
        rules=service.rules_of(event),
        pairs=service.apart_of(event),
    )
    return page, max(status_of(rule), status_of(apart))


def _add_rule(event: Event, form: RuleForm) -> None:
    service.add_rule(
        event,
        company_id=form.company_id.data,
        host_id=form.host_id.data,
        rule=form.rule.data,
        note=form.note.data,
        **by_whom(),
    )


def _add_apart(event: Event, form: ApartForm) -> None:
    service.add_apart(event, first_id=form.first_id.data, second_id=form.second_id.data, **by_whom())


@blueprint.post("/events/<slug>/promises/<int:number>/remove")
@event_page("matching")
def remove_rule(event: Event, number: int) -> ResponseReturnValue:
    """Drop a promise or a ban."""
    service.remove_rule(event, number, **by_whom())
    return _done(event)


@blueprint.post("/events/<slug>/apart/<int:number>/remove")
@event_page("matching")
def remove_apart(event: Event, number: int) -> ResponseReturnValue:
    """Let two companies share a table again."""
    service.remove_apart(event, number, **by_whom())
    return _done(event)


def _done(event: Event) -> ResponseReturnValue:
    flash(_("Saved. It holds from the next solve on."), "good")
    return redirect(url_for("organiser.promises", slug=event.slug))
