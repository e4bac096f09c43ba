"""Tables: which host receives companies where, by which names it goes, and how many it takes in each round."""

from __future__ import annotations

import re

from eventday.rules.company_names import split_names

from .headers import Schema
from .record import Record
from .registrations import KINDS
from .rows import Kind, TableRow
from .vocabulary import words

SCHEMA = Schema(
    Kind.TABLES,
    fields=words("tables"),
    required=(("host",), ("label", "capacity", "room", "aliases")),
    patterns=(
        (r"每轮.{0,6}(?:上限|容量|家数)", "capacity"),
        (r"会议室|房间", "room"),
        (r"桌", "label"),
        (r"简称|别名", "aliases"),
    ),
)

_LINK = re.compile(r"https?://[^\s，。；、）)]+", re.IGNORECASE)


def read_table(record: Record) -> TableRow:
    """A host at its table. Raises RowRefusedError without a host."""
    host = record.needed("host", "no_host")
    video = record.text("video", 500)
    link = _LINK.search(video)
    return TableRow(
        place=record.place,
        host=host,
        host_en=record.name("host_en"),
        aliases=tuple(split_names(record.name("aliases", 500))),
        kind=record.one_of("kind", KINDS, "unknown_kind"),
        label=record.name("label", 40),
        group=record.name("group", 60),
        room=record.name("room", 100),
        room_en=record.name("room_en", 100),
        capacity=record.number("capacity", 0, 1000),
        minimum=record.number("minimum", 0, 1000),
        video=_LINK.sub("", video).strip(" :：,，") or (video if link else ""),
        video_url=link[0] if link else "",
        max_meetings=record.number("max_meetings", 0, 100_000),
    )
