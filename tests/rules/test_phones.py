import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.rules.phones import PhoneError, last_four, read_phone, shown_phone

MOBILES = (
    "19000000172",
    "190-0000-0172",
    "+86 19000000172",
    "0086 190 0000 0172",
    "１９００００００１７２",
    "19000000172.0",
    "1.9000000172E10",
    "(190)00000172",
    "86-190—0000—0172",
)


@pytest.mark.parametrize("text", MOBILES)
def test_a_mobile_number_is_one_number_however_it_is_written(text):
    assert read_phone(text) == "+8619000000172"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("021-5678 1234", "+862156781234"),
        ("021-56781234转801", "+862156781234x801"),
        ("+1 202 555 0123", "+12025550123"),
        ("13800000000/13900000000", "+8613800000000"),
        ("13800000000、13900000000", "+8613800000000"),
    ],
)
def test_other_numbers_are_read_too(text, stored):
    assert read_phone(text) == stored


@pytest.mark.parametrize("text", ["", "无", "保密", "12", "call me", "190000001"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(PhoneError):
        read_phone(text)


def test_the_last_four_digits_leave_an_extension_out():
    assert last_four("+8619000000172") == "0172"
    assert last_four("+862156781234x801") == "1234"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+8619000000172", "190 0000 0172"),
        ("+12025550123", "+1 202-555-0123"),
        ("+862156781234x801", "021 5678 1234 x801"),
    ],
)
def test_a_number_is_shown_as_people_read_it(stored, shown):
    assert shown_phone(stored) == shown


@given(st.integers(13_000_000_000, 19_999_999_999))
def test_reading_what_is_shown_gives_the_same_number_again(number):
    stored = read_phone(str(number))
    assert read_phone(shown_phone(stored)) == read_phone(stored) == stored
