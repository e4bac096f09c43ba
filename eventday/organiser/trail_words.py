"""Entries of the audit trail in words. Other rooms record actions of their own; what has no word shows its code."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

NOUNS = {
    "event": _l("Event"),
    "company": _l("Company"),
    "delegate": _l("Delegate"),
    "need": _l("Need"),
    "table": _l("Table"),
    "round": _l("Round"),
    "wish": _l("Wishes"),
    "must": _l("Promise"),
    "never": _l("Ban"),
    "apart": _l("Kept apart"),
    "programme": _l("Programme"),
    "project": _l("Project"),
    "staff": _l("Staff"),
    "plan": _l("Plan"),
    "badge": _l("Badge"),
    "badges": _l("Badges"),
    "station": _l("Station"),
    "import": _l("Import"),
    "export": _l("Export"),
    "repair": _l("Repair"),
    "lock": _l("Lock"),
    "job": _l("Solver"),
    "screen": _l("Hall screen"),
    "walk-in": _l("Walk-in"),
    "conflict": _l("Conflict"),
    "links": _l("Personal links"),
    "phone": _l("Phone"),
    "standby": _l("Standby"),
    "sign-in": _l("Sign in"),
}
VERBS = {
    "add": _l("added"),
    "create": _l("created"),
    "edit": _l("changed"),
    "delete": _l("deleted"),
    "remove": _l("removed"),
    "take-off": _l("taken off"),
    "merge": _l("merged"),
    "publish": _l("published"),
    "print": _l("printed"),
    "reissue": _l("reissued"),
    "pair": _l("paired"),
    "revoke": _l("revoked"),
    "rename": _l("renamed"),
    "lock": _l("locked"),
    "unlock": _l("unlocked"),
    "carry-over": _l("carried over"),
    "stage": _l("moved to another stage"),
    "settle": _l("settled"),
    "erase": _l("erased"),
    "export": _l("handed out"),
    "bind": _l("bound"),
    "desk_code": _l("bound by the desk"),
    "adopt": _l("adopted"),
    "discard": _l("discarded"),
    "draft": _l("drafted"),
    "redo": _l("redone"),
    "undo": _l("undone"),
    "scenario": _l("tried otherwise"),
    "names": _l("names switched"),
    "renew": _l("given a new address"),
    "scene": _l("scene chosen"),
    "password": _l("given a new password"),
    "ask": _l("asked for"),
    "offer": _l("offered"),
    "rate": _l("rated by the host"),
}


def action_words(action: str) -> str:
    """`company.edit` as people say it."""
    noun, _dot, verb = action.partition(".")
    parts = [str(NOUNS.get(noun, noun)), *([str(VERBS.get(verb, verb))] if verb else [])]
    return _("%(noun)s %(verb)s", noun=parts[0], verb=parts[1]) if verb else parts[0]


def target_words(target: str, names: dict[str, str]) -> str:
    """`company 12` by its name, where it still has one."""
    return names.get(target, target)


def detail_words(detail: dict[str, Any]) -> str:
    """What an entry holds beyond its target: names of fields, counts; what is nothing is left out."""
    parts = []
    for name, value in detail.items():
        if isinstance(value, dict):
            value = ", ".join(f"{part} {count}" for part, count in value.items() if count)
        elif isinstance(value, list):
            value = ", ".join(str(each) for each in value)
        if value not in (None, "", 0, False):
            parts.append(f"{name}: {value}" if value is not True else name)
    return "; ".join(parts)
