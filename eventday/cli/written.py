"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import click


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` into the file at `path`; an older file stays until the new one is complete.

    A folder that is missing or closed to us is told as such, with exit code 1.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
