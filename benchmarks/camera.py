"""How long from the first frame with a badge to the full-screen answer, in a real Chromium with a fake camera.

`python -m benchmarks.camera [--badges 12] [--rounds 2]`

The film shows one badge after another, an empty hall between them. In the page, every frame that the camera delivers is
looked at as it is presented: the clock starts with the first that shows a badge and stops when the result stands.
The real server and the real app, on loopback; the badges are clean, tilted, dim, small and moving in turn.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from statistics import quantiles

import qrcode
from PIL import Image
from playwright.sync_api import sync_playwright

from eventday import create_app
from eventday.models import db
from tests import builders, live
from tests.registration.station_page import add_station

from .checkin import SECRET, instance

SEEN = """() => {
  const film = document.getElementById('film'), result = document.getElementById('result'), took = [];
  const small = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  const brush = small.getContext('2d', { willReadFrequently: true });
  let since;
  const look = (now) => {
    brush.drawImage(film, 0, 0, 64, 36);
    const light = brush.getImageData(0, 0, 64, 36).data.filter((_, index) => index % 4 === 1);
    const there = Math.max(...light) - Math.min(...light) > 40;
    if (there && since === undefined) since = performance.now();
    if (!there) since = undefined;
    film.requestVideoFrameCallback(look);
  };
  film.requestVideoFrameCallback(look);
  new MutationObserver(() => {
    if (since === undefined || since === null || result.hidden) return;
    took.push(performance.now() - since);
    since = null;
  }).observe(result, { attributes: true, childList: true, subtree: true, characterData: true });
  globalThis.took = took;
}"""


def make_film(codes: list[str], folder: Path) -> Path:
    """Badges in turn, each 1.4 seconds, with half a second of empty hall after each."""
    looks = list(live.DEGRADED.values())
    hall = live.film(_picture(None, folder), folder / "hall.mjpeg", seconds=0.5).read_bytes()
    film = folder / "badges.mjpeg"
    with film.open("wb") as out:
        for number, code in enumerate(codes):
            filters = ["", *looks][number % (len(looks) + 1)]
            badge = live.film(_picture(code, folder), folder / "one.mjpeg", filters=filters, seconds=1.4)
            out.write(badge.read_bytes() + hall)
    return film


def _picture(code: str | None, folder: Path) -> Path:
    """A badge's QR; without a code the grey of the hall."""
    picture = folder / "picture.png"
    shown = qrcode.make(f"HTTPS://FORUM.EXAMPLE/B/{code}", border=6) if code else Image.new("L", (300, 300), 119)
    shown.save(picture)
    return picture


def measure(badges: int, rounds: int) -> list[float]:
    """Milliseconds from frame to answer, one for each badge that was shown."""
    with instance("sqlite") as (settings, _), tempfile.TemporaryDirectory() as folder:
        app = create_app(settings)
        app.config["SECRET_KEY"] = SECRET
        with app.app_context():
            forum = builders.small_forum()
            for number in range(badges - len(forum.delegates)):
                forum.delegates.append(builders.add_delegate(forum.event, forum.companies[0], f"来宾{number}"))
            db.session.commit()
            codes, pairing = forum.codes, add_station(app, forum.event, role="gate")[1]
            db.session.remove()
            film = make_film(codes, Path(folder))
            with live.serving(settings) as server, sync_playwright() as playwright:
                arguments = [*live.CHROMIUM_ARGUMENTS, *live.camera_arguments(film)]
                chromium = playwright.chromium.launch(executable_path=live.CHROMIUM, args=arguments)
                page = chromium.new_page(base_url=server.url)
                page.goto(f"/station?lang=en#pair={pairing}")
                page.locator("#result").wait_for(state="visible", timeout=60_000)  # warm: the reader is there
                page.evaluate(SEEN)
                page.wait_for_timeout(rounds * badges * 1900)
                took = page.evaluate("took")
                chromium.close()
            db.engine.dispose()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--badges", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    took = sorted(measure(asked.badges, asked.rounds))
    shown, cuts = asked.badges * asked.rounds, quantiles(took, n=20)
    print(f"{len(took)} answers while {shown} badges were shown, on {os.cpu_count()} cores")
    print(f"from frame to answer: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, longest {took[-1]:.0f} ms")


if __name__ == "__main__":
    main()
