"""Why a wish has no meeting: the optimiser's fixed words as sentences for people."""

from __future__ import annotations

from .errors import sentence

REASONS = {
    "never": sentence("The two are kept from meeting."),
    "no_table": sentence("The host has no table that is open."),
    "too_big": sentence("The company needs more seats than any table of the host has."),
    "absent": sentence("The company is not there in any round in which the host has an open table."),
    "company_limit": sentence("The company already has as many meetings as it may have."),
    "host_limit": sentence("The host already receives as many companies as it may."),
    "busy": sentence("The company sits elsewhere in every round in which the host has room."),
    "full": sentence("Every seat that the company could take is taken by others."),
    "apart": sentence("Where there is room, a company sits that it is kept apart from."),
    "open": sentence("A seat is free, but no goal asked for it or the search ended first."),
}


def why(reason: str) -> str:
    """The sentence for a reason; a word that we do not know yet is told as such rather than hidden."""
    return REASONS.get(reason, sentence("The plan has no room for this meeting."))
