"""The checklist in words: each step, what there is of it, what is missing."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from ..rules.checklist import Facts


def step_words(name: str) -> str:
    """What a step asks for."""
    return {
        "event": _("Describe the event"),
        "people": _("Bring in companies and delegates"),
        "tables": _("Set tables and rounds"),
        "needs": _("Enter the hosts' needs"),
        "wishes": _("Collect wishes"),
        "programme": _("Write the programme"),
        "badges": _("Print badges"),
        "stations": _("Pair stations"),
        "plan": _("Make a plan"),
        "publish": _("Publish the plan"),
        "day": _("Welcome everybody"),
    }[name]


def detail_words(name: str, facts: Facts) -> str:
    """What there is of a step so far."""
    return {
        "event": lambda: _("Date, venue, organisers, deadlines"),
        "people": lambda: _(
            "%(companies)s companies, %(delegates)s delegates, %(remote)s of them remote",
            companies=facts.companies,
            delegates=facts.delegates,
            remote=facts.remote,
        ),
        "tables": lambda: _(
            "%(tables)s tables with %(seats)s seats, %(rounds)s rounds",
            tables=facts.tables,
            seats=facts.seats,
            rounds=facts.rounds,
        ),
        "needs": lambda: ngettext("%(num)s need", "%(num)s needs", facts.needs),
        "wishes": lambda: _(
            "%(wishes)s wishes of %(companies)s companies, %(promises)s promises",
            wishes=facts.wishes,
            companies=facts.wishing,
            promises=facts.promises,
        ),
        "programme": lambda: ngettext("%(num)s line", "%(num)s lines", facts.programme),
        "badges": lambda: _(
            "%(printed)s of %(badges)s printed", printed=facts.badges - facts.badges_not_printed, badges=facts.badges
        ),
        "stations": lambda: ngettext("%(num)s station paired", "%(num)s stations paired", facts.stations),
        "plan": lambda: _plan_words(facts),
        "publish": lambda: (
            _("Version %(version)s is on the phones", version=facts.version)
            if facts.version
            else _("Attendees see nothing of a plan before it is published")
        ),
        "day": lambda: _("%(arrived)s of %(delegates)s are here", arrived=facts.arrived, delegates=facts.delegates),
    }[name]()


def _plan_words(facts: Facts) -> str:
    if facts.solving:
        return _("The solver is at work")
    if facts.drafts:
        return ngettext("%(num)s draft", "%(num)s drafts", facts.drafts)
    return _("Made; no further draft is open") if facts.version else _("No draft yet")


def gap_words(gap: str, count: int) -> str:
    """What is missing."""
    return {
        "no_venue": lambda: _("The venue is missing"),
        "no_organisers": lambda: _("The organisers are missing"),
        "no_retention": lambda: _("Say until when personal data is kept"),
        "companies_without_delegates": lambda: ngettext(
            "%(num)s company without a delegate", "%(num)s companies without a delegate", count
        ),
        "hosts_without_table": lambda: ngettext("%(num)s SOE without a table", "%(num)s SOEs without a table", count),
        "tables_without_room": lambda: ngettext("%(num)s table without a room", "%(num)s tables without a room", count),
        "links_missing": lambda: ngettext("%(num)s video link missing", "%(num)s video links missing", count),
        "no_rounds": lambda: _("There are no rounds yet"),
        "hosts_without_needs": lambda: ngettext("%(num)s host without needs", "%(num)s hosts without needs", count),
        "companies_without_wishes": lambda: ngettext(
            "%(num)s company without a wish", "%(num)s companies without a wish", count
        ),
        "rounds_not_in_programme": lambda: ngettext(
            "%(num)s round not in the programme", "%(num)s rounds not in the programme", count
        ),
        "badges_not_printed": lambda: ngettext("%(num)s badge to print", "%(num)s badges to print", count),
        "stations_unpaired": lambda: ngettext(
            "%(num)s station not paired yet", "%(num)s stations not paired yet", count
        ),
        "conflicts": lambda: ngettext("%(num)s conflict to settle", "%(num)s conflicts to settle", count),
    }[gap]()
