"""Each tab of ours leads to a few pages; which ones, and for whom."""

from __future__ import annotations

from flask import Flask, current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ..web.access import may
from ..web.tabs import add_tab

# tab: (name, label, endpoint, task) of its pages, in order
SECTIONS: dict[str, list[tuple[str, LazyString, str, str]]] = {
    "people": [
        ("companies", _l("Companies"), "organiser.companies", "people"),
        ("delegates", _l("Delegates"), "organiser.delegates", "people"),
        ("imports", _l("Import sheets"), "organiser.upload_sheets", "people"),
    ],
    "forum": [
        ("programme", _l("Programme"), "organiser.programme", "see"),
        ("rounds", _l("Rounds"), "organiser.rounds", "matching"),
        ("tables", _l("Tables"), "organiser.tables", "matching"),
        ("needs", _l("Needs"), "organiser.needs", "matching"),
    ],
    "wishes": [
        ("wishes", _l("Wishes"), "organiser.wishes", "matching"),
        ("promises", _l("Promises and bans"), "organiser.promises", "matching"),
    ],
    "projects": [
        ("projects", _l("Projects"), "organiser.projects", "matching"),
        ("meetings", _l("Meeting notes"), "organiser.meetings", "matching"),
    ],
    "settings": [
        ("event", _l("Event"), "organiser.edit_event", "event"),
        ("carry-over", _l("Carry over"), "organiser.carry_over", "event"),
        ("trail", _l("Audit trail"), "organiser.trail", "event"),
    ],
}


def init_app(app: Flask) -> None:
    """Offer the tabs and tell templates the pages of each."""
    add_tab(app, 10, "overview", _l("Overview"), "organiser.overview")
    add_tab(app, 20, "people", _l("People"), "organiser.companies", "people")
    add_tab(app, 30, "forum", _l("Forum"), "organiser.programme")
    add_tab(app, 35, "wishes", _l("Wishes"), "organiser.wishes", "matching")
    add_tab(app, 40, "badges", _l("Badges"), "organiser.badges", "badges")
    add_tab(app, 85, "projects", _l("Projects"), "organiser.projects", "matching")
    add_tab(app, 95, "settings", _l("Settings"), "organiser.edit_event", "event")
    app.jinja_env.globals["section_pages"] = section_pages


def section_pages(tab: str) -> list[tuple[str, str, str]]:
    """(name, label, endpoint) of the pages of a tab that whoever is signed in may open."""
    return [
        (name, str(label), endpoint)
        for name, label, endpoint, task in SECTIONS.get(tab, [])
        if may(task) and endpoint in current_app.view_functions
    ]
