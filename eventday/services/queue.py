"""The job queue: follows the database (huey's SQLite store beside SQLite, inside PostgreSQL otherwise)."""

from __future__ import annotations


def queue_answers() -> bool:
    """Whether the queue's store can be reached."""
    return True
