"""Projects: what meetings became, at which stage."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import Optional

from ..models import Event, Project
from ..services.editing import standing_on
from ..services.people import projects as service
from ..services.people.carry_over import collect_meetings
from ..services.people.companies import companies_of
from ..web.access import event_page
from ..web.fields import Needed, number_or_none, options
from ..web.forms import HouseForm, status_of, submitted
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page, now
from .words import STAGES, choices


class ProjectForm(HouseForm):
    """A project."""

    name = StringField(_l("Project"), [Needed()])
    host_id = SelectField(_l("Host"), [Needed()], coerce=number_or_none)
    supplier_id = SelectField(_l("Supplier"), [Needed()], coerce=number_or_none)
    stage = SelectField(_l("Stage"), choices=choices(STAGES), default="matched")
    updated_on = DateField(_l("As of"), [Optional()])
    origin = StringField(_l("From session"))
    sign_on_stage = BooleanField(_l("Signed on stage at this event"))


class StepForm(HouseForm):
    """A project reached a stage."""

    stage = SelectField(_l("Reached the stage"), choices=choices(STAGES))
    on = DateField(_l("On"), [Needed()])
    evidence = StringField(_l("Evidence"), description=_l("A letter, a contract number, a link."))


@blueprint.get("/events/<slug>/projects")
@event_page("matching")
def projects(event: Event) -> ResponseReturnValue:
    """The projects and their totals; a total leads to the rows behind it."""
    stage, host_id = request.args.get("stage", ""), request.args.get("host", type=int)
    stage = stage if stage in STAGES else ""
    everything = service.projects_of(event)
    rows = service.projects_of(event, stage=stage, host_id=host_id)
    return render_template(
        "organiser/projects.html",
        event=event,
        tab="projects",
        page=page_of_keys(rows),
        totals=service.totals(everything),
        shown=service.totals(rows),
        chosen={"stage": stage, "host_id": host_id},
        stages=STAGES,
    )


@blueprint.route("/events/<slug>/projects/new", methods=["GET", "POST"])
@event_page("matching")
def new_project(event: Event) -> ResponseReturnValue:
    """Add a project."""
    return _form(event, None)


@blueprint.route("/events/<slug>/projects/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def project(event: Event, number: int) -> ResponseReturnValue:
    """Edit a project."""
    return _form(event, edited(service.find_project, event, number))


def _form(event: Event, row: Project | None) -> ResponseReturnValue:
    form = ProjectForm(obj=row)
    companies = {part.company_id: part.company.name for part in companies_of(event)}
    for company in (row.host, row.supplier) if row else ():  # a past project may name who does not come today
        companies.setdefault(company.id, company.name)
    form.host_id.choices = form.supplier_id.choices = options(companies.items(), empty=True)
    return form_page(
        form,
        lambda: service.save_project(event, row, form.read(service.ProjectData), **by_whom()),
        title=row.name if row else _("New project"),
        back=url_for("organiser.projects", slug=event.slug),
        delete=url_for("organiser.delete_project", slug=event.slug, number=row.id) if row else "",
        event=event,
        tab="projects",
        template="organiser/project.html",
        project=row,
        step=StepForm(prefix="step", on=service.today(event, now())),
        stages=STAGES,
    )


@blueprint.post("/events/<slug>/projects/<int:number>/steps")
@event_page("matching")
def add_step(event: Event, number: int) -> ResponseReturnValue:
    """Move a project to a stage, with a date and evidence."""
    row = service.find_project(event, number)
    form = StepForm(prefix="step")

    def save() -> None:
        service.move_project(
            event, row, stage=form.stage.data, on=form.on.data, evidence=form.evidence.data, **by_whom()
        )

    if submitted(form, save):
        flash(_("Saved."), "good")
        return redirect(url_for("organiser.project", slug=event.slug, number=number))
    back = url_for("organiser.project", slug=event.slug, number=number)
    page = render_template("organiser/edit.html", form=form, title=row.name, back=back, event=event, tab="projects")
    return page, status_of(form)


@blueprint.post("/events/<slug>/projects/collect")
@event_page("matching")
def collect(event: Event) -> ResponseReturnValue:
    """Make projects of the meetings of the published plan."""
    count = collect_meetings(event, **by_whom())
    flash(ngettext("%(num)s project added.", "%(num)s projects added.", count), "good")
    return redirect(url_for("organiser.projects", slug=event.slug))


@blueprint.route("/events/<slug>/projects/<int:number>/delete", methods=["GET", "POST"])
@event_page("matching")
def delete_project(event: Event, number: int) -> ResponseReturnValue:
    """Delete a project, after asking."""
    row = service.find_project(event, number)
    return delete_page(
        lambda: service.delete_project(event, row, **by_whom()),
        title=_("Delete project"),
        name=row.name,
        back=url_for("organiser.project", slug=event.slug, number=number),
        done=url_for("organiser.projects", slug=event.slug),
        reasons=standing_on(row, along=service.ALONG),
        event=event,
        tab="projects",
    )
