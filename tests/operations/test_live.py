"""The tools of tests/live.py do what their names say."""

import pytest

from tests import live as live_tools


def test_the_server_answers_and_stops_in_good_order(settings):
    server = live_tools.Server(settings, afresh=True)
    server.start()
    assert server.stop() == 0


@pytest.mark.browser
def test_a_member_of_staff_signs_in_with_a_real_browser(signed_in_page, forum, axe):
    page = signed_in_page("organiser", 1024, 768, "zh")
    page.goto("/events/forum")
    assert "宝山对接会" in page.content()
    axe(page)
    assert page.complaints == []


def test_both_databases_take_the_same_tables(any_database):
    import sqlalchemy as sa

    engine = sa.create_engine(any_database.database_url)
    assert "scan" in sa.inspect(engine).get_table_names()
    engine.dispose()
