import pytest

from eventday.rules.credit_code import CreditCodeError, read_credit_code


@pytest.mark.parametrize(
    "text",
    ["91310113MAHBW283AB", " 91310113mahbw283ab ", "９１３１０１１３ＭＡＨＢＷ２８３ＡＢ", "91310113-MAHBW283-AB"],
)
def test_a_right_code_is_read_however_it_is_typed(text):
    assert read_credit_code(text) == "91310113MAHBW283AB"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("91310113MA4KJD5HPA", "check_digit"),
        ("91310113MAHBW283A", "length"),
        ("9131011OMAHBW283AB", "letters"),
        ("见营业执照", "length"),
    ],
)
def test_a_wrong_code_says_what_is_wrong_with_it(text, why):
    with pytest.raises(CreditCodeError) as error:
        read_credit_code(text)
    assert error.value.why == why
    assert error.value.code
