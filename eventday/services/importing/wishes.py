"""Wishes, out of registrations and of sheets of their own, for hosts by any of their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...models import Company, Delegate, Event, Need, Wish, db
from ...rules.company_names import split_names
from ...rules.tidy_text import fold
from ...sheets import Place, Problem
from ...sheets.rows import WishRow
from .changes import Changes
from .companies import CompanyBook
from .delegates import Person
from .hosts import HostBook

Pair = tuple[Company, Company]


@dataclass
class Stated:
    """What the sheets say of one pair. `by` is the delegate whose registration said it, None for a sheet of wishes."""

    interest: int
    by: Delegate | None
    host_interest: int | None = None
    note: str = ""
    needs: list[Need] = field(default_factory=list)


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
        # None stands for a wish that this import adds.
        self.all: dict[Pair, Wish | None] = {(wish.company, wish.host): wish for wish in rows}

    def take(self, people: list[Person], rows: list[WishRow]) -> None:
        """Adds, updates and takes back wishes. A sheet of wishes speaks louder than a registration."""
        stated: dict[Pair, Stated] = {}
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
        stated.update(self._from_sheets(rows))
        for pair, saying in stated.items():
            self._write(pair, saying)
        self._take_back(asked, stated)

    def _from_sheets(self, rows: list[WishRow]) -> dict[Pair, Stated]:
        """What sheets of wishes say; of several rows for one pair the strongest interest counts."""
        stated: dict[Pair, Stated] = {}
        for row in rows:
            company = self._companies.find(row.company, row.credit_code)
            if company is None or company not in self._attending:
                self.rejected.append(Problem(row.place, "company_not_registered", {"name": row.company}))
                continue
            for host in self._wished(company, row.host, row.place, self.rejected):
                saying = stated.setdefault((company, host), Stated(row.interest, None))
                saying.interest = max(saying.interest, row.interest)
                saying.host_interest = saying.host_interest or row.host_interest
                saying.note = saying.note or row.note
                saying.needs += [need for need in self._needs(host, row) if need not in saying.needs]
        return stated

    def _wished(self, company: Company, name: str, place: Place, problems: list[Problem]) -> list[Company]:
        """The host that a text names, or the hosts where it names several; what is unclear is written down."""
        found = []
        for part in [name] if self._companies.find(name) else split_names(name):
            host = self._companies.find(part)
            if host is not None and host in self._wishable and host is not company:
                found.append(host)
                continue
            code = "unknown_host" if host is None else "wishes_for_itself" if host is company else "not_a_host"
            problems.append(Problem(place, code, {"name": part}))
        return found

    def _write(self, pair: Pair, saying: Stated) -> None:
        wish = self.all.get(pair)
        if saying.interest == 0:
            self._remove(pair)
        elif wish is None:
            self._add(pair, saying)
        else:
            self._changes.put(
                "wishes", wish, interest=saying.interest, host_interest=saying.host_interest, note=saying.note
            )
            if saying.needs and set(saying.needs) != set(wish.needs):
                wish.needs = saying.needs
                self._changes.touch("wishes", wish)
            if wish.declared_by is not saying.by:
                wish.declared_by = saying.by

    def _add(self, pair: Pair, saying: Stated) -> None:
        values = {
            "event_id": self._event.id,
            "interest": saying.interest,
            "host_interest": saying.host_interest,
            "note": saying.note,
        }
        company, host = pair
        self.all[pair] = None
        if saying.needs:
            self._changes.add("wishes", Wish(**values, company=company, host=host, needs=saying.needs))
        else:
            links = {"company_id": company, "host_id": host, "declared_by_id": saying.by}
            self._changes.add_plainly("wishes", Wish, values, **links)

    def _remove(self, pair: Pair) -> None:
        if wish := self.all.pop(pair, None):
            self._changes.remove("wishes", wish)

    def _take_back(self, asked: set[Delegate], stated: dict[Pair, Stated]) -> None:
        """A registration that comes again without a wish it once had has taken that wish back."""
        gone = [pair for pair, wish in self.all.items() if pair not in stated and wish and wish.declared_by in asked]
        for pair in gone:
            self._remove(pair)

    def _needs(self, host: Company, row: WishRow) -> Iterable[Need]:
        for text in row.needs:
            own = self._hosts.needs_of(host)
            need = next((need for need in own if fold(text) in (fold(need.number), fold(need.title))), None)
            if need:
                yield need
            else:
                self.warnings.append(Problem(row.place, "unknown_need", {"name": text, "host": host.name}))
