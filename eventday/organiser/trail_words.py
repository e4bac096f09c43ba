"""Entries of the audit trail in words. Other rooms record actions of their own; what has no word shows its code."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ..services.staffing.trail import references_in
from .words import PROGRAMME

NOUNS = {
    "event": _l("Event"),
    "company": _l("Company"),
    "host": _l("Host"),
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
    "presence": _l("Presence"),
    "rounds": _l("Rounds"),
    "scans": _l("Scans"),
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
    "tongues": _l("languages chosen"),
    "password": _l("given a new password"),
    "ask": _l("asked for"),
    "offer": _l("offered"),
    "rate": _l("rated by the host"),
    "set": _l("changed"),
    "change": _l("changed"),
    "pair_again": _l("paired again"),
}
# Where noun and verb make no phrase.
WHOLE = {
    "plan.rule": _l("Rule of the plan changed"),
    "presence.late": _l("Late arrival noted"),
    "presence.withdrawn": _l("Absence noted"),
    "rounds.shift": _l("Rounds moved to a later time"),
    "scans.hand_in": _l("Unsent scans handed in"),
    "sign-in.refused": _l("Sign-in refused"),
    "walk-in.apart": _l("Walk-in known to be somebody else"),
    "walk-in.take-back": _l("What was said of a walk-in taken back"),
}


# Targets that are a word, and what may act besides people.
PLAIN_TARGETS = {
    "by digits": _l("by the last digits of the phone number"),
    "by desk": _l("by a code from the desk"),
    "on": _l("on"),
    "off": _l("off"),
    "links": _l("Personal links"),
    "contacts": _l("Personal links with contacts"),
    "pictures": _l("QR pictures"),
    "a6": _l("A6, one to a page"),
    "90x54": _l("90 × 54 mm, one to a page"),
    "a4-sheet": _l("90 × 54 mm, ten on A4 with cut marks"),
    "programme": _l("Follow the programme"),
    "welcome": _l("Welcome"),
    "arrivals": _l("Arrivals"),
    "rounds": _l("Rounds"),
    "needs": _l("Needs"),
    "signing": PROGRAMME["signing"],
    "turns": _l("Chinese and English by turns"),
    "side": _l("Side by side, for a long wall"),
    "zh": _l("Chinese only"),
    "en": _l("English only"),
}
MACHINES = {
    "a tablet": _l("A tablet"),
    "retention": _l("Retention"),
    "command line": _l("Command line"),
    "unknown": _l("Unknown"),
}


def action_words(action: str) -> str:
    """`company.edit` as people say it."""
    if action in WHOLE:
        return str(WHOLE[action])
    noun, _dot, verb = action.partition(".")
    parts = [str(NOUNS.get(noun, noun)), *([str(VERBS.get(verb, verb))] if verb else [])]
    return _("%(noun)s %(verb)s", noun=parts[0], verb=parts[1]) if verb else parts[0]


def target_words(target: str, names: dict[str, str]) -> str:
    """What an entry is about, one reference after the other."""
    return _(", ").join(_one_target(each, names) for each in references_in(target))


def _one_target(target: str, names: dict[str, str]) -> str:
    """`company 12` by its name where it still has one, else by its number; what is no reference as it stands."""
    if names.get(target):
        return names[target]
    if target in PLAIN_TARGETS:
        return str(PLAIN_TARGETS[target])
    if counted := re.fullmatch(r"(\d+) delegates", target):
        return ngettext("%(num)s delegate", "%(num)s delegates", int(counted[1]))
    found = re.fullmatch(r"([\w-]+) (\d+)", target)
    if found and found[1] == "version":
        return _("Version %(number)s", number=found[2])
    if found and found[1] in NOUNS:
        return _("%(noun)s no. %(number)s", noun=NOUNS[found[1]], number=found[2])
    return target


def actor_in_words(actor: str, names: dict[str, str]) -> str:
    """Who did it: by name, or what did it."""
    return str(MACHINES[actor]) if actor in MACHINES else target_words(actor, names)
