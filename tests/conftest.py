"""Fixtures that every room shares: a fresh database, the application on it, people who sign in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache

from eventday import create_app
from eventday.models import db, promise_only_to_read
from eventday.services.staffing import staff
from eventday.settings import Settings

from . import builders, instances, write_lock
from . import live as live_tools

live_tools.AFRESH = False
write_lock.take_it_when_writing()
# The same examples each time, however slow the machine: what fails once fails always. Others are tried with
# `pytest --hypothesis-profile=default`.
hypothesis_settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
hypothesis_settings.load_profile("repeatable")
# Members of staff whom tests add have passwords hashed at the least cost, here and in servers that read the hash;
# tests/cli/test_a_whole_day.py holds the product to its real cost.
staff._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """An empty SQLite database, migrated once; tests copy it."""
    return instances.migrated_file(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def settings(tmp_path, migrated_file) -> Settings:
    """A fresh instance on SQLite."""
    return instances.on_sqlite(tmp_path, migrated_file)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all applications of this process."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings, compiled_templates) -> Iterator[Flask]:
    """The application on a fresh database."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    app.test_client_class = builders.Browser
    promise_only_to_read(True)  # so that a test that looks at rows does not hold the write lock
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def forum(app) -> builders.Forum:
    """A small forum: two hosts, four companies, two rounds, wishes; see tests/builders.py."""
    return builders.small_forum()


@pytest.fixture
def organiser(app) -> FlaskClient:
    """A browser in which an organiser of all events is signed in."""
    return builders.signed_in(app, "organiser")


@pytest.fixture
def planner(app) -> FlaskClient:
    """A browser in which a planner of all events is signed in."""
    return builders.signed_in(app, "planner")


@pytest.fixture
def desk(app) -> FlaskClient:
    """A browser in which a member of the desk is signed in."""
    return builders.signed_in(app, "desk")


# ---- from outside: real processes, a real browser, a real PostgreSQL (tests/live.py) ----


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the session."""
    folder = Path(tempfile.mkdtemp(prefix="eventday-postgres-"))
    try:
        with live_tools.postgres_server(folder) as url:
            instances.migrate_once(url)
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_postgres(postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test's own."""
    with instances.database_on(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_database(request, tmp_path) -> Iterator[Settings]:
    """A fresh, migrated instance, once on each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("settings")
    else:
        with instances.on_postgresql(tmp_path, request.getfixturevalue("postgres")) as settings:
            yield settings


@pytest.fixture
def serve_options() -> tuple[str, ...]:
    """How `live` serves. A module whose pages ask for solves overrides this: its server brings a worker along."""
    return ("--no-worker",)


@pytest.fixture
def live(app, settings, serve_options) -> Iterator[live_tools.Server]:
    """The production server on this test's instance (the one that `app` and `forum` write to)."""
    db.session.commit()
    with live_tools.serving(settings, *serve_options) as server:
        yield server


PATIENCE = 60_000  # ms; a machine may be busy, and where a time is promised, the test says it


@pytest.fixture(scope="session")
def playwright() -> Iterator:
    """Playwright, started once."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator:
    """A real Chromium without a camera."""
    chromium = playwright.chromium.launch(executable_path=live_tools.CHROMIUM, args=live_tools.CHROMIUM_ARGUMENTS)
    yield chromium
    chromium.close()


@pytest.fixture
def camera_browser(playwright) -> Iterator:
    """`camera_browser(film)`: a Chromium whose camera plays `film` (live.film makes one of a picture)."""
    opened = []

    def open_one(film: Path):
        arguments = [*live_tools.CHROMIUM_ARGUMENTS, *live_tools.camera_arguments(film)]
        opened.append(playwright.chromium.launch(executable_path=live_tools.CHROMIUM, args=arguments))
        return opened[-1]

    yield open_one
    for chromium in opened:
        chromium.close()


@pytest.fixture
def new_page(browser) -> Iterator:
    """`new_page(width, height, lang, **context options)`: a page in a browser context of its own.

    What its console and its content security policy complain about is in `page.complaints`.
    """
    contexts = []

    def open_page(width: int = 1440, height: int = 900, lang: str = "en", **options):
        options = {"locale": "zh-CN" if lang.startswith("zh") else "en-GB", "timezone_id": "Asia/Shanghai"} | options
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    """A page at desktop size, in English."""
    return new_page()


@pytest.fixture
def signed_in_page(app, live, new_page):
    """`signed_in_page(role, width, height, lang, **context options)`: a page where a member of staff is signed in."""

    def open_page(role: str = "organiser", *size, **options):
        email = builders.new_member(role)
        db.session.commit()
        page = new_page(*size, **({"base_url": live.url} | options))
        page.goto(f"{live.url}/sign-in")
        page.fill("#email", email)
        page.fill("#password", builders.PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url("**/events")
        return page

    return open_page


@pytest.fixture
def axe():
    """`axe(page)` fails on anything against WCAG 2.2 AA."""
    return live_tools.axe
