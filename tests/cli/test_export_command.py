"""`export`: the published plan as a file, by its ending."""

from __future__ import annotations

import json

import pytest

from eventday.services.planning import drafts, publishing
from tests import builders
from tests.live import command


@pytest.fixture
def published(forum) -> builders.Forum:
    """The small forum with version 1 published."""
    plan, _ = drafts.solve_event(forum.event, now=builders.NOW, actor="tests", seconds=60)
    publishing.publish(forum.event, plan, revision=plan.revision, now=builders.NOW, actor="tests")
    return forum


def test_every_ending_writes_its_own_kind_of_file(settings, published, tmp_path):
    begins = {"xlsx": b"PK", "csv": b"\xef\xbb\xbfversion,", "ics": b"BEGIN:VCALENDAR", "pdf": b"%PDF-", "json": b"{"}
    for ending, first in begins.items():
        file = tmp_path / f"plan.{ending}"
        done = command(settings, "export", "forum", "-o", file)
        assert done.returncode == 0, done.stderr
        assert file.read_bytes().startswith(first)
    assert json.loads((tmp_path / "plan.json").read_bytes())["solution"]["schema"] == "eventday.solution/1"


def test_an_unknown_ending_is_wrong_usage_and_names_the_choices(settings, published, tmp_path):
    done = command(settings, "export", "forum", "-o", tmp_path / "plan.docx")
    assert done.returncode == 2
    assert ".xlsx" in done.stderr


def test_before_publication_nothing_is_written_and_the_reason_told(settings, forum, tmp_path):
    done = command(settings, "export", "forum", "-o", tmp_path / "plan.pdf")
    assert done.returncode == 1
    assert "No plan is published yet" in done.stderr
    assert list(tmp_path.glob("plan*")) == []
