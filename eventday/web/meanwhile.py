"""Two people edit one row: whoever saves later hears what the other changed, and decides again.

A form carries a short digest of what each of its fields held when it was opened. When it comes back, fields whose row
holds something else by now were changed by somebody else. Those left alone here take the other's value; those changed
here too keep what was typed and say what is saved, so that saving once more is a decision and not an accident.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, Field, HiddenField


def stamp_of(fields: Iterable[Field]) -> str:
    """What the row holds, a digest for each field."""
    return " ".join(f"{field.short_name}={digest(field.object_data)}" for field in _of_the_row(fields))


def take_changes(fields: Iterable[Field], stamp: str) -> list[Field]:
    """The fields that somebody else changed since `stamp`, each brought up to date or told what is saved by now."""
    opened_with = dict(part.partition("=")[::2] for part in stamp.split())
    changed = []
    for field in _of_the_row(fields):
        before = opened_with.get(field.short_name)
        if before is None or before == digest(field.object_data) or field.data == field.object_data:
            continue
        changed.append(field)
        if digest(field.data) == before:
            field.raw_data = None  # which some fields show before what they hold
            field.process(None, field.object_data)
        else:
            field.errors = [*field.errors, _("Saved by somebody else: %(value)s", value=_as_shown(field))]
    return changed


def _of_the_row(fields: Iterable[Field]) -> Iterator[Field]:
    return (field for field in fields if not isinstance(field, HiddenField))


def digest(value: Any) -> str:
    """A short stamp of what a field holds. It tells whether that changed, to whoever sees the field anyway."""
    if isinstance(value, list):
        value = sorted(value)
    return hashlib.sha256(repr(None if value == "" else value).encode()).hexdigest()[:8]


def _as_shown(field: Field) -> str:
    """What the row holds, in the words of the field."""
    saved = field.object_data
    if isinstance(field, BooleanField):
        return _("yes") if saved else _("no")
    if choices := getattr(field, "choices", None):
        chosen = saved if isinstance(saved, list) else [saved]
        words = [str(each.label) for each in choices if each.value in chosen]
    else:
        typed = field.data, field.raw_data
        field.data, field.raw_data = saved, None
        words = [str(field._value())]
        field.data, field.raw_data = typed
    return _(", ").join(word for word in words if word) or "–"
