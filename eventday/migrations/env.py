"""Runs migrations on the connection it is handed (models.migrating), or on the app's for `flask db`."""

from alembic import context
from flask import current_app, has_app_context

import eventday.models  # noqa: F401  every table must be known
from eventday.models.base import UtcDateTime, db


def _plain(kind, item, _context):
    """Write our column types as SQLAlchemy's own: a migration must not change when the models do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
elif has_app_context():
    with current_app.extensions["sqlalchemy"].engine.connect() as own:
        run(own)
        own.commit()
