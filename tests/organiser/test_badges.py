"""The badges page: print, replace, send out; and who may."""

from __future__ import annotations

import io
import zipfile

from openpyxl import load_workbook

from eventday.models import AuditEntry, Badge, db
from tests import builders
from tests.badges.reading import page_sizes, pdf_qr_texts, pdf_texts, qr_texts

PAGE = "/events/forum/badges"


def test_the_page_lists_everybody_with_a_badge_in_both_languages(organiser, forum):
    chinese = organiser.get(f"{PAGE}?lang=zh").text
    assert all(delegate.name in chinese for delegate in forum.delegates)
    assert "胸牌" in chinese
    assert "cut marks" in organiser.get(f"{PAGE}?lang=en").text


def test_pressing_print_gives_all_that_were_found(organiser, forum):
    answer = organiser.post(f"{PAGE}/print", data={"layout": "90x54", "scope": "found", "q": "恒优"})
    assert answer.mimetype == "application/pdf"
    assert "forum-badges-90x54.pdf" in answer.headers["Content-Disposition"]
    [text] = pdf_texts(answer.data)
    assert "曾东梅" in text


def test_pressing_print_gives_only_those_ticked(organiser, forum):
    ticked = [forum.delegates[0].id, forum.delegates[3].id]
    answer = organiser.post(f"{PAGE}/print", data={"layout": "a6", "scope": "ticked", "delegate": ticked})
    assert page_sizes(answer.data) == [(105, 148)] * 2


def test_what_was_printed_is_marked_and_left_out_when_only_the_rest_is_wanted(organiser, forum):
    organiser.post(f"{PAGE}/print", data={"scope": "ticked", "delegate": [forum.delegates[0].id]})
    left = organiser.get(f"{PAGE}?unprinted=1").text
    assert forum.delegates[0].name not in left
    assert forum.delegates[1].name in left


def test_ticking_nobody_says_so_instead_of_giving_an_empty_file(organiser, forum):
    answer = organiser.post(f"{PAGE}/print?lang=en", data={"scope": "ticked"})
    assert answer.status_code == 302
    assert "no delegate was chosen" in organiser.get(answer.headers["Location"]).text


def test_each_layout_is_shown_as_a_picture(organiser, forum):
    for layout in ("a6", "90x54", "a4-sheet"):
        assert organiser.get(f"{PAGE}/layouts/{layout}.png").mimetype == "image/png"
    assert organiser.get(f"{PAGE}/layouts/letter.png").status_code == 404


def test_a_reissued_badge_prints_with_a_new_code_and_the_old_page_is_gone(organiser, client, forum):
    person, old = forum.delegates[0], forum.delegates[0].badge.code
    assert client.get(f"/B/{old}").status_code == 200
    assert person.name in organiser.get(f"{PAGE}/{person.id}/reissue").text
    assert forum.delegates[0].badge.code == old  # looking is not doing
    organiser.post(f"{PAGE}/{person.id}/reissue")
    made = organiser.post(f"{PAGE}/print", data={"scope": "ticked", "delegate": [person.id]}).data
    [text] = pdf_qr_texts(made, dpi=150)
    new = text.rsplit("/", 1)[1]
    assert new != old
    assert client.get(f"/B/{old}").status_code == 404
    assert client.get(f"/B/{new}").status_code == 200


def test_the_audit_trail_tells_prints_and_reissues_without_names(organiser, forum):
    organiser.post(f"{PAGE}/print", data={"scope": "found"})
    organiser.post(f"{PAGE}/{forum.delegates[0].id}/reissue")
    entries = db.session.query(AuditEntry).filter_by(event_id=forum.event.id).all()
    told = {entry.action: entry for entry in entries}
    assert told["badges.print"].detail == {"count": 4}
    assert told["badge.reissue"].target == f"delegate {forum.delegates[0].id}"
    assert forum.delegates[0].name not in str([entry.detail for entry in entries])


def test_the_links_sheet_and_the_pictures_go_together(organiser, client, forum):
    sheet = load_workbook(io.BytesIO(organiser.get(f"{PAGE}/links.xlsx").data)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert {row[1] for row in rows} == {delegate.name for delegate in forum.delegates}
    with zipfile.ZipFile(io.BytesIO(organiser.get(f"{PAGE}/pictures.zip").data)) as archive:
        read = {name: qr_texts(archive.read(name)) for name in archive.namelist()}
    assert {row[4] for row in rows} == set(read)
    for row in rows:
        assert [row[3].upper()] == read[row[4]]
        assert client.get(row[3][row[3].index("/B/") :]).status_code == 200


def test_phones_are_in_the_sheet_only_when_asked_for_by_those_who_may_see_them(organiser, planner, desk, forum):
    def cells(data: bytes) -> list:
        return [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True) for cell in row]

    phone = forum.delegates[0].phone
    assert phone not in cells(organiser.get(f"{PAGE}/links.xlsx").data)
    assert phone in cells(organiser.get(f"{PAGE}/links.xlsx?contacts=1").data)
    assert planner.get(f"{PAGE}/links.xlsx?contacts=1").status_code == 403
    assert desk.get(f"{PAGE}/pictures.zip").status_code == 403


def test_the_desk_may_print_and_replace_and_a_planner_may_not(desk, planner, forum):
    assert desk.get(PAGE).status_code == 200
    assert desk.post(f"{PAGE}/{forum.delegates[0].id}/reissue").status_code == 302
    assert planner.get(PAGE).status_code == 403


def test_people_of_another_event_can_be_neither_printed_nor_replaced_from_here(organiser, forum):
    other = builders.small_forum("other")
    stranger = other.delegates[0]
    assert organiser.post(f"{PAGE}/{stranger.id}/reissue").status_code == 404
    answer = organiser.post(f"{PAGE}/print", data={"scope": "ticked", "delegate": [stranger.id]})
    assert answer.mimetype != "application/pdf"
    assert db.session.query(Badge).filter_by(delegate_id=stranger.id, revoked_at=None).count() == 1


def test_a_name_that_the_fonts_lack_is_told_on_the_page(organiser, forum):
    forum.delegates[0].name = "กมล"
    db.session.commit()
    assert "notice--warn" in organiser.get(PAGE).text


def test_a_name_that_is_script_is_shown_as_text(organiser, forum):
    forum.delegates[0].name = "<script>alert(1)</script>"
    db.session.commit()
    assert "<script>alert(1)" not in organiser.get(PAGE).text
