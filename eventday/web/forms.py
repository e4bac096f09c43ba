"""Forms: typed texts are tidied, times are read in the event's zone, a service's refusal lands beside its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, PasswordField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget, TimeInput

from ..models import db
from ..rules.errors import DomainError, Invalid, Stale, sentence
from ..rules.tidy_text import tidy, tidy_lines
from .formats import zone
from .language import translate_error
from .meanwhile import stamp_of, take_changes

Data = TypeVar("Data")
MOST = 100_000
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


class MomentField(Field):
    """Date and time as the event's clocks show them; holds an aware moment or None."""

    widget: Any = DateTimeLocalInput()
    shown = "%Y-%m-%dT%H:%M"
    example = _l("Enter a date and a time, such as 2025-06-18 14:30.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(zone()).strftime(self.shown) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        try:
            self.data = self.moment_of(text) if text else None
        except (ValueError, OverflowError):  # the latter: before the first year, or after the last, in UTC
            raise ValueError(str(self.example)) from None

    def moment_of(self, text: str) -> datetime:
        """The moment that `text` names; raises ValueError where it names none."""
        return datetime.fromisoformat(text).replace(tzinfo=zone()).astimezone(UTC)


class ClockField(MomentField):
    """A time on the event's day; holds an aware moment or None."""

    widget = TimeInput()
    shown = "%H:%M"
    example = _l("Enter a time, such as 14:30.")

    def moment_of(self, text: str) -> datetime:
        """The moment at which the event's clocks show `text`."""
        return on_the_day(time.fromisoformat(text.replace("：", ":")))


def on_the_day(reading: time, day: date | None = None) -> datetime:
    """The moment at which the event's clocks show `reading` on `day` (default: the event's)."""
    return datetime.combine(day or g.event.date, reading.replace(tzinfo=None), tzinfo=zone()).astimezone(UTC)


class WholeField(IntegerField):
    """A whole number of people, seats or meetings: none that a database or the solver could not hold."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > MOST:
            self.data = None
            raise ValueError(_("Take a number up to %(most)s.", most=MOST))


class Needed:
    """A field that must be filled; says so in our words."""

    field_flags = {"required": True}

    def __call__(self, form: FlaskForm, field: Field) -> None:
        empty = field.data is None or (isinstance(field.data, str) and not field.data.strip())
        typed = any(str(text).strip() for text in field.raw_data or ())
        if empty and field.errors and typed:  # it was filled, wrongly, and says so already
            raise StopValidation()
        if empty:
            field.errors = []
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
