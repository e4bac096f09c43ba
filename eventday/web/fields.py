"""Fields of forms: times are read in the event's zone, numbers within bounds, and what must be filled says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget, TimeInput

from .formats import zone

MOST = 100_000


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
