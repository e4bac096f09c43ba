"""`user add`"""

from __future__ import annotations

import os

import click

from ..models import STAFF_ROLES
from ..rules.errors import sentence
from ..services.forum.events import find_event
from ..services.staffing.staff import add_member
from .house import now, opened
from .speech import say, worded


@click.group("user")
def command() -> None:
    """Members of staff."""


@command.command()
@click.argument("email")
@click.option("--role", type=click.Choice(STAFF_ROLES), required=True, help="What the person may do.")
@click.option("--event", "slugs", multiple=True, metavar="SLUG", help="Only for this event; may be said again.")
@click.option("--name", default="", help="What the person is called.")
@click.option("--organisation", default="", help="Which organiser the person belongs to.")
def add(email: str, role: str, slugs: tuple[str, ...], name: str, organisation: str) -> None:
    """Add EMAIL to the staff: for all events, or for those named.

    Asks for the password, or reads it from EVENTDAY_PASSWORD.
    """
    password = os.environ.get("EVENTDAY_PASSWORD") or click.prompt(
        worded(sentence("Password")), hide_input=True, confirmation_prompt=True, err=True
    )
    with opened():
        events = [find_event(slug) for slug in slugs]
        member = add_member(
            email=email,
            role=role,
            password=password,
            name=name,
            organisation=organisation,
            events=events,
            now=now(),
            actor="command line",
        )
        for_what = ", ".join(slugs) or worded(sentence("all events"))
        say(sentence("%(email)s is %(role)s for %(events)s"), email=member.email, role=role, events=for_what)
