"""What the hosts bring: tables, needs, and the rounds in which they receive."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from ...models import Company, Event, ForumTable, HostLimit, Need, Round, db
from ...rules.tidy_text import fold
from ...sheets import Problem
from ...sheets.rows import NeedRow, RoundRow, TableRow
from ..forum.tables import note_move
from .changes import Changes
from .companies import CompanyBook

# A table of which no sheet says how many it takes; told as a warning.
USUAL_CAPACITY = 8
_CHINESE_ROUND = re.compile(r"第?([一二三四五六七八九十]|\d{1,2})轮")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", start=1)}


class HostBook:
    """Tables, needs and rounds of an event, and what the sheets add to them."""

    def __init__(self, event: Event, changes: Changes, companies: CompanyBook, *, now: datetime) -> None:
        self._event = event
        self._changes = changes
        self._companies = companies
        self._now = now
        self.rejected: list[Problem] = []
        self.warnings: list[Problem] = []
        self.tables: list[ForumTable] = db.session.query(ForumTable).filter_by(event_id=event.id).all()
        self.needs: list[Need] = db.session.query(Need).filter_by(event_id=event.id).all()
        self.rounds: list[Round] = db.session.query(Round).filter_by(event_id=event.id).all()
        self._limits = {row.host: row for row in db.session.query(HostLimit).filter_by(event_id=event.id)}
        self._by_label = {fold(table.label): table for table in self.tables}
        self._told: set[int] = set()

    def take_tables(self, rows: list[TableRow]) -> None:
        """Adds or updates tables, known by their label, or by their host where a sheet gives no label."""
        for row in rows:
            host = self._companies.find(row.host)
            if host is None or not (row.label or row.room or row.capacity is not None):
                continue
            table = self._table(row, host)
            if table is None:
                continue
            self._told.add(id(table))
            if row.room and row.room != table.room:  # phones mark old and new; the old room's English name goes too
                note_move(table, row.room, now=self._now)
                table.room_en = ""
            self._changes.put(
                "tables",
                table,
                group_name=row.group,
                room=row.room,
                room_en=row.room_en,
                capacity=row.capacity,
                minimum=row.minimum,
                video=row.video,
                video_url=row.video_url,
            )
            if row.max_meetings is not None:
                self._limit(host, row.max_meetings)

    def take_needs(self, rows: list[NeedRow]) -> None:
        """Adds or updates needs, known by their name, or by their number when the name was corrected."""
        titles = {(self._companies.find(row.host), fold(row.title)) for row in rows}
        for row in rows:
            host = self._companies.find(row.host)
            if host is None:
                continue
            need = self._need(row, host, titles)
            self._changes.put(
                "needs",
                need,
                number=row.number,
                title=row.title,
                title_en=row.title_en,
                description=row.description,
                description_en=row.description_en,
                keywords=row.keywords,
                department=row.department,
            )

    def take_rounds(self, rows: list[RoundRow]) -> None:
        """Adds or updates rounds, known by their name, or by their beginning when they were renamed."""
        for row in rows:
            start, end = self._moment(row.start), self._moment(row.end)
            known = next((entry for entry in self.rounds if fold(entry.name) == fold(row.name)), None)
            known = known or next((entry for entry in self.rounds if entry.start == start), None)
            if known is None:
                known = Round(event_id=self._event.id, name=row.name, name_en="", start=start, end=end)
                self.rounds.append(self._changes.add("rounds", known))
            english = row.name_en or known.name_en or _english_round(row.name)
            self._changes.put("rounds", known, name_en=english, start=start, end=end)

    def hosts(self) -> set[Company]:
        """Companies that have a table or a need."""
        return {table.host for table in self.tables} | {need.host for need in self.needs}

    def needs_of(self, host: Company) -> list[Need]:
        return [need for need in self.needs if need.host is host]

    def _table(self, row: TableRow, host: Company) -> ForumTable | None:
        if row.label:
            table = self._by_label.get(fold(row.label))
        else:
            own = [table for table in self.tables if table.host is host]
            table = own[0] if len(own) == 1 else None
        if table is None:
            return self._new_table(row, host)
        if table.host is not host:
            if id(table) in self._told:
                params = {"label": row.label, "host": table.host.name}
                self.rejected.append(Problem(row.place, "table_taken", params))
                return None
            self._changes.put("tables", table, host=host)
        return table

    def _new_table(self, row: TableRow, host: Company) -> ForumTable:
        number = len(self.tables) + 1
        while not row.label and fold(f"T{number}") in self._by_label:
            number += 1
        label = row.label or f"T{number}"
        if row.capacity is None:
            params = {"label": label, "capacity": str(USUAL_CAPACITY)}
            self.warnings.append(Problem(row.place, "capacity_unknown", params))
        table = ForumTable(
            event_id=self._event.id,
            host=host,
            label=label,
            capacity=USUAL_CAPACITY if row.capacity is None else row.capacity,
            minimum=0,
            video_state="unknown",
            **dict.fromkeys(("group_name", "room", "room_en", "video", "video_url"), ""),
        )
        self.tables.append(self._changes.add("tables", table))
        self._by_label[fold(label)] = table
        return table

    def _limit(self, host: Company, most: int) -> None:
        if limit := self._limits.get(host):
            self._changes.put("limits", limit, max_meetings=most)
        else:
            self._limits[host] = self._changes.add(
                "limits", HostLimit(event_id=self._event.id, host=host, max_meetings=most)
            )

    def _need(self, row: NeedRow, host: Company, titles: set[tuple[Company | None, str]]) -> Need:
        own = self.needs_of(host)
        for need in own:
            if fold(need.title) == fold(row.title):
                return need
        for need in own:
            if row.number and need.number == row.number and (host, fold(need.title)) not in titles:
                return need
        need = Need(
            event_id=self._event.id,
            host=host,
            title=row.title,
            **dict.fromkeys(("number", "title_en", "description", "description_en", "keywords", "department"), ""),
        )
        self.needs.append(self._changes.add("needs", need))
        return need

    def _moment(self, reading: time | datetime) -> datetime:
        if isinstance(reading, time):
            reading = datetime.combine(self._event.date, reading)
        return reading.replace(tzinfo=self._event.zone).astimezone(UTC)


def _english_round(name: str) -> str:
    match = _CHINESE_ROUND.fullmatch(name)
    return f"Round {_NUMERALS.get(match[1], match[1])}" if match else ""
