"""Wishes, out of registrations and of sheets of their own, for hosts by any of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ...models import Company, Delegate, Event, Need, Wish, db
from ...rules.company_names import split_names
from ...rules.tidy_text import fold
from ...sheets import Problem
from ...sheets.rows import WishRow
from .changes import Changes
from .companies import CompanyBook
from .delegates import Person
from .hosts import HostBook


@dataclass(frozen=True)
class Stated:
    """What the sheets say of one pair. `by` is the delegate whose registration said it, None for a sheet of wishes."""

    interest: int
    by: Delegate | None


class WishBook:
    """The wishes of an event, and what the sheets make of them."""

    def __init__(
        self, event: Event, changes: Changes, companies: CompanyBook, hosts: HostBook, attending: set[Company]
    ) -> None:
        self._event = event
        self._changes = changes
        self._companies = companies
        self._hosts = hosts
        self._attending = attending
        # Whom one may wish for: those with a table or a need, and the SOEs that come.
        self._wishable = hosts.hosts() | {company for company in attending if company.kind == "soe"}
        self.rejected: list[Problem] = []
        self.warnings: list[Problem] = []
        rows = db.session.query(Wish).filter_by(event_id=event.id)
        self.all: dict[tuple[Company, Company], Wish] = {(wish.company, wish.host): wish for wish in rows}

    def take(self, people: list[Person], rows: list[WishRow]) -> None:
        """Adds, updates and takes back wishes. A sheet of wishes speaks louder than a registration."""
        stated: dict[tuple[Company, Company], Stated] = {}
        asked: set[Delegate] = set()
        for person in people:
            for row in person.rows:
                if row.asks_for_wishes:
                    asked.add(person.delegate)
                for wish in row.wishes:
                    for host in self._wished(person.company, wish.host, row.place, self.warnings):
                        known = stated.get((person.company, host))
                        if known is None or wish.interest > known.interest:
                            stated[person.company, host] = Stated(wish.interest, person.delegate)
        rated = self._from_sheets(rows, stated)
        for pair, saying in stated.items():
            self._write(pair, saying)
        self._take_back(asked, stated)
        for pair, beside in rated:
            self._beside(pair, beside)

    def _from_sheets(
        self, rows: list[WishRow], stated: dict[tuple[Company, Company], Stated]
    ) -> list[tuple[tuple[Company, Company], WishRow]]:
        loudest: dict[tuple[Company, Company], int] = defaultdict(int)
        understood = []
        for row in rows:
            company = self._companies.find(row.company, row.credit_code)
            if company is None or company not in self._attending:
                self.rejected.append(Problem(row.place, "company_not_registered", {"name": row.company}))
                continue
            for host in self._wished(company, row.host, row.place, self.rejected):
                loudest[company, host] = max(loudest[company, host], row.interest)
                understood.append(((company, host), row))
        stated.update({pair: Stated(interest, None) for pair, interest in loudest.items()})
        return understood

    def _wished(self, company: Company, name: str, place: object, problems: list[Problem]) -> list[Company]:
        """The host that a text names, or the hosts where it names several; what is unclear is written down."""
        found = []
        for part in [name] if self._companies.find(name) else split_names(name):
            host = self._companies.find(part)
            if host is not None and host in self._wishable and host is not company:
                found.append(host)
                continue
            code = "unknown_host" if host is None else "wishes_for_itself" if host is company else "not_a_host"
            problems.append(Problem(place, code, {"name": part}))  # type: ignore[arg-type]
        return found

    def _write(self, pair: tuple[Company, Company], saying: Stated) -> None:
        wish = self.all.get(pair)
        if saying.interest == 0:
            if wish:
                self._changes.remove("wishes", self.all.pop(pair))
        elif wish is None:
            wish = Wish(event_id=self._event.id, interest=saying.interest, note="")
            company, host = pair
            self._changes.add("wishes", wish, company_id=company, host_id=host, declared_by_id=saying.by)
            self.all[pair] = wish
        else:
            self._changes.put("wishes", wish, interest=saying.interest)
            if wish.declared_by is not saying.by:
                wish.declared_by = saying.by

    def _take_back(self, asked: set[Delegate], stated: dict[tuple[Company, Company], Stated]) -> None:
        """A registration that comes again without a wish it once had has taken that wish back."""
        gone = [pair for pair, wish in self.all.items() if pair not in stated and wish.declared_by in asked]
        for pair in gone:
            self._changes.remove("wishes", self.all.pop(pair))

    def _beside(self, pair: tuple[Company, Company], row: WishRow) -> None:
        """What stands beside a wish in a sheet of wishes: the host's own interest, a note, the needs meant."""
        wish = self.all.get(pair)
        if wish is None:
            return
        self._changes.put("wishes", wish, host_interest=row.host_interest, note=row.note)
        if row.needs:
            meant = list(self._needs(pair[1], row))
            if meant and set(meant) != set(wish.needs):
                wish.needs = meant
                self._changes.touch("wishes", wish)

    def _needs(self, host: Company, row: WishRow) -> Iterable[Need]:
        for text in row.needs:
            own = self._hosts.needs_of(host)
            need = next((need for need in own if fold(text) in (fold(need.number), fold(need.title))), None)
            if need:
                yield need
            else:
                self.warnings.append(Problem(row.place, "unknown_need", {"name": text, "host": host.name}))
