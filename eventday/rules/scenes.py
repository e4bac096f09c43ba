"""What the hall's screen shows when nobody chooses: the programme says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from .day import Line, Slot

SCENES = ("welcome", "arrivals", "rounds", "needs", "signing")
# How the two languages stand on the wall: by turns, beside one another, or one alone.
TONGUES = ("turns", "side", "zh", "en")
OF_KIND = {
    "registration": "arrivals",
    "speech": "welcome",
    "unveiling": "needs",
    "round": "rounds",
    "break": "rounds",
    "signing": "signing",
}
# People look for their table before the round begins, and come in before the first line of the programme.
EARLY = timedelta(minutes=15)
DOORS_OPEN = timedelta(hours=2)


def scene_at(now: datetime, programme: Sequence[Line], rounds: Sequence[Slot], chosen: str = "") -> str:
    """The scene at `now`: the one `chosen`, else what the programme's running line calls for, else the rounds' own."""
    if chosen in SCENES:
        return chosen
    running = _running(now, programme)
    if running:
        return OF_KIND.get(running.kind, "welcome")
    begin = min((line.start for line in programme), default=None) or min((r.start for r in rounds), default=None)
    if rounds and min(r.start for r in rounds) - EARLY <= now < max(r.end for r in rounds):
        return "rounds"
    if begin and begin - DOORS_OPEN <= now < begin:
        return "arrivals"
    return "welcome"


def _running(now: datetime, programme: Sequence[Line]) -> Line | None:
    """The line that began last and has not ended; one without an end lasts until the next begins."""
    begun = [line for line in programme if line.start <= now]
    if not begun:
        return None
    latest = max(begun, key=lambda line: line.start)
    return latest if latest.end is None or now < latest.end else None
