"""It was said of the wrong person: a walk-in and somebody registered, made one, are two again as they were."""

from __future__ import annotations

from eventday.models import (
    AuditEntry,
    Base,
    Company,
    ContactOffer,
    Delegate,
    Need,
    Participation,
    PhoneBinding,
    Presence,
    Project,
    ProjectStep,
    Scan,
    Station,
    TableVisit,
    WalkIn,
    Wish,
    db,
)
from eventday.services.phones.privacy import erase
from tests.builders import NOW

from .test_settling_walk_ins import PAGE, live_badges, settle, walk_in

# What no merge changes, or what goes on counting.
NOT_COMPARED = {kind.__tablename__ for kind in (Scan, AuditEntry, Station)}


def take_back(organiser, given):
    return organiser.post(f"{PAGE}/{given['id']}/take-back?lang=en")


def everything() -> dict[str, list[tuple]]:
    """Every row of every table, without counters."""
    db.session.expire_all()
    return {
        table.name: sorted(
            tuple((name, str(value)) for name, value in row._mapping.items() if not name.endswith("revision"))
            for row in db.session.execute(table.select())
        )
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_COMPARED
    }


def states(*numbers) -> list[str]:
    db.session.expire_all()
    return [db.session.get(Presence, number).state for number in numbers]


def test_every_row_is_as_it_was(tablet, lead, forum, organiser):
    someone, host, table = forum.delegates[0], forum.hosts[0], forum.tables[0]
    someone.phone, someone.name_en = "", ""
    need = Need(event_id=forum.event.id, host_id=host.id, title="轴承")
    known = db.session.query(Wish).filter_by(company_id=someone.company_id, host_id=host.id).one()
    known.interest = 2
    db.session.add(need)
    wishes = [{"host": each.id, "interest": 4} for each in forum.hosts]
    given, new = walk_in(
        tablet, name=someone.name, company="泓辰机加工", phone="13800001234", title="门卫", wishes=wishes
    )
    number = new["delegate_id"]
    company = db.session.get(Delegate, number).company_id
    theirs = db.session.query(Wish).filter_by(company_id=company, host_id=host.id).one()
    theirs.needs, theirs.note = [need], "急"
    part = db.session.query(Participation).filter_by(company_id=company).one()
    part.absent_rounds = [forum.rounds[1]]
    event = {"event_id": forum.event.id}
    for supplier in (someone.company_id, company):
        project = Project(**event, name="轴承国产化", host_id=host.id, supplier_id=supplier, stage="met")
        project.steps = [ProjectStep(stage="met", on=forum.event.date, recorded_at=NOW)]
        db.session.add(project)
    for giver, taker in ((number, someone.id), (number, forum.delegates[1].id), (someone.id, forum.delegates[1].id)):
        db.session.add(ContactOffer(**event, giver_id=giver, taker_id=taker, offered_at=NOW))
    db.session.add(PhoneBinding(**event, delegate_id=number, token_digest="x", how="desk", bound_at=NOW))
    tablet.scan(new["code"], "table", table=table.id)
    before, log = everything(), db.session.query(Scan).count()

    assert settle(lead, given, someone.id).status_code == 200
    assert everything() != before
    assert db.session.get(Company, company) is None
    assert "The same person as" in organiser.get(f"{PAGE}?lang=en").text
    assert take_back(organiser, given).status_code == 302
    assert "Taken back. Say again who" in organiser.get(f"{PAGE}?lang=en").text
    after = everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert db.session.query(Scan).count() == log
    [waiting] = lead.get("walk-ins").json["walk_ins"]
    assert waiting["matches"][0]["id"] == someone.id
    assert settle(lead, given, someone.id).status_code == 200  # and it was right after all


def test_what_was_scanned_meanwhile_is_whose_badge_it_was(tablet, lead, forum, organiser):
    printed, table = forum.delegates[0], forum.tables[0]
    given, new = walk_in(tablet, name=printed.name, company="泓辰机加工")
    tablet.post("badges", {"delegate": new["delegate_id"]})
    old, number = forum.codes[0], new["delegate_id"]
    settle(lead, given, printed.id)
    assert tablet.scan(new["code"], "table", table=table.id, walk_up=True)["outcome"] == "accepted"
    assert tablet.scan(new["code"], "out")["outcome"] == "accepted"
    taken_back = tablet.scan(new["code"])
    tablet.scan(None, "undo", undoes=taken_back["id"])
    assert tablet.scan(old)["outcome"] == "revoked"  # whom it was said of comes, and is refused
    log = {scan.id: scan.outcome for scan in db.session.query(Scan)}

    take_back(organiser, given)
    assert states(printed.id, number) == ["expected", "left"]
    assert (live_badges(printed.id), live_badges(number)) == ([old], [new["code"]])
    visit = db.session.query(TableVisit).one()
    assert (visit.delegate_id, visit.company_id) == (number, db.session.get(Delegate, number).company_id)
    assert log.items() <= {scan.id: scan.outcome for scan in db.session.query(Scan)}.items()
    assert [tablet.scan(old)["outcome"], tablet.scan(new["code"])["outcome"]] == ["accepted", "accepted"]
    people = {one["id"]: one for one in lead.get("roster").json["people"]}
    assert [(people[each]["gone"], len(people[each]["badges"])) for each in (printed.id, number)] == [(False, 1)] * 2


