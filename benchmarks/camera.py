"""How long from the first frame with a badge to the full-screen answer, in a real Chromium with a fake camera.

`python -m benchmarks.camera [--badges 12] [--rounds 2]`

The film shows one badge after another, an empty hall between them. In the page, every frame that the camera delivers is
looked at as it is presented: the clock starts with the first that shows a badge and stops when the result stands.
The real server and the real app, on loopback; the badges are clean, dim, tilted, small and moving in turn. With
`--slower 4` Chromium lets the page's own thread work at a quarter of its speed.
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
  const film = document.getElementById('film'), result = document.getElementById('result');
  const told = { shown: 0, took: [] };
  const small = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  const brush = small.getContext('2d', { willReadFrequently: true });
  let since;
  const look = (now) => {
    brush.drawImage(film, 0, 0, 64, 36);
    const light = brush.getImageData(0, 0, 64, 36).data.filter((_, index) => index % 4 === 1);
    const there = Math.max(...light) - Math.min(...light) > 40;
    if (there && since === undefined) {
      since = performance.now();
      told.shown += 1;
    }
    if (!there) since = undefined;
    film.requestVideoFrameCallback(look);
  };
  film.requestVideoFrameCallback(look);
  new MutationObserver(() => {
    if (since === undefined || since === null || result.hidden) return;
    told.took.push([result.querySelector('.result__name').textContent, performance.now() - since]);
    since = null;
  }).observe(result, { attributes: true, childList: true, subtree: true, characterData: true });
  globalThis.told = told;
}"""
KINDS = {"clean": "", **live.DEGRADED}


def make_film(codes: list[str], folder: Path) -> Path:
    """Badges in turn, each 1.4 seconds, with half a second of empty hall after each."""
    looks = list(KINDS.values())
    hall = empty_hall(folder).read_bytes()
    film = folder / "badges.mjpeg"
    with film.open("wb") as out:
        for number, code in enumerate(codes):
            look = looks[number % len(looks)]
            badge = live.film(_picture(code, folder), folder / "one.mjpeg", filters=look, seconds=1.4)
            out.write(badge.read_bytes() + hall)
    return film


def empty_hall(folder: Path) -> Path:
    """Half a second in which nobody holds up a badge."""
    return live.film(_picture(None, folder), folder / "hall.mjpeg", seconds=0.5)


def _picture(code: str | None, folder: Path) -> Path:
    """A badge's QR; without a code the grey of the hall."""
    picture = folder / "picture.png"
    shown = qrcode.make(f"HTTPS://FORUM.EXAMPLE/B/{code}", border=6) if code else Image.new("L", (300, 300), 119)
    shown.save(picture)
    return picture


def measure(badges: int, rounds: int, slower: float) -> tuple[int, dict[str, list[float]]]:
    """How many badges were shown, and for each kind the milliseconds from frame to answer."""
    with instance("sqlite") as (settings, _), tempfile.TemporaryDirectory() as folder:
        app = create_app(settings)
        app.config["SECRET_KEY"] = SECRET
        with app.app_context():
            forum = builders.small_forum()
            for number in range(badges - len(forum.delegates)):
                forum.delegates.append(builders.add_delegate(forum.event, forum.companies[0], f"来宾{number}"))
            db.session.commit()
            codes, pairing = forum.codes, add_station(app, forum.event, role="gate")[1]
            kind_of = {one.name: list(KINDS)[place % len(KINDS)] for place, one in enumerate(forum.delegates)}
            db.session.remove()
            film = make_film(codes, Path(folder))
            with live.serving(settings) as server, sync_playwright() as playwright:
                arguments = [*live.CHROMIUM_ARGUMENTS, *live.camera_arguments(film)]
                chromium = playwright.chromium.launch(executable_path=live.CHROMIUM, args=arguments)
                page = chromium.new_page(base_url=server.url)
                page.goto(f"/station?lang=en#pair={pairing}")
                page.locator("#result").wait_for(state="visible", timeout=60_000)  # warm: the reader is there
                if slower > 1:
                    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
                page.evaluate(SEEN)
                page.wait_for_timeout(rounds * badges * 1900)
                told = page.evaluate("told")
                chromium.close()
            db.engine.dispose()
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for name, milliseconds in told["took"]:
        took[kind_of[name]].append(milliseconds)
    return told["shown"], took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--badges", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--slower", type=float, default=1.0, help="how many times slower the page's thread works")
    asked = parser.parse_args()
    shown, took = measure(asked.badges, asked.rounds, asked.slower)
    whole = [each for times in took.values() for each in times]
    print(f"{len(whole)} answers to {shown} badges, {os.cpu_count()} cores, page {asked.slower:g} times slowed")
    for kind, times in [*took.items(), ("all", whole)]:
        cuts = quantiles(times, n=20)
        print(f"{kind:8} {len(times):3}  p50 {cuts[9]:4.0f} ms, p95 {cuts[18]:4.0f} ms, longest {max(times):4.0f} ms")


if __name__ == "__main__":
    main()
