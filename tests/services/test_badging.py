"""Badges: the right ones are printed, and a person never has two live ones."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image

from eventday.badges.badge_papers import NothingToPrintError
from eventday.models import Badge, Delegate, db
from eventday.rules.codes import code_from_bits
from eventday.rules.errors import NotFound
from eventday.services.papers.badging import Choice, badge_rows, badges_of, layout_picture, print_badges, reissue
from tests import builders
from tests.badges.reading import pdf_texts

URL = "https://forum.example"


def printed(forum, choice: Choice = Choice()) -> list[str]:  # noqa: B008 - frozen
    made, _ = print_badges(forum.event, choice, "a6", base_url=URL, now=builders.NOW, actor="tests")
    return pdf_texts(made)


def names(forum, choice: Choice) -> set[str]:
    return {badge.delegate.name for badge in badges_of(forum.event, choice)}


def test_everybody_with_a_live_badge_gets_a_page(forum):
    pages = printed(forum)
    assert len(pages) == 4
    assert all(any(delegate.name in page for page in pages) for delegate in forum.delegates)


def test_badges_come_out_in_the_order_in_which_a_desk_looks_for_them(forum):
    builders.add_delegate(forum.event, forum.companies[1], "安然")
    db.session.commit()
    order = [
        next(name for name in ("尹磊国", "曾东梅", "单国嘉", "尉迟文", "安然") if name in page)
        for page in printed(forum)
    ]
    # 泓辰 hong, 恒优 heng, 朗捷 lang, 嘉维 jia; within 恒优 an before zeng
    assert order == ["安然", "曾东梅", "尹磊国", "尉迟文", "单国嘉"]


def test_a_selection_is_by_words_in_either_script_by_role_and_by_hand(forum):
    forum.delegates[0].role = "vip"
    db.session.commit()
    assert names(forum, Choice(words="恒优")) == {"曾东梅"}
    assert names(forum, Choice(words="zeng")) == {"曾东梅"}
    assert names(forum, Choice(role="vip")) == {"尹磊国"}
    assert names(forum, Choice(kind="soe")) == set()
    assert names(forum, Choice(delegates={forum.delegates[2].id})) == {"单国嘉"}
    assert names(forum, Choice(words="恒优", role="vip")) == set()


def test_what_was_printed_is_not_printed_again_unless_asked(forum):
    printed(forum, Choice(delegates={forum.delegates[0].id}))
    assert len(printed(forum, Choice(unprinted=True))) == 3
    with pytest.raises(NothingToPrintError):
        printed(forum, Choice(unprinted=True))
    assert len(printed(forum)) == 4


def test_badges_of_another_event_erased_and_merged_people_are_left_out(forum):
    builders.small_forum("other")
    erased, merged, *_ = forum.delegates
    erased.erased_at = builders.NOW
    merged.merged_into_id = forum.delegates[2].id
    db.session.commit()
    assert names(forum, Choice()) == {"单国嘉", "尉迟文"}


def test_a_reissued_badge_revokes_the_old_one_and_is_the_one_that_prints(forum):
    person = forum.delegates[0]
    old = person.badge.code
    later = builders.NOW + timedelta(minutes=1)
    new = reissue(forum.event, person.id, code=code_from_bits(7), now=later, actor="tests")
    assert db.session.query(Badge).filter_by(code=old).one().revoked_at == later
    assert [row[0] for row in badge_rows(forum.event) if row[1] == person.name] == [new.code]
    assert [badge.delegate.name for badge in badges_of(forum.event, Choice(unprinted=True))].count(person.name) == 1


def test_a_delegate_of_another_event_is_not_reissued_from_here(forum):
    other = builders.small_forum("other")
    with pytest.raises(NotFound):
        reissue(forum.event, other.delegates[0].id, code=code_from_bits(7), now=builders.NOW, actor="tests")
    assert db.session.get(Delegate, other.delegates[0].id).badge.revoked_at is None


def test_names_that_our_fonts_cannot_show_are_told(forum):
    forum.delegates[0].name = "กมล"
    db.session.commit()
    _, broken = print_badges(forum.event, Choice(), "a6", base_url=URL, now=builders.NOW, actor="tests")
    assert broken == ["กมล (กมล)"]


def test_a_layout_is_shown_with_the_name_of_the_event_and_a_code_that_opens_nothing(forum):
    shown = Image.open(io.BytesIO(layout_picture(forum.event, "90x54", dpi=150)))
    [code] = zxingcpp.read_barcodes(shown)
    assert code.text == "HTTPS://EXAMPLE.ORG/B/0000000000000000"
