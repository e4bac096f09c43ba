"""The sample forum lies ahead of whoever tries it."""

from datetime import date

import pytest

from eventday.services.sample import working_day_after


@pytest.mark.parametrize(
    ("today", "held"),
    [(date(2026, 3, 4), date(2026, 3, 5)), (date(2026, 3, 6), date(2026, 3, 9)), (date(2026, 3, 8), date(2026, 3, 9))],
)
def test_it_is_held_on_the_next_working_day(today, held):
    assert working_day_after(today) == held
