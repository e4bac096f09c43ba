"""`serve`"""

from __future__ import annotations

import os

import click

from ..models import migrating
from ..services.queue import is_embedded
from ..settings import load_settings
from ..web.production import Address, Production
from .beside import WorkerBeside


@click.command("serve")
@click.option("--host", default="0.0.0.0", show_default=True, help="Which of this machine's addresses to listen at.")  # noqa: S104
@click.option("--port", type=click.IntRange(1, 65535), default=lambda: int(os.environ.get("PORT") or 8000))
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve Eventday to browsers, tablets and phones."""
    settings = load_settings()
    migrating.upgrade(settings.database_url)
    click.echo(f"Eventday answers at {settings.base_url}")
    worker = WorkerBeside()
    beside = worker.look if is_embedded(settings.queue_url) else lambda: None
    Production(settings, Address(host, port, workers), beside=beside, at_exit=worker.stop).run()
