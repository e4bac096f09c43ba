"""Eventday: check-in and plan of a matchmaking forum that talk to each other. `create_app` puts the house together."""

from __future__ import annotations

from apiflask import APIFlask
from sqlalchemy.orm import configure_mappers

from .settings import PROJECT, VERSION, Settings, load_settings


def create_app(settings: Settings | None = None, *, with_doors: bool = True) -> APIFlask:
    """The web application on `settings` (default: from the environment).

    Without doors it answers nobody: all that a worker needs, in an eighth less memory.

    The database has been brought up to date by then (`models.migrating.upgrade`): every command does that first.
    """
    settings = settings or load_settings()
    app = APIFlask(
        __name__,
        title="Eventday",
        version=VERSION,
        docs_path=None,  # its pages load scripts from elsewhere; the specification itself is at spec_path
        spec_path="/api/v1/openapi.json",
        json_errors=False,
        template_folder=str(PROJECT / "templates"),
        instance_path=str(settings.instance),
    )
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SECRET_KEY=settings.secret_key,
        DEBUG=settings.debug,
        EVENTDAY=settings,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
    )
    from . import web
    from .models import migrating
    from .models.base import db

    db.init_app(app)
    migrating.init_app(app)
    web.init_app(app)
    if with_doors:
        from . import doors

        doors.open_all(app)
    configure_mappers()  # now rather than at the first question: processes that are forked from this one share it
    return app