def test_what_somebody_changed_since_stays(tablet, lead, forum, organiser):
    someone, host = forum.delegates[0], forum.hosts[0]
    wish = db.session.query(Wish).filter_by(company_id=someone.company_id, host_id=host.id).one()
    wish.interest = 2
    db.session.query(Wish).filter_by(company_id=someone.company_id, host_id=forum.hosts[1].id).delete()
    wishes = [{"host": each.id, "interest": 4} for each in forum.hosts]
    given, new = walk_in(tablet, name=someone.name, company="泓辰机加工", wishes=wishes)
    company = db.session.get(Delegate, new["delegate_id"]).company_id
    settle(lead, given, someone.id)
    db.session.refresh(wish)
    wish.interest = 5
    # The wish that came along goes, and others get its number and that of the one it was joined with.
    along = db.session.query(Wish).filter_by(company_id=someone.company_id, host_id=forum.hosts[1].id)
    number = along.one().id
    along.delete()
    for other in forum.companies[2:4]:
        db.session.add(Wish(event_id=forum.event.id, company_id=someone.company_id, host_id=other.id, interest=1))
        db.session.flush()
    assert db.session.get(Wish, number).host_id == forum.companies[3].id
    newest = tablet.post("badges", {"delegate": someone.id}).json["code"]
    stranger = walk_in(tablet, company="上海后来居上有限公司", name="后来者")[1][
        "delegate_id"
    ]  # may take a number that was free
    taken = db.session.get(Delegate, stranger).company_id

    assert take_back(organiser, given).status_code == 302
    db.session.expire_all()
    assert wish.interest == 5
    assert db.session.get(Wish, number).company_id == someone.company_id
    person = db.session.get(Delegate, new["delegate_id"])
    assert (person.company.name, person.company_id == taken) == ("泓辰机加工", False)
    assert db.session.query(Wish).filter_by(company_id=person.company_id).one().interest == 4
    assert db.session.get(Delegate, stranger).company.name == "上海后来居上有限公司"
    assert live_badges(someone.id) == [newest]
    assert company in (taken, person.company_id)


def test_the_later_is_taken_back_first_and_what_cannot_be_says_so(tablet, lead, forum, organiser, desk):
    someone = forum.delegates[0]
    one, first = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    two, _ = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    settle(lead, one, someone.id)
    settle(lead, two, someone.id)
    refused = take_back(organiser, one)
    assert (refused.status_code, "Take back what was said later" in refused.text) == (422, True)
    assert (
        take_back(desk, two).status_code == take_back(desk, one).status_code == take_back(desk, one).status_code == 302
    )
    assert db.session.get(Delegate, first["delegate_id"]).merged_into_id is None

    settle(lead, one, someone.id)
    db.session.get(WalkIn, one["id"]).merge = None  # as an earlier version left it
    assert take_back(organiser, one).status_code == 422
    settle(lead, two, None)
    assert take_back(organiser, two).status_code == 302
    assert lead.post("contact", {}).json["walk_ins"] == 1
    assert organiser.post(f"{PAGE}/no-such/take-back").status_code == 404


def test_a_chain_is_undone_link_by_link(tablet, lead, forum, organiser):
    someone = forum.delegates[0]
    one, first = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    two, second = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    settle(lead, two, first["delegate_id"])
    settle(lead, one, someone.id)
    assert db.session.get(Delegate, second["delegate_id"]).merged_into_id == someone.id
    assert take_back(organiser, two).status_code == 422
    assert take_back(organiser, one).status_code == 302
    db.session.expire_all()
    assert db.session.get(Delegate, second["delegate_id"]).merged_into_id == first["delegate_id"]
    assert take_back(organiser, two).status_code == 302
    assert states(someone.id, first["delegate_id"], second["delegate_id"]) == ["expected", "arrived", "arrived"]


def test_nothing_is_kept_to_take_back_by_once_the_person_is_erased(tablet, lead, forum):
    someone = forum.delegates[0]
    given, _ = walk_in(tablet, name=someone.name, company=forum.companies[0].name, phone="13800001234")
    settle(lead, given, someone.id)
    assert db.session.get(WalkIn, given["id"]).merge
    erase(db.session.get(Delegate, someone.id), now=NOW, actor="tests")
    assert db.session.get(WalkIn, given["id"]).merge is None
