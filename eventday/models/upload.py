"""Sheets that were handed in through the browser and wait for somebody to look at the preview and decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .event import Event


class Upload(Identified, Model):
    """Files given together. They are kept in the database, because the next request may meet another server.

    `choices` is what a person decided about blocks and columns; `preview` what importing would do; `progress` how
    far reading has come, for the bar on the page.
    """

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    token: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    preview: Mapped[dict[str, Any]] = mapped_column(default=dict)

    event: Mapped[Event] = relationship()
    files: Mapped[list[UploadFile]] = relationship(
        back_populates="upload", cascade="all, delete-orphan", order_by="UploadFile.id"
    )


class UploadFile(Identified, Model):
    """One of them, byte for byte."""

    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"), index=True)
    name: Mapped[str]
    data: Mapped[bytes]

    upload: Mapped[Upload] = relationship(back_populates="files")
