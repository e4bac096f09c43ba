"""Two people edit one row: the later one hears what the earlier one changed, and nothing is lost silently."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from eventday.models import Company, Delegate, ForumTable, Need, ProgrammeItem, Round, Station, Wish, db

from .. import builders


class FormReader(HTMLParser):
    """What a browser would send of the form on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.select = self.text_of = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        ticked = named.get("type") not in ("checkbox", "radio") or "checked" in named
        match tag:
            case "input" if named.get("name") and ticked:
                self.sent[named["name"]] = named.get("value") or ""
            case "select":
                self.select = named["name"]
            case "option" if "selected" in named and self.select:
                self.sent[self.select] = named.get("value") or ""
            case "textarea":
                self.text_of = named["name"]

    def handle_data(self, data):
        if self.text_of:
            self.sent[self.text_of] = data.strip()

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text_of = ""


def opened(client, address: str) -> dict[str, str]:
    return FormReader(client.get(address).text).sent


ROWS = {
    "companies": (lambda forum: forum.companies[0].id, Company, "district", "note"),
    "delegates": (lambda forum: forum.delegates[1].id, Delegate, "title", "note"),
    "tables": (lambda forum: forum.tables[0].id, ForumTable, "room", "group_name"),
    "rounds": (lambda forum: forum.rounds[0].id, Round, "name", "name_en"),
    "needs": (lambda forum: db.session.query(Need.id).limit(1).scalar(), Need, "title", "keywords"),
    "stations": (lambda forum: db.session.query(Station.id).limit(1).scalar(), Station, "name", "gate"),
    "programme": (lambda forum: db.session.query(ProgrammeItem.id).limit(1).scalar(), ProgrammeItem, "title", "room"),
}


@pytest.fixture
def colleague(app):
    return builders.signed_in(app, "organiser")


@pytest.fixture
def full_forum(forum):
    start = forum.rounds[0].start
    db.session.add(Need(event_id=forum.event.id, host_id=forum.hosts[0].id, title="泵"))
    db.session.add(ProgrammeItem(event_id=forum.event.id, kind="speech", title="致辞", start=start))
    db.session.add(
        Station(event_id=forum.event.id, name="北门", role="gate", token_digest="北", created_at=builders.NOW)
    )
    db.session.commit()
    return forum


def test_who_saves_later_overwrites_nothing_unknowingly(full_forum, organiser, colleague):
    for noun in ROWS:
        overwrites_nothing(noun, full_forum, organiser, colleague)


def overwrites_nothing(noun, forum, organiser, colleague):
    number, model, name, other = ROWS[noun]
    number = number(forum)
    address = f"/events/forum/{noun}/{number}"
    mine, theirs = opened(organiser, address), opened(colleague, address)
    assert colleague.post(address, data=theirs | {name: "先到"}).status_code == 302

    refused = organiser.post(address, data=mine | {name: "后到", other: "补充"}, headers={"Accept-Language": "en"})
    assert refused.status_code == 409
    assert "Somebody else has changed this meanwhile" in refused.text
    assert "Saved by somebody else: 先到" in refused.text
    again = FormReader(refused.text).sent
    assert (again[name], again[other]) == ("后到", "补充")
    assert getattr(db.session.get(model, number), name) == "先到"

    assert organiser.post(address, data=again).status_code == 302
    assert getattr(db.session.get(model, number), name) == "后到"


def test_what_only_the_other_changed_is_taken_over(forum, organiser, colleague):
    table = forum.tables[0]
    address = f"/events/forum/tables/{table.id}"
    mine, theirs = opened(organiser, address), opened(colleague, address)
    colleague.post(address, data=theirs | {"capacity": "7", "room": "B9", "host_limit": "12"})

    refused = organiser.post(address, data=mine | {"label": "T9"}, headers={"Accept-Language": "en"})
    assert refused.status_code == 409
    again = FormReader(refused.text).sent
    assert (again["label"], again["capacity"], again["room"], again["host_limit"]) == ("T9", "7", "B9", "12")
    assert organiser.post(address, data=again).status_code == 302
    saved = db.session.get(ForumTable, table.id)
    assert (saved.label, saved.capacity, saved.room) == ("T9", 7, "B9")

    # two who change the same thing alike are not stopped
    address = f"/events/forum/rounds/{forum.rounds[0].id}"
    mine, theirs = opened(organiser, address), opened(colleague, address)
    assert colleague.post(address, data=theirs | {"name": "首轮"}).status_code == 302
    assert organiser.post(address, data=mine | {"name": "首轮", "name_en": "First"}).status_code == 302


def test_a_wish_is_not_overwritten_by_who_had_the_page_open(forum, organiser, colleague):
    company, host = forum.companies[0], forum.hosts[0]
    address = f"/events/forum/wishes/{company.id}"
    mine, theirs = opened(organiser, address), opened(colleague, address)
    assert colleague.post(address, data=theirs | {f"interest-{host.id}": "2"}).status_code == 302

    refused = organiser.post(address, data=mine | {f"interest-{host.id}": "5"}, headers={"Accept-Language": "en"})
    assert refused.status_code == 409
    assert "Saved by somebody else: 2" in refused.text
    assert organiser.post(address, data=FormReader(refused.text).sent).status_code == 302
    wish = db.session.query(Wish).filter_by(company_id=company.id, host_id=host.id).one()
    assert wish.interest == 5
