"""What the planner's pages call things, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from ..models import Company, ForumTable, Plan, Round
from ..rules.board import REASONS
from ..rules.unmet import why
from ..services.planning.reading import Reading
from ..services.planning.reading_parts import Party, Place, Slot, rows_in
from ..services.planning.situation import Disruption
from ..web.formats import clock
from ..web.language import both, is_chinese


def init_app(app: Flask) -> None:
    """Offer the words to templates."""
    app.jinja_env.globals.update(
        goal_word=goal_word,
        goal_value=goal_value,
        plan_word=plan_word,
        plan_state=plan_state,
        status_word=status_word,
        party_word=party_word,
        reason_word=lambda reason: _(REASONS.get(reason, reason)),
        unmet_word=lambda reason: _(why(reason)),
        board_reasons=board_reasons,
        not_ready_word=not_ready_word,
        unmet_parties=unmet_parties,
        named_problem=named_problem,
    )


def board_reasons() -> dict[str, str]:
    """Why a cell refuses a chip, by the rule's word."""
    return {word: _(text) for word, text in REASONS.items()}


def unmet_parties(reading: Reading) -> list[Party]:
    """The companies that lack a meeting, each once."""
    return list({row.company.id: row.company for row in reading.unmet}.values())


def named_problem(problem: dict[str, Any]) -> str:
    """What the optimiser says of an impossible question, with names in place of ids."""
    names = {identifier: _row_word(row) for identifier, row in rows_in(problem["en"]).items()}
    return named(problem["zh" if is_chinese() else "en"], names)


def _row_word(row: Company | ForumTable | Round) -> str:
    if isinstance(row, ForumTable):
        return row.label
    return both(row.name, row.name_en) if isinstance(row, Round) else both(row.label, row.name_en)


def not_ready_word(what: str) -> str:
    """Why a table cannot receive yet."""
    return {
        "host": _("host not here"),
        "link_down": _("video link down"),
        "link_untried": _("video link not tried"),
    }[what]


def goal_word(name: str) -> str:
    """What a goal is called."""
    words = {
        "must": _("Promised meetings kept"),
        "fair": _("Companies by wished meetings"),
        "floor": _("Least interest that a company gets"),
        "interest": _("Interest met"),
        "gaps": _("Idle rounds between meetings"),
    }
    return words.get(name, name)


def goal_value(value: Any) -> str:
    """A goal's value for people: `6 with 1 · 30 with 2`."""
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        parts = [_("%(count)s with %(level)s", count=n, level=level) for level, n in enumerate(value) if n]
        return " · ".join(parts) or "0"
    return str(value)


def plan_word(plan: Plan) -> str:
    """What a plan is called."""
    if plan.version is not None:
        return _("Version %(n)s", n=plan.version) + (f" · {plan.name}" if plan.name else "")
    if plan.name:
        return plan.name
    return _("Scenario %(n)s", n=plan.id) if plan.state == "scenario" else _("Draft %(n)s", n=plan.id)


def plan_state(state: str) -> str:
    """A plan's state."""
    words = {
        "draft": _("draft"),
        "published": _("live"),
        "superseded": _("replaced"),
        "discarded": _("discarded"),
        "scenario": _("what if"),
    }
    return words.get(state, state)


def status_word(status: str) -> str:
    """What the optimiser says of its answer."""
    words = {
        "optimal": _("proven best"),
        "feasible": _("not proven best"),
        "infeasible": _("impossible"),
        "unknown": _("nothing found in the time given"),
    }
    return words.get(status, status)


def party_word(party: Party) -> str:
    """A company's name: short where there is little room."""
    return both(party.label, party.name_en or party.label)


def place_word(place: Place) -> str:
    """A table's label with its host."""
    return f"{place.label} {party_word(place.host)}"


def slot_word(slot: Slot) -> str:
    """A round with its beginning."""
    return f"{both(slot.name, slot.name_en)} {clock(slot.start)}"


def named(sentence: str, names: Mapping[str, str]) -> str:
    """The optimiser's sentence with names in place of ids."""
    return re.sub(r"\b[chtr]\+?\d+\b", lambda found: names.get(found.group(), found.group()), sentence)


def trouble(what: Disruption, names: Mapping[str, str]) -> str:
    """A disruption as a sentence."""
    company, table = names.get(what.company, ""), names.get(what.table, "")
    rounds = _(", ").join(names.get(each, each) for each in what.rounds)
    until = clock(what.until)
    words = {
        "not_here": _("%(company)s is not here yet and is to sit in %(rounds)s.", company=company, rounds=rounds),
        "late": _("%(company)s comes at %(until)s and misses %(rounds)s.", company=company, until=until, rounds=rounds),
        "left": _("%(company)s has left and misses %(rounds)s.", company=company, rounds=rounds),
        "withdrawn": _("%(company)s will not come and misses %(rounds)s.", company=company, rounds=rounds),
        "walk_in": _("%(company)s came unannounced and waits for a meeting.", company=company),
        "returned": _("%(company)s is here after all and has fewer meetings than it was given.", company=company),
        "host_not_here": _(
            "The host %(company)s is not here yet; table %(table)s is to receive in %(rounds)s.",
            company=company,
            table=table,
            rounds=rounds,
        ),
        "host_late": _(
            "The host %(company)s comes at %(until)s; table %(table)s cannot receive in %(rounds)s.",
            company=company,
            until=until,
            table=table,
            rounds=rounds,
        ),
        "host_gone": _(
            "The host %(company)s is gone; table %(table)s cannot receive in %(rounds)s.",
            company=company,
            table=table,
            rounds=rounds,
        ),
        "closed": _("Table %(table)s is closed and has meetings in %(rounds)s.", table=table, rounds=rounds),
        "link_down": _("The video link of table %(table)s is down before %(rounds)s.", table=table, rounds=rounds),
    }
    return words[what.kind]
