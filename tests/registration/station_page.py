"""A page on which the station app runs, as tests drive it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from eventday.models import Scan, Station, db, writing
from eventday.services.door import stations
from tests import live as tools

GREEN, AMBER, RED = (re.compile(f"result--{tone}") for tone in ("good", "warn", "bad"))

# A clock that can be wrong, and moved while the page runs: by the milliseconds in localStorage.
MOVABLE_CLOCK = """(() => {
  const Real = Date, off = () => Number(localStorage.getItem("clock-off") ?? 0);
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + off()); }
    static now() { return Real.now() + off(); }
  };
})()"""


def add_station(app, event, name: str = "North 1", **more) -> tuple[Station, str]:
    """A station and the code that pairs it."""
    more = {"role": "desk", "now": datetime.now(UTC), "actor": "tests", "secret": app.config["SECRET_KEY"]} | more
    with writing():  # a live server may write at the same time
        return stations.add_station(event=event, name=name, **more)


# A result goes away by itself (result.ts); here it stays until the next one, or until it is put away. And what a tablet
# asks its server every four seconds (link.ts) it asks here every half second.
UNHURRIED = """(() => {
  const later = globalThis.setTimeout;
  const lasting = (what, after) => what.includes(".hide()") ? 2 ** 31 - 1 : what.includes(".run()") ? after / 8 : after;
  globalThis.setTimeout = (what, after, ...more) => later(what, lasting(String(what), after), ...more);
})()"""


def open_station(page, url: str, code: str, *, lang: str = "en", kinds: int = 2) -> None:
    """Pair the app in `page` and wait until it knows everybody; `kinds` counts are shown."""
    from playwright.sync_api import expect

    page.add_init_script(UNHURRIED)
    page.goto(f"{url}/station?lang={lang}#pair={code}")
    expect(page.locator("#unpaired")).to_be_hidden()
    expect(page.locator("#link-state")).to_have_class(re.compile("is-online"))
    expect(page.locator("#counts .count")).to_have_count(kinds)


# As a hardware scanner types: anywhere on the page, all keys at once, with Enter at the end. The last result is
# put away before with all its words, so that the next can be told from it.
SCANNER = """code => {
  const result = document.querySelector('#result');
  result.click();
  result.className = 'result';
  delete result.dataset.outcome;
  for (const part of ['outcome', 'name', 'detail', 'more', 'sent']) {
    result.querySelector('.result__' + part).textContent = '';
  }
  document.activeElement?.blur();
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  [...code, 'Enter'].forEach(press);
}"""


def put_away(page) -> None:
    """Tap the result that stands, if one does, so that what lies below it can be tapped."""
    page.evaluate("document.getElementById('result').click()")


def type_code(page, code: str) -> None:
    """Scan a code with the hardware scanner."""
    page.evaluate(SCANNER, code)


def logged(*expected: tuple[str, str]) -> None:
    """Wait until the server has recorded just these kinds and outcomes."""
    tools.until(lambda: log() == [*expected])


def log() -> list[tuple[str, str]]:
    """What the server has recorded: kinds and outcomes."""
    db.session.rollback()
    return [(scan.kind, scan.outcome) for scan in db.session.query(Scan).order_by(Scan.number)]


def clock_off(page, **delta: float) -> None:
    """Set the clock of a page with a movable clock wrong by so much."""
    from datetime import timedelta

    page.evaluate("off => localStorage.setItem('clock-off', off)", str(timedelta(**delta) / timedelta(milliseconds=1)))


KEPT = """async store => {
  const open = indexedDB.open('eventday-station');
  const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
  const all = db.transaction(store).objectStore(store).getAll();
  const found = await new Promise((done) => (all.onsuccess = () => done(all.result)));
  db.close();
  return found;
}"""


def kept(page, store: str) -> list[dict]:
    """What the tablet's database holds in `store`: outbox, made, people or settings."""
    return page.evaluate(KEPT, store)
