"""What sheets yield: one dataclass per kind of row, each with the place it came from, and what was not taken.

Text is tidied, values are typed, names are as the sheet has them: which company a name means is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Kind(StrEnum):
    """What a block of rows is."""

    REGISTRATIONS = "registrations"
    NEEDS = "needs"
    TABLES = "tables"
    ROUNDS = "rounds"
    WISHES = "wishes"
    PROJECTS = "projects"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. A csv file has no sheet name; `row` is None when the whole file or sheet is meant."""

    file: str
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not taken. `code` is for machines; `params` fill the sentence that is shown to people."""

    place: Place
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


class FileRefusedError(Exception):
    """A file that is not read at all. `code` and `params` as in Problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class WishedHost:
    """One host in a row, with the interest in it; 0 says plainly that there is none."""

    host: str
    interest: int
    column: str


@dataclass(frozen=True, slots=True)
class Registration:
    """One delegate of one company. None and empty: the sheet does not say."""

    place: Place
    company: str
    delegate: str
    credit_code: str | None = None
    kind: str | None = None
    company_en: str = ""
    short_name: str = ""
    district: str = ""
    capabilities: str = ""
    website: str = ""
    name_en: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    role: str | None = None
    remote: bool | None = None
    expected: time | datetime | None = None
    receiver: str = ""
    note: str = ""
    wishes: tuple[WishedHost, ...] = ()
    # Whether the sheet has columns for wishes at all, so that blanks mean "none" and not "not asked".
    asks_for_wishes: bool = False


@dataclass(frozen=True, slots=True)
class NeedRow:
    """An application scenario of a host."""

    place: Place
    host: str
    title: str
    host_en: str = ""
    number: str = ""
    title_en: str = ""
    description: str = ""
    description_en: str = ""
    keywords: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A host and the table where it receives companies; without `label`, `room` and `capacity` just its names."""

    place: Place
    host: str
    host_en: str = ""
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    label: str = ""
    group: str = ""
    room: str = ""
    room_en: str = ""
    capacity: int | None = None
    minimum: int | None = None
    video: str = ""
    video_url: str = ""
    max_meetings: int | None = None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A time slot; readings without a date belong to the day of the event."""

    place: Place
    name: str
    start: time | datetime
    end: time | datetime
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class WishRow:
    """A company's interest in a host, 0 to 5 (0 takes an earlier wish back), and the host's in the company."""

    place: Place
    company: str
    host: str
    interest: int
    credit_code: str | None = None
    host_interest: int | None = None
    needs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """What an earlier meeting became."""

    place: Place
    name: str
    host: str
    supplier: str
    stage: str
    origin: str = ""
    updated_on: date | None = None


Row = Registration | NeedRow | TableRow | RoundRow | WishRow | ProjectRow
