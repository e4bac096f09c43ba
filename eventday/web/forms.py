"""Forms: typed texts are tidied, times are read in the event's zone, a service's refusal lands beside its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget, TimeInput

from ..models import db
from ..rules.errors import DomainError, Invalid
from ..rules.tidy_text import tidy, tidy_lines
from .formats import zone
from .language import translate_error

Data = TypeVar("Data")


class HouseForm(FlaskForm):
    """A form of ours. Browsers check what they can; the server checks everything again."""

    class Meta:
        def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
            """Texts lose stray spaces on their way in; passwords are taken as typed."""
            kind = unbound.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                tidied = tidy_lines if issubclass(kind, TextAreaField) else tidy
                unbound.kwargs["filters"] = [lambda text, tidied=tidied: tidied(text or "")]
            return unbound.bind(form=form, **options)

    def read(self, kind: Callable[..., Data]) -> Data:
        """The values of the fields that `kind`, a dataclass, names."""
        named = {part.name for part in fields(kind)}  # type: ignore[arg-type]
        return kind(**{name: value for name, value in self.data.items() if name in named})


def submitted(form: FlaskForm, save: Callable[[], Any]) -> bool:
    """Whether `form` was sent, is right and was saved. What `save` refuses stands beside the field it names."""
    if not form.validate_on_submit():
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


def status_of(form: FlaskForm) -> int:
    """The status of a page with this form: 422 when it comes back with errors."""
    return 422 if form.errors or form.form_errors else 200


class MomentField(Field):
    """Date and time as the event's clocks show them; holds an aware moment or None."""

    widget = DateTimeLocalInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(zone()).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = datetime.fromisoformat(text).replace(tzinfo=zone()).astimezone(UTC)
        except ValueError:
            raise ValueError(_("Enter a date and a time, such as 2025-06-18 14:30.")) from None


class ClockField(MomentField):
    """A time on the event's day; holds an aware moment or None."""

    widget = TimeInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(zone()).strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = on_the_day(time.fromisoformat(text.replace("：", ":")))
        except ValueError:
            raise ValueError(_("Enter a time, such as 14:30.")) from None


def on_the_day(reading: time, day: date | None = None) -> datetime:
    """The moment at which the event's clocks show `reading` on `day` (default: the event's)."""
    return datetime.combine(day or g.event.date, reading.replace(tzinfo=None), tzinfo=zone()).astimezone(UTC)


class Needed:
    """A field that must be filled; says so in our words."""

    field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        empty = field.data is None or (isinstance(field.data, str) and not field.data.strip())
        if empty:
            if field.errors:  # it was filled, wrongly, and says so already
                raise StopValidation()
            raise StopValidation(_("Please fill this in."))


def number_or_none(text: object) -> int | None:
    """How a choice among rows is read: the row's number, None for the empty choice."""
    return int(str(text)) if text not in (None, "", "None") else None


def options(pairs: Iterable[tuple[object, object]], *, empty: bool = False) -> list[SelectChoice]:
    """Choices of a field from (value, label); with `empty`, a dash for none of them comes first."""
    first = [SelectChoice(value="", label="—")] if empty else []
    return [*first, *(SelectChoice(value=value, label=label) for value, label in pairs)]


class ManyField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
