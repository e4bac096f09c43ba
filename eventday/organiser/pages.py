"""The two pages that every noun of an event shares: its form, and the question before it is deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, db
from ..rules.errors import Invalid
from ..services.forum.events import hold
from ..web.access import actor
from ..web.forms import HouseForm, status_of, submitted
from ..web.language import translate_error

Row = TypeVar("Row")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def by_whom() -> dict[str, Any]:
    """`now` and `actor`, as every service that changes something asks for them."""
    return {"now": now(), "actor": actor()}


def edited(find: Callable[[Event, int], Row], event: Event, number: int) -> Row:
    """The row that a form edits. While it is being saved nobody else writes: else two could be first at once."""
    if request.method == "POST":
        hold(event)
    return find(event, number)


def form_page(
    form: HouseForm,
    save: Callable[[], Any],
    *,
    title: str,
    back: str,
    delete: str = "",
    template: str = "organiser/edit.html",
    **context: Any,
) -> ResponseReturnValue:
    """Show `form`; when it was sent and `save` took it, go `back`. `delete` is the address of the question."""
    if submitted(form, save):
        flash(_("Saved."), "good")
        return redirect(back)
    page = render_template(template, form=form, title=title, back=back, delete=delete, **context)
    return page, status_of(form)


def delete_page(
    delete: Callable[[], Any],
    *,
    title: str,
    name: str,
    back: str,
    done: str,
    reasons: Sequence[str] = (),
    along: Sequence[str] = (),
    verb: str = "",
    **context: Any,
) -> ResponseReturnValue:
    """Ask before `delete`; `reasons` against it are shown instead of the button, `along` tells what else goes."""
    refused = [translate_error(reason, {}) for reason in reasons]
    if request.method == "POST" and not refused:
        try:
            delete()
        except Invalid as error:
            db.session.rollback()
            refused = [translate_error(error.message, error.params)]
        else:
            flash(_("%(name)s is gone.", name=name), "good")
            return redirect(done)
    page = render_template(
        "organiser/delete.html",
        title=title,
        name=name,
        back=back,
        reasons=refused,
        along=along,
        verb=verb or _("Delete"),
        **context,
    )
    return page, 422 if refused and request.method == "POST" else 200
