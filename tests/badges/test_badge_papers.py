"""Badges on paper: nothing cut, everything legible to people and to machines."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from eventday.badges.badge_papers import LAYOUTS, NothingToPrintError, badge_pages, badges_pdf
from eventday.badges.cards import ROLES, BadgeCard, Heading
from eventday.rules.errors import Invalid

from .reading import MADE_AT, bare, page_sizes, pdf_pictures, pdf_qr_texts, pdf_texts, qr_texts

HEADING = Heading("上海央国企与中小企业合作对接会", "Shanghai SOE–SME Forum", "2025-06-18", "宝山")
LONG_COMPANY = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Instruments GmbH & Co. KG"
LONG_NAMES = (
    "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Sr.",
    "买买提江·阿卜杜热依木·吾买尔·艾合买提江",
    "Anne-Marie O’Neill-Papadopoulos",
    "Łukasz Wiśniewski-Özdağ",
    "María de los Ángeles Fernández-Villaverde y García de la Torre",
    "W" * 60,
    "王" * 40,
)


def card(number: int = 0, base: str = "HTTPS://FORUM.EXAMPLE", **fields: object) -> BadgeCard:
    code = f"7KQ2M9XWJ4TP{number:04d}"
    plain = BadgeCard(name="刘文", company="上海申维检测技术有限公司", code=code, qr_text=f"{base}/B/{code}")
    return replace(plain, **fields)


@pytest.mark.parametrize("dpi", [150, 72])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_code_reads_back_from_the_page(layout: str, dpi: int) -> None:
    cards = [card(number) for number in range(23)]
    made = badges_pdf(cards, HEADING, layout, made_at=MADE_AT)
    assert pdf_qr_texts(made, dpi) == [one.qr_text for one in cards]


@pytest.mark.parametrize("dpi", [150, 72])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "base", ["http://192.168.110.120:8000", "HTTPS://MATCHMAKING.INDUSTRY.BAOSHAN.SHANGHAI.EXAMPLE:8443"]
)
def test_a_longer_or_lower_case_address_reads_back_too(layout: str, dpi: int, base: str) -> None:
    cards = [card(number, base) for number in range(10)]
    made = badges_pdf(cards, HEADING, layout, made_at=MADE_AT)
    assert pdf_qr_texts(made, dpi) == [one.qr_text for one in cards]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_longest_address_that_a_layout_takes_reads_back(layout: str) -> None:
    cards = [card(number, base=("HTTPS://" + "LONG." * 40)[:132]) for number in range(10)]
    assert len(cards[0].qr_text) == 151
    heading = Heading("上海央国企与中小企业合作对接会（宝山专场）暨应用场景需求发布会", "Shanghai SOE–SME Forum")
    made = badges_pdf(cards, heading, layout, made_at=MADE_AT)
    assert pdf_qr_texts(made, dpi=72) == [one.qr_text for one in cards]


def test_an_address_too_long_for_a_small_badge_is_refused_with_a_way_out() -> None:
    long = card(base="HTTPS://" + "LONG." * 40 + "EXAMPLE")
    with pytest.raises(Invalid, match="EVENTDAY_BASE_URL") as refused:
        badges_pdf([long], HEADING, "90x54", made_at=MADE_AT)
    assert refused.value.field == "EVENTDAY_BASE_URL"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_name_is_printed_whole(layout: str, name: str) -> None:
    [text] = pdf_texts(badges_pdf([card(name=name, company=LONG_COMPANY)], HEADING, layout, made_at=MADE_AT))
    assert bare(name) in text
    assert bare(LONG_COMPANY) in text


@pytest.mark.parametrize("name", LONG_NAMES)
def test_a_long_name_stays_clear_of_the_edge_and_of_the_code(name: str) -> None:
    crowded = card(name=name, name_en=name, company=LONG_COMPANY, company_en="有限公司" * 20, title="总" * 60)
    made = badges_pdf([crowded], HEADING, "90x54", made_at=MADE_AT)
    [picture] = [page.convert("L") for page in pdf_pictures(made, dpi=254)]  # ten dots to the millimetre
    paper = 255
    edge = picture.crop((0, 0, 48, 450))
    gap_before_code = picture.crop((558, 100, 588, 450))
    above_role = picture.crop((0, 432, 580, 448))
    assert [strip.getextrema()[0] for strip in (edge, gap_before_code, above_role)] == [paper] * 3
    assert pdf_qr_texts(made, dpi=72) == [crowded.qr_text]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_told_by_word_in_both_languages_and_by_colour(role: str) -> None:
    made = badges_pdf([card(role=role)], HEADING, "a6", made_at=MADE_AT)
    [text], [picture] = pdf_texts(made), pdf_pictures(made, dpi=72)
    assert ROLES[role].word in text
    assert ROLES[role].word_en in text
    colour = picture.getpixel((picture.width // 2, picture.height - 5))
    assert "#{:02x}{:02x}{:02x}".format(*colour) == ROLES[role].colour


def test_no_two_roles_share_a_colour() -> None:
    assert len({role.colour for role in ROLES.values()}) == len(ROLES)


def test_a_delegate_who_joins_by_video_link_is_marked() -> None:
    [there, remote] = pdf_texts(badges_pdf([card(), card(remote=True)], HEADING, "90x54", made_at=MADE_AT))
    assert "线上" not in there
    assert "线上" in remote
    assert "REMOTE" in remote


def test_rare_characters_of_names_are_printed_from_our_own_fonts() -> None:
    made = badges_pdf([card(name="䶮㛃堃")], HEADING, "a6", made_at=MADE_AT)
    assert "䶮㛃堃" in pdf_texts(made)[0]
    fonts = PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/Font"]
    assert all("NotoSansSC" in font.get_object()["/BaseFont"] for font in fonts.values())


@pytest.mark.parametrize(
    "name", ['#eval("1+1")', "*bold* _it_ $x^2$", "@ref <label> // comment", '\\u{41} #image("x")']
)
def test_a_name_that_looks_like_markup_prints_as_it_was_written(name: str) -> None:
    [text] = pdf_texts(badges_pdf([card(name=name, company=name)], HEADING, "a6", made_at=MADE_AT))
    assert text.count(bare(name)) == 2


def test_both_names_are_printed_and_a_repeated_one_only_once() -> None:
    both = card(name="王晓明", name_en="Wang Xiaoming", company_en="Shenwei Testing")
    same = card(name="Ada Park", name_en="ada park")
    [first, second] = pdf_texts(badges_pdf([both, same], HEADING, "a6", made_at=MADE_AT))
    assert "WangXiaoming" in first
    assert "ShenweiTesting" in first
    assert second.lower().count("adapark") == 1


@pytest.mark.parametrize(
    ("layout", "size", "pages"), [("a6", (105, 148), 11), ("90x54", (90, 54), 11), ("a4-sheet", (210, 297), 2)]
)
def test_pages_have_the_size_of_their_layout(layout: str, size: tuple[int, int], pages: int) -> None:
    made = badges_pdf([card(number) for number in range(11)], HEADING, layout, made_at=MADE_AT)
    assert page_sizes(made) == [size] * pages


def test_the_pages_as_pictures_read_back_too() -> None:
    cards = [card(number) for number in range(3)]
    read = [text for page in badge_pages(cards, HEADING, "a6", dpi=72) for text in qr_texts(page)]
    assert read == [one.qr_text for one in cards]


def test_the_same_badges_make_the_same_file() -> None:
    first, second = (badges_pdf([card()], HEADING, "a6", made_at=MADE_AT) for _ in range(2))
    assert first == second


def test_an_unknown_layout_is_refused_with_the_choices() -> None:
    with pytest.raises(Invalid, match="a6, 90x54, a4-sheet"):
        badges_pdf([card()], HEADING, "letter", made_at=MADE_AT)


def test_no_badge_at_all_is_said_rather_than_printed_empty() -> None:
    with pytest.raises(NothingToPrintError):
        badges_pdf([], HEADING, "a6", made_at=MADE_AT)
