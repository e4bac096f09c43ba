"""The audit trail speaks to people: every kind of change in words, everything it names by its name."""

from __future__ import annotations

import ast

from eventday.organiser.trail_words import NOUNS, VERBS, WHOLE
from eventday.services.forum import pair_rules
from eventday.settings import PROJECT

from .. import builders

FILES = ("json", "pem", "key")  # have a dot in them too, as modules of the solver have


def actions() -> set[str]:
    """Every `noun.verb` that the services write down."""
    texts = {
        node.value
        for file in (PROJECT / "eventday/services").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    pairs = {text: text.partition(".") for text in texts if text.replace(".", "", 1).replace("-", "a").isidentifier()}
    return {
        text for text, (noun, _dot, verb) in pairs.items() if noun not in ("", "solver") and verb and verb not in FILES
    }


def test_every_kind_of_change_has_its_words():
    known = actions()
    assert {"company.edit", "plan.publish", "walk-in.add", "sign-in.refused"} <= known
    wordless = {action for action in known if action not in WHOLE} - {
        f"{noun}.{verb}" for noun in NOUNS for verb in VERBS
    }
    assert not wordless


def test_a_rule_about_two_companies_names_both(organiser, forum):
    host, company = forum.hosts[0], forum.companies[0]
    by = {"now": builders.NOW, "actor": "staff 1"}
    pair_rules.add_rule(forum.event, company_id=company.id, host_id=host.id, rule="must", note="", **by)
    pair_rules.add_apart(forum.event, first_id=company.id, second_id=forum.companies[1].id, **by)
    page = organiser.get("/events/forum/trail?lang=zh").text
    assert f"{company.name}、{host.name}" in page
    assert f"{company.name}、{forum.companies[1].name}" in page


def test_what_changed_is_called_as_on_its_form(organiser, forum):
    person, round_ = forum.delegates[0], forum.rounds[0]
    organiser.post(
        f"/events/forum/delegates/{person.id}",
        data={"name": "尹磊", "title": "董事长", "company_id": str(person.company_id), "role": "delegate"},
    )
    organiser.post(
        f"/events/forum/rounds/{round_.id}",
        data={"name": "首轮", "name_en": "Round 1", "start": "14:30", "end": "14:55"},
    )
    page = organiser.get("/events/forum/trail?lang=zh").text
    assert "姓名、职务" in page
    assert ">名称<" in page
