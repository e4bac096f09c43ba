"""Settings, read once from the environment. Nothing else in the house reads the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"


@dataclass(frozen=True)
class Settings:
    """Where the instance lives, which database and queue, what QR codes point to, and the signing key."""

    instance: Path
    database_url: str
    queue_url: str
    base_url: str
    secret_key: str
    debug: bool = False
    # Whether a proxy stands before us, whose word on the visitor's address counts. `serve --https` has none.
    behind_proxy: bool = False
    # Whoever shows it may read /metrics from elsewhere; without one, only this machine may.
    metrics_token: str = ""

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, where the database is one."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None

    @property
    def secure(self) -> bool:
        """Whether people reach us over HTTPS; then cookies are for HTTPS alone."""
        return self.base_url.lower().startswith("https://")


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `EVENTDAY_*` (see README); creates the instance folder and its key where they are missing."""
    env = os.environ if environment is None else environment
    instance = Path(env.get("EVENTDAY_INSTANCE") or PROJECT / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    database = _with_driver(env.get("EVENTDAY_DATABASE_URL") or f"sqlite:///{instance / 'eventday.db'}")
    base_url = (env.get("EVENTDAY_BASE_URL") or f"http://localhost:{env.get('PORT') or 8000}").rstrip("/")
    return Settings(
        instance=instance,
        database_url=database,
        queue_url=env.get("EVENTDAY_QUEUE_URL") or _queue_beside(database, instance),
        base_url=base_url,
        secret_key=env.get("EVENTDAY_SECRET_KEY") or _kept_key(instance / "secret-key"),
        debug=env.get("EVENTDAY_DEBUG", "") not in ("", "0"),
        behind_proxy=base_url.lower().startswith("https://") and not env.get("EVENTDAY_OWN_HTTPS"),
        metrics_token=env.get("EVENTDAY_METRICS_TOKEN", ""),
    )


def _with_driver(url: str) -> str:
    """`postgres://` and `postgresql://` mean psycopg 3 here, however a hosting service spells them."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _queue_beside(database: str, instance: Path) -> str:
    if database.startswith("sqlite:"):
        return f"sqlite:///{instance / 'queue.db'}"
    return database.replace("postgresql+psycopg://", "postgresql://")


def _kept_key(file: Path) -> str:
    """The key in `file`, made once. Two processes that start together agree: the first to create it wins."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii").strip()
