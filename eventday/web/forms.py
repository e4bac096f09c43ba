"""Forms: typed texts are tidied, two who edit at once are told, a service's refusal lands beside its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField

from ..models import db
from ..rules.errors import DomainError, Invalid, Stale, sentence
from ..rules.tidy_text import tidy, tidy_lines
from .language import translate_error
from .meanwhile import stamp_of, take_changes

Data = TypeVar("Data")
FASTER = sentence(
    "Somebody else has changed this meanwhile: %(fields)s. Nothing of yours was saved yet. "
    "Look at it as it is now, then save again."
)


class HouseForm(FlaskForm):
    """A form of ours. Browsers check what they can; the server checks everything again.

    Made with a row (`obj`), it knows when somebody else has changed that row since the form was opened; values given
    by name go before what the row has under that name.
    """

    wide: tuple[str, ...] = ()  # fields that take a line of their own
    stale = False
    opened_with = HiddenField()

    class Meta:
        def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
            """Texts lose stray spaces on their way in; passwords are taken as typed."""
            kind = unbound.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                tidied = tidy_lines if issubclass(kind, TextAreaField) else tidy
                unbound.kwargs["filters"] = [lambda text, tidied=tidied: tidied(text or "")]
            return unbound.bind(form=form, **options)

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **values: Any) -> None:
        """Fill the fields from the row, and from what was sent."""
        self.row = obj
        super().process(formdata, obj and _Row(obj, values), data, **values)

    def hidden_tag(self, *names: Any) -> Any:
        """The hidden fields; with them, what the row holds as this form shows it."""
        self.opened_with.data = stamp_of(self) if self.row else None
        return super().hidden_tag(*names)

    def changed_meanwhile(self) -> bool:
        """Whether somebody else has changed the row since this form was opened; then the form says so."""
        changed = take_changes(self, self.opened_with.data or "") if self.row else []
        if changed:
            self.stale = True
            names = _(", ").join(str(field.label.text) for field in changed)
            show_refusal(self, Stale(FASTER, fields=names))
        return bool(changed)

    def read(self, kind: Callable[..., Data]) -> Data:
        """The values of the fields that `kind`, a dataclass, names."""
        named = {part.name for part in fields(kind)}  # type: ignore[arg-type]
        return kind(**{name: value for name, value in self.data.items() if name in named})


class _Row:
    """A row as a form sees it: values given by name go first (a text may go by the name of a relationship)."""

    def __init__(self, row: Any, values: dict[str, Any]) -> None:
        self.__dict__.update(values)
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def submitted(form: HouseForm, save: Callable[[], Any]) -> bool:
    """Whether `form` was sent, is right, nobody was faster, and it was saved.

    What `save` refuses stands beside the field it names.
    """
    if not form.is_submitted() or form.changed_meanwhile() or not form.validate():
        return False
    try:
        save()
    except Invalid as error:
        db.session.rollback()
        show_refusal(form, error)
        return False
    return True


def show_refusal(form: FlaskForm, error: DomainError) -> None:
    """Put `error` beside the field that it names, or above the form."""
    sentence = translate_error(error.message, error.params)
    field = form._fields.get(error.field) if error.field else None
    if field is None:
        form.form_errors = [*form.form_errors, sentence]
    else:
        field.errors = [*field.errors, sentence]


def status_of(form: HouseForm) -> int:
    """The status of a page with this form: 409 where somebody else was faster, 422 when it comes back with errors."""
    if form.stale:
        return 409
    return 422 if form.errors or form.form_errors else 200
