"""`plan`: solve here and now."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from ..services.forum.events import find_event
from ..services.planning import drafts, publishing
from .house import now, opened
from .speech import language

ACTOR = "command line"


@click.command("plan")
@click.argument("slug")
@click.option(
    "--seconds", type=click.FloatRange(0.1, drafts.MOST_SECONDS), default=60.0, show_default=True, help="To search."
)
@click.option("--publish", is_flag=True, help="Publish the plan as the next version instead of keeping a draft.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(slug: str, seconds: float, publish: bool, as_json: bool) -> None:
    """Make a plan for the event SLUG."""
    with opened():
        event = find_event(slug)
        plan, answer = drafts.solve_event(event, now=now(), actor=ACTOR, seconds=seconds)
        version = None
        if plan and publish:
            event = find_event(slug)
            version = publishing.publish(event, plan, revision=plan.revision, now=now(), actor=ACTOR).version
        _tell(version, answer, as_json)
    if plan is None:
        sys.exit(1)


def _tell(version: int | None, answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        told = {key: answer[key] for key in ("status", "goals", "unmet")}
        click.echo(json.dumps({"version": version} | told, ensure_ascii=False))
    else:
        click.echo(f"published version {version}" if version else f"draft: {answer['status']}")
        for goal in answer["goals"]:
            click.echo(f"  {goal['name']}: {goal['value']}" + ("" if goal["proven"] else f" (bound {goal['bound']})"))
        click.echo(f"  unmet: {len(answer['unmet'])}")
    for problem in answer["problems"]:
        click.echo(problem["en" if language() == "en" else "zh"], err=True)
