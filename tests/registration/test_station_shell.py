"""What a browser needs to install the station app and to open it without a connection."""

from __future__ import annotations

import json
import re
from io import BytesIO

from PIL import Image


def fetched(client, address: str) -> tuple[int, bytes]:
    """Status and content of what is at `address`."""
    with client.get(address) as answer:
        return answer.status_code, answer.data


def test_everything_that_the_app_keeps_for_offline_is_there(client, forum):
    """One file that is missing, and the browser keeps none of them."""
    worker = fetched(client, "/station-worker.js")[1].decode()
    kept = json.loads(re.match(r"self\.SHELL=(\[.*?\]);", worker)[1])
    assert {address: fetched(client, address)[0] for address in kept} == dict.fromkeys(kept, 200)
    page = client.get("/station").text
    used = re.findall(r'(?:src|href|data-reader|data-wasm)="(/(?:static|station)[^"#]*)"', page)
    assert len(used) >= 5
    assert {address for address in used if "lang=" not in address} <= set(kept)


def test_a_home_screen_is_told_a_name_a_way_in_and_icons_that_are_what_they_say(client, forum):
    told = json.loads(client.get("/station.webmanifest?lang=zh").text)
    assert (told["start_url"], told["scope"], told["display"]) == ("/station", "/station", "standalone")
    assert told["short_name"] == "签到"
    drawn = next(icon for icon in told["icons"] if icon["type"] == "image/png")
    picture = Image.open(BytesIO(fetched(client, drawn["src"])[1]))
    assert f"{picture.width}x{picture.height}" == drawn["sizes"]
    assert f'rel="apple-touch-icon" href="{drawn["src"]}"' in client.get("/station").text  # iPads read no manifest
