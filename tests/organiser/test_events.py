"""Events in the browser: created, edited, moved to another day; the checklist counts what there is."""

from datetime import UTC, date, datetime

import pytest

from eventday.models import AuditEntry, Delegate, Event, Plan, ProgrammeItem, db

from .. import builders

WHOLE = {
    "name": "宝山对接会",
    "name_en": "Baoshan forum",
    "date": "2025-06-18",
    "timezone": "Asia/Shanghai",
    "venue": "宝山会展中心",
    "organisers": "市经信委、宝山区科委",
    "series_name": "核电对接",
    "wishes_close_at": "2025-06-16T18:00",
    "retention_until": "2025-09-30",
}


def event(slug="forum"):
    return db.session.query(Event).filter_by(slug=slug).one()


def test_an_event_is_created_in_the_browser(organiser):
    new = {"name": "新对接会", "slug": "new-forum", "date": "2026-12-01", "timezone": "Asia/Shanghai"}
    answer = organiser.post("/events/new", data=new)
    assert answer.headers["Location"] == "/events/new-forum"
    assert event("new-forum").date == date(2026, 12, 1)
    for slug in ("2026-12-01", "2026-12-01-2"):  # without a short name it goes by its date
        assert organiser.post("/events/new", data=new | {"slug": ""}).headers["Location"] == f"/events/{slug}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "New Forum"),
        ("slug", "forum"),
        ("name", " "),
        ("date", "soon"),
        ("date", "0001-01-01"),
        ("timezone", "Mars/Olympus"),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(organiser, forum, field, value):
    data = {"name": "新对接会", "slug": "new-forum", "date": "2026-12-01", "timezone": "Asia/Shanghai", field: value}
    answer = organiser.post("/events/new", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.query(Event).count() == 1
    if field != "name":
        assert "新对接会" in answer.text


def test_only_an_organiser_of_all_events_creates_one(app, forum):
    guest = builders.signed_in(app, "organiser", events=[forum.event])
    assert guest.get("/events/new").status_code == 403


def test_an_edit_reads_times_in_the_zone_of_the_event(organiser, forum):
    assert organiser.post("/events/forum/settings", data=WHOLE).status_code == 302
    assert event().wishes_close_at == datetime(2025, 6, 16, 10, 0, tzinfo=UTC)
    assert event().series.name == "核电对接"
    assert 'value="2025-06-16T18:00"' in organiser.get("/events/forum/settings").text


def test_an_edit_is_heard_by_phones_and_left_in_the_trail(organiser, forum):
    before = forum.event.revision
    organiser.post("/events/forum/settings", data=WHOLE)
    assert event().revision > before
    entry = db.session.query(AuditEntry).filter_by(action="event.edit").one()
    assert "venue" in entry.detail["fields"]
    assert "宝山会展中心" in organiser.get("/events/forum?lang=zh").text


def test_rounds_and_programme_move_with_the_day_and_keep_their_clock(organiser, forum):
    db.session.add(
        ProgrammeItem(
            event_id=forum.event.id, kind="speech", title="致辞", start=datetime(2025, 6, 18, 6, 0, tzinfo=UTC)
        )
    )
    organiser.post("/events/forum/settings", data=WHOLE | {"date": "2025-06-20"})
    assert [each.start for each in event().rounds] == [
        datetime(2025, 6, 20, 6, 30, tzinfo=UTC),
        datetime(2025, 6, 20, 7, 0, tzinfo=UTC),
    ]
    assert db.session.query(ProgrammeItem).one().start == datetime(2025, 6, 20, 6, 0, tzinfo=UTC)


def test_another_zone_keeps_the_clock_too(organiser, forum):
    organiser.post("/events/forum/settings", data=WHOLE | {"timezone": "Asia/Tokyo"})
    assert event().rounds[0].start == datetime(2025, 6, 18, 5, 30, tzinfo=UTC)
    assert event().wishes_close_at == datetime(2025, 6, 16, 9, 0, tzinfo=UTC)


def test_personal_data_is_not_erased_before_the_day(organiser, forum):
    answer = organiser.post("/events/forum/settings", data=WHOLE | {"retention_until": "2025-06-18"})
    assert answer.status_code == 422
    assert 'id="retention_until-error"' in answer.text


def test_a_moment_before_all_calendars_is_told_beside_its_field(organiser, forum):
    answer = organiser.post("/events/forum/settings", data=WHOLE | {"wishes_close_at": "0001-01-01T00:00"})
    assert answer.status_code == 422
    assert 'id="wishes_close_at-error"' in answer.text


def test_the_checklist_of_an_empty_event_begins_at_the_beginning(organiser):
    organiser.post(
        "/events/new", data={"name": "空", "slug": "empty", "date": "2026-06-18", "timezone": "Asia/Shanghai"}
    )
    page = organiser.get("/events/empty?lang=en").text
    assert page.count("Next step") == 1
    assert page.index("Describe the event") < page.index("Next step") < page.index("Bring in companies")
    assert "0 of 11 done" in page


def test_the_checklist_counts_what_there_is_and_what_is_missing(organiser, forum):
    nobody = builders.add_company("上海无人有限公司")
    from eventday.models import Participation

    db.session.add(Participation(event_id=forum.event.id, company_id=nobody.id))
    page = organiser.get("/events/forum?lang=en").text
    assert "7 companies, 4 delegates, 0 of them remote" in page
    assert "2 tables with 4 seats, 2 rounds" in page
    assert "8 wishes of 4 companies" in page
    assert "1 company without a wish" in page
    assert "4 badges to print" in page


def test_the_checklist_follows_what_happens_and_is_quiet_otherwise(organiser, forum):
    first = organiser.get("/events/forum/checklist?lang=en")
    quiet = organiser.get("/events/forum/checklist?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert quiet.status_code == 304
    db.session.add(Plan(event_id=forum.event.id, state="published", version=3, created_at=builders.NOW))
    assert "Version 3 is on the phones" in organiser.get("/events/forum/checklist?lang=en").text


def test_somebody_erased_is_not_counted(organiser, forum):
    db.session.get(Delegate, forum.delegates[0].id).erased_at = builders.NOW
    assert "3 delegates" in organiser.get("/events/forum?lang=en").text
