"""The organisers' page of what both sides said of their meetings."""

import re

import pytest

from eventday.models import MeetingNote, Project, db
from tests.attendee.plans import publish
from tests.builders import NOW

PAGE = "/events/forum/meetings"


@pytest.fixture
def noted(forum):
    """Three planned pairs: one noted by both sides, one by the company alone, one by nobody."""
    publish(forum, (0, 0, 0), (1, 0, 0), (2, 1, 0))
    for company, side, outcome, step in (
        (0, "company", "intent", "send the sample"),
        (0, "host", "no", "price too high"),
        (1, "company", "follow_up", "call on Monday"),
    ):
        db.session.add(
            MeetingNote(
                event_id=forum.event.id,
                host_id=forum.hosts[0].id,
                company_id=forum.companies[company].id,
                side=side,
                outcome=outcome,
                next_step=step,
                noted_at=NOW,
            )
        )
    return forum


def rows(client, query=""):
    body = client.get(f"{PAGE}?lang=en{query}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in body.split("</tr>")[:-1]]


def test_organisers_read_what_either_side_said_side_by_side(organiser, noted):
    both, one, none = rows(organiser)
    assert re.search("No match price too high .*Intent signed or agreed send the sample", both)
    assert re.search("– We follow up call on Monday", one)
    assert noted.companies[2].name in none
    assert len(rows(organiser, "&outcome=intent")) == 1
    assert noted.companies[2].name in rows(organiser, "&outcome=none")[0]
    assert len(rows(organiser, f"&host={noted.hosts[0].id}")) == 2


def test_a_pair_is_followed_as_one_project_however_often_that_is_pressed(organiser, noted):
    pair = {"host_id": noted.hosts[0].id, "company_id": noted.companies[0].id}
    first, second = (organiser.post(f"{PAGE}/follow", data=pair) for _ in range(2))
    (project,) = db.session.query(Project)
    assert (project.stage, project.supplier_id) == ("met", noted.companies[0].id)
    assert first.headers["Location"] == second.headers["Location"] == f"/events/forum/projects/{project.id}"
    assert "Met" in rows(organiser)[0]


def test_two_who_never_met_are_not_followed(organiser, noted):
    pair = {"host_id": noted.hosts[1].id, "company_id": noted.companies[0].id}
    assert organiser.post(f"{PAGE}/follow", data=pair).status_code == 404


def test_notes_are_not_for_the_desk_and_an_empty_event_says_where_they_come_from(desk, organiser, forum):
    assert desk.get(PAGE).status_code == 403
    assert "When a plan is published" in organiser.get(f"{PAGE}?lang=en").text
