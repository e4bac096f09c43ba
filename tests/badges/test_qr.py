"""QR codes, read back by an independent decoder."""

from __future__ import annotations

import pytest

from eventday.badges.qr import outline, picture
from eventday.rules.errors import Invalid

from .reading import qr_texts

URL = "HTTPS://FORUM.EXAMPLE.CN/B/7KQ2M9XWJ4TP"


def test_a_picture_reads_back() -> None:
    assert qr_texts(picture(URL)) == [URL]


def test_thirty_eight_upper_case_characters_fit_twenty_five_modules() -> None:
    assert outline(URL[:38].ljust(38, "0")).modules == 25


def test_loops_turn_a_corner_at_every_point_and_stay_inside() -> None:
    made = outline(URL)
    for loop in made.loops:
        for before, corner, after in zip(loop, loop[1:], loop[2:], strict=False):
            assert (before[0] == corner[0]) != (corner[0] == after[0])
        assert all(0 <= x <= made.modules and 0 <= y <= made.modules for x, y in loop)


def test_text_beyond_any_code_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        picture("X" * 8000)
    assert refused.value.field == "EVENTDAY_BASE_URL"
