"""Staff: who works on which events, in which role."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, PasswordField, SelectField, StringField

from ..models import Event, Staff
from ..services.staffing import staff as staff_service
from ..services.staffing import staff_changes as service
from ..web.access import visible_events
from ..web.fields import ManyField, Needed, options
from ..web.forms import HouseForm, status_of, submitted
from ..web.language import both
from . import blueprint
from .access import organisers_only
from .pages import by_whom, form_page
from .words import STAFF_ROLES, choices


class MemberForm(HouseForm):
    """A member of staff."""

    name = StringField(_l("Name"))
    organisation = StringField(_l("Organisation"), description=_l("Such as a city office or a district commission."))
    role = SelectField(
        _l("Role"),
        choices=choices(STAFF_ROLES),
        default="desk",
        description=_l("Organisers do everything; planners match and publish; the desk checks people in."),
    )
    all_events = BooleanField(_l("All events, also later ones"))
    events = ManyField(_l("Or these events"), coerce=int)
    disabled = BooleanField(_l("Shut out: cannot sign in"))


class NewMemberForm(MemberForm):
    """The same with what a new member needs."""

    email = StringField(_l("E-mail"), [Needed()])
    password = PasswordField(
        _l("First password"),
        [Needed()],
        description=_l("At least 10 characters; tell it in person, they can change it."),
    )
    field_order = ("email", "name", "organisation", "role", "password", "all_events", "events")

    def __iter__(self):
        first = [self._fields[name] for name in self.field_order if name in self._fields]
        return iter([*first, *(field for field in self._fields.values() if field not in first)])


class PasswordForm(HouseForm):
    """A new password for somebody else."""

    password = PasswordField(_l("New password"), [Needed()], description=_l("Every session of this member ends."))


@blueprint.get("/staff")
@organisers_only()
def staff() -> ResponseReturnValue:
    """The staff that whoever is signed in works with."""
    me: Staff = current_user._get_current_object()
    members = service.members_seen_by(me)
    return render_template(
        "organiser/staff.html",
        members=members,
        changeable={member.id for member in members if service.may_change(me, member)},
        roles=STAFF_ROLES,
    )


@blueprint.route("/staff/new", methods=["GET", "POST"])
@organisers_only()
def new_member() -> ResponseReturnValue:
    """Add a member."""
    form = NewMemberForm()
    del form.disabled
    _offer_events(form)

    def save() -> None:
        events = _chosen(form)
        service.check_reach(current_user, events, bool(form.all_events and form.all_events.data))
        staff_service.add_member(
            email=form.email.data,
            role=form.role.data,
            password=form.password.data,
            name=form.name.data,
            organisation=form.organisation.data,
            events=events,
            **by_whom(),
        )

    return form_page(form, save, title=_("New member of staff"), back=url_for("organiser.staff"))


@blueprint.route("/staff/<int:number>", methods=["GET", "POST"])
@organisers_only()
def member(number: int) -> ResponseReturnValue:
    """Edit a member: role, events, access; give a new password."""
    person = service.find_member(current_user, number)
    form = MemberForm(obj=person, events=[event.id for event in person.events], disabled=not person.is_active)
    _offer_events(form)
    password = PasswordForm(prefix="new")

    def save() -> None:
        service.edit_member(
            current_user,
            person,
            name=form.name.data,
            organisation=form.organisation.data,
            role=form.role.data,
            events=_chosen(form),
            all_events=bool(form.all_events and form.all_events.data),
            disabled=form.disabled.data,
            **by_whom(),
        )

    return form_page(
        form,
        save,
        title=person.name or person.email,
        back=url_for("organiser.staff"),
        template="organiser/member.html",
        member=person,
        password=password,
    )


@blueprint.post("/staff/<int:number>/password")
@organisers_only()
def member_password(number: int) -> ResponseReturnValue:
    """Give a member a new password."""
    person = service.find_member(current_user, number)
    form = PasswordForm(prefix="new")
    if submitted(form, lambda: service.reset_password(person, form.password.data, **by_whom())):
        flash(_("The new password holds; older sessions have ended."), "good")
        return redirect(url_for("organiser.staff"))
    page = render_template(
        "organiser/edit.html",
        form=form,
        title=_("New password"),
        back=url_for("organiser.member", number=number),
        delete="",
    )
    return page, status_of(form)


def _offer_events(form: MemberForm) -> None:
    """The events to choose from: one's own. Only who has all may give all."""
    form.events.choices = options((event.id, both(event.name, event.name_en)) for event in visible_events())
    if not form.events.choices:
        del form.events
    if not current_user.all_events:
        del form.all_events


def _chosen(form: MemberForm) -> list[Event]:
    if not form.events or (form.all_events and form.all_events.data):
        return []
    return visible_events().filter(Event.id.in_(form.events.data or ())).all()
