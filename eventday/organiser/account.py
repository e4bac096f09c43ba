"""One's own account: the password."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required, login_user
from wtforms import PasswordField

from ..rules.errors import Invalid
from ..services.staffing.staff_changes import change_own_password
from ..web.fields import Needed
from ..web.forms import HouseForm
from ..web.security import limiter
from . import blueprint
from .pages import by_whom, form_page


class OwnPasswordForm(HouseForm):
    """The old password, and the new one twice."""

    old = PasswordField(_l("Your password"), [Needed()], render_kw={"autocomplete": "current-password"})
    new = PasswordField(
        _l("New password"),
        [Needed()],
        description=_l("At least 10 characters."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(_l("New password again"), [Needed()], render_kw={"autocomplete": "new-password"})


@blueprint.route("/account", methods=["GET", "POST"])
@login_required
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def account() -> ResponseReturnValue:
    """Change one's own password; sessions elsewhere end, this one goes on."""
    form = OwnPasswordForm()

    def save() -> None:
        if form.new.data != form.again.data:
            raise Invalid("The two are not the same.", field="again")
        me = current_user._get_current_object()
        change_own_password(me, form.old.data, form.new.data, **by_whom())
        login_user(me)

    return form_page(
        form,
        save,
        title=_("My password"),
        back=url_for("organiser.events"),
        explain=_("Signed in as %(email)s. Sessions on other devices end.", email=current_user.email),
    )
