"""The four ways in which a meeting may end, in the words of phones and of organisers alike."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

OUTCOMES: dict[str, LazyString] = {
    "intent": _l("Intent signed or agreed"),
    "follow_up": _l("We follow up"),
    "maybe": _l("Perhaps later"),
    "no": _l("No match"),
}
