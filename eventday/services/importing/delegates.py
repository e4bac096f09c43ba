"""Who comes: which row is which person, and who is told twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time

from ...models import Badge, Company, Delegate, Event, Participation, Presence, db
from ...rules.tidy_text import fold
from ...sheets import Problem
from ...sheets.rows import Registration
from .changes import Changes
from .companies import CompanyBook

# What a badge says when no cell does.
_ROLE_OF_KIND = {"soe": "host", "media": "media", "agency": "guest", "guest": "guest"}


@dataclass
class Person:
    """One person, however many rows speak of them; `delegate` once it is known which."""

    company: Company
    phone: str
    rows: list[Registration]
    delegate: Delegate = field(init=False)


class DelegateBook:
    """The delegates of an event, and what the sheets add to them."""

    def __init__(
        self, event: Event, changes: Changes, companies: CompanyBook, *, now: datetime, new_code: Callable[[], str]
    ) -> None:
        self._event = event
        self._changes = changes
        self._companies = companies
        self._now = now
        self._new_code = new_code
        self.duplicates = 0
        self.warnings: list[Problem] = []
        rows = db.session.query(Delegate).filter_by(event_id=event.id, erased_at=None).order_by(Delegate.id).all()
        by_id = {row.id: row for row in rows}
        self.all = [row for row in rows if row.merged_into_id is None]
        # Somebody merged into another is still found under the name they once had, and leads to the other.
        self._known: dict[tuple[Company, str], list[Delegate]] = defaultdict(list)
        companies_by_id = {company.id: company for company in companies.all}
        for row in rows:
            person = by_id.get(row.merged_into_id, row) if row.merged_into_id else row
            known = self._known[companies_by_id[row.company_id], fold(row.name)]
            if person not in known:
                known.append(person)
        parts = db.session.query(Participation.company_id).filter_by(event_id=event.id)
        self._taking_part = {companies_by_id[company_id] for (company_id,) in parts}

    def take(self, rows: list[Registration]) -> list[Person]:
        """Adds or updates the person of each row."""
        named: dict[tuple[Company, str], list[Registration]] = defaultdict(list)
        for row in rows:
            company = self._companies.find(row.company, row.credit_code)
            if company is not None:
                named[company, fold(row.delegate)].append(row)
        people: list[Person] = []
        for (company, name), of_one_name in named.items():
            group = self._people(company, of_one_name)
            self._match(group, list(self._known[company, name]))
            people += group
        for person in people:
            self._write(person)
        for person in people:
            self._receiver(person)
        return people

    def take_part(self, company: Company) -> None:
        """Makes sure that a company has its part in the event."""
        if company not in self._taking_part:
            self._taking_part.add(company)
            part = {"event_id": self._event.id}
            self._changes.add_plainly("participations", Participation, part, company_id=company)

    def _people(self, company: Company, rows: list[Registration]) -> list[Person]:
        """One person, told several times; two of one name only when two telephone numbers say so."""
        people: list[Person] = []
        for row in sorted(rows, key=lambda row: not row.phone):
            same = next((person for person in people if not row.phone or row.phone == person.phone), None)
            if same:
                same.rows.append(row)
                self.duplicates += 1
            else:
                if people:
                    params = {"name": row.delegate, "company": company.name}
                    self.warnings.append(Problem(row.place, "same_name_two_phones", params))
                people.append(Person(company, row.phone, [row]))
        return people

    def _match(self, people: list[Person], known: list[Delegate]) -> None:
        """By telephone number first; what remains is the same person with another or no number."""
        left = []
        for person in people:
            match = next((delegate for delegate in known if person.phone and delegate.phone == person.phone), None)
            if match:
                known.remove(match)
                person.delegate = match
            else:
                left.append(person)
        for person in left:
            person.delegate = known.pop(0) if known else self._new(person)

    def _new(self, person: Person) -> Delegate:
        delegate = Delegate(
            event_id=self._event.id,
            company=person.company,
            name=person.rows[0].delegate,
            role=_ROLE_OF_KIND.get(person.company.kind, "delegate"),
            remote=False,
            created_at=self._now,
            **dict.fromkeys(("name_en", "title", "phone", "email", "note"), ""),
        )
        self._changes.add("delegates", delegate)
        badge = {"event_id": self._event.id, "code": self._new_code(), "issued_at": self._now}
        self._changes.add_plainly("badges", Badge, badge, delegate_id=delegate)
        presence = {"event_id": self._event.id, "state": "expected"}
        self._changes.add_plainly("presences", Presence, presence, delegate_id=delegate)
        self.all.append(delegate)
        return delegate

    def _write(self, person: Person) -> None:
        self.take_part(person.company)
        for row in person.rows:
            self._changes.put(
                "delegates",
                person.delegate,
                name_en=row.name_en,
                title=row.title,
                phone=row.phone,
                email=row.email,
                role=row.role,
                remote=row.remote,
                expected_at=self._moment(row.expected),
                note=row.note,
            )

    def _moment(self, reading: time | datetime | None) -> datetime | None:
        if reading is None:
            return None
        if isinstance(reading, time):
            reading = datetime.combine(self._event.date, reading)
        return reading.replace(tzinfo=self._event.zone)

    def _receiver(self, person: Person) -> None:
        row = next((row for row in person.rows if row.receiver), None)
        if row is None:
            return
        found = [delegate for delegate in self.all if fold(delegate.name) == fold(row.receiver)]
        if len(found) == 1 and found[0] is not person.delegate:
            self._changes.put("delegates", person.delegate, receiver=found[0])
        else:
            self.warnings.append(Problem(row.place, "receiver_unknown", {"name": row.receiver}))
