"""`device add`"""

from __future__ import annotations

import json

import click

from ..models import STATION_ROLES
from ..rules.errors import sentence
from ..services.door import pairing_links, stations
from ..services.forum.events import find_event
from .house import now, opened
from .speech import say


@click.group("device")
def command() -> None:
    """Stations: the tablets at the door."""


@command.command()
@click.argument("slug")
@click.argument("name")
@click.option("--role", type=click.Choice(STATION_ROLES), default="desk", show_default=True, help="What it is for.")
@click.option("--gate", default="", help="What its scans are labelled with.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def add(slug: str, name: str, role: str, gate: str, as_json: bool) -> None:
    """Pair a device called NAME with the event SLUG by hand.

    The token works at once. The link works once, in a browser, and soon expires.
    """
    with opened() as app:
        secret = app.config["SECRET_KEY"]
        event = find_event(slug)
        station, code = stations.add_station(
            event=event, name=name, role=role, gate=gate, now=now(), actor="command line", secret=secret
        )
        told = {
            "id": station.id,
            "token": stations.token_for(code, secret),
            "pair_url": pairing_links.pair_url(app.config["EVENTDAY"].base_url, code),
        }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{name} ({role})\ntoken: {told['token']}")
    say(sentence("Once, within 30 minutes, on the tablet: %(address)s"), address=told["pair_url"])
