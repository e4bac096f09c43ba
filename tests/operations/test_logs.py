"""Logs and metrics help whoever runs the server, and tell nothing that opens a door or names a person."""

import json
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from eventday.web.logs import mask
from tests import builders
from tests import live as live_tools


@pytest.mark.parametrize(
    "told",
    [
        "GET /B/7KQ2M9XWJ4TPA3HD",
        "GET /b/7kq2m9xwj4tpa3hd.json?lang=zh",
        "code 7KQ2M9XWJ4TPA3HD unknown",
        "Bearer yIjP0mOs7vG-3kq2M9XWJ4T",
    ],
)
def test_codes_and_tokens_are_masked(told):
    assert "…" in mask(told)
    assert "7KQ2M9XWJ4TPA3HD" not in mask(told).upper()
    assert "yIjP0mOs7vG" not in mask(told)


def test_words_stay():
    line = "job 12 waits again: its worker died, or it was never sent"
    assert mask(line) == line


def test_a_server_tells_each_request_in_json_without_the_badge_code(live, forum):
    code = forum.codes[0]
    for path in (f"/B/{code}", f"/B/{code}.json", "/B/0000000000000000", "/nowhere"):
        with suppress(HTTPError):
            urlopen(live.url + path).close()
    live_tools.until(lambda: live.said().count('"request"') >= 4)
    lines = [json.loads(line) for line in live.said().splitlines() if line.startswith("{")]
    assert {line["status"] for line in lines if line["event"] == "request"} >= {200, 404}
    assert code not in live.said()
    assert builders.PASSWORD not in live.said()


def test_metrics_are_for_this_machine_alone(client, forum):
    told = client.get("/metrics").text
    assert "eventday_request_seconds" in told
    assert forum.codes[0] not in told
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 404


def test_metrics_go_to_whoever_shows_the_token(app, client, forum):
    from dataclasses import replace

    app.config["EVENTDAY"] = replace(app.config["EVENTDAY"], metrics_token="watcher")
    assert client.get("/metrics").status_code == 404
    shown = {"Authorization": "Bearer watcher"}
    assert client.get("/metrics", headers=shown, environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 200
