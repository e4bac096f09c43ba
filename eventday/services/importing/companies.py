"""Which company a row means: by credit code, then by name, then by another name it is known by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...models import Company, CompanyAlias, db
from ...rules.company_names import NamedCompany, NameIndex, core_name, look_alikes, normal_name
from ...sheets import Place, Problem, Reading
from .changes import Changes


@dataclass(frozen=True)
class Sighting:
    """What one row says of a company. `kind` is what a cell tells, `kind_else` what its place in the sheets tells."""

    place: Place
    name: str
    code: str | None = None
    kind: str | None = None
    kind_else: str = "sme"
    aliases: tuple[str, ...] = ()
    name_en: str = ""
    short_name: str = ""
    district: str = ""
    capabilities: str = ""
    website: str = ""


class CompanyBook:
    """All companies, those of earlier events too, and what the sheets add to them."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.warnings: list[Problem] = []
        self.all: list[Company] = db.session.query(Company).order_by(Company.id).all()
        self._by_code = {company.credit_code: company for company in self.all if company.credit_code}
        self._names: NameIndex[Company] = NameIndex()
        self._alias_owner: dict[str, Company] = {}
        self._in_sheets: set[str] = set()
        by_id = {company.id: company for company in self.all}
        for company in self.all:
            self._names.add(company, company.name, (company.name_en, company.short_name))
        for alias in db.session.query(CompanyAlias):
            self._names.add(by_id[alias.company_id], "", (alias.alias,))
            self._alias_owner[alias.normal] = by_id[alias.company_id]

    def find(self, name: str, code: str | None = None) -> Company | None:
        """The company that a row means, or None."""
        if code and code in self._by_code:
            return self._by_code[code]
        company = self._names.find(name)
        by_alias = company is not None and normal_name(company.name) != normal_name(name)
        if company and by_alias and code and company.credit_code and code != company.credit_code:
            return None  # it goes by a name that somebody else has as an alias
        return company

    def learn(self, reading: Reading) -> None:
        """Makes every company that the sheets name known.

        Rows with a credit code come first, so that whatever name stands beside the code is understood elsewhere;
        what tables say of a host comes before what others call it.
        """
        seen = list(_sightings(reading))
        self._in_sheets = {normal_name(sighting.name) for sighting in seen}
        for sighting in sorted(seen, key=lambda sighting: sighting.code is None):
            self._see(sighting)

    def look_alikes(self, attending: Iterable[Company]) -> list[dict[str, str]]:
        """Pairs that may be one company, as far as this event is concerned."""
        named = [NamedCompany(company.name, company.credit_code) for company in attending]
        return [{"first": pair.first, "second": pair.second, "why": pair.why} for pair in look_alikes(named)]

    def _see(self, sighting: Sighting) -> None:
        company = self.find(sighting.name, sighting.code)
        if company is None:
            company = self._new(sighting)
        elif normal_name(sighting.name) != normal_name(company.name):
            self._other_name(company, sighting)
        if sighting.code and company.credit_code != sighting.code:
            self._code(company, sighting)
        self._changes.put(
            "companies",
            company,
            kind=sighting.kind,
            name_en=sighting.name_en,
            district=sighting.district,
            capabilities=sighting.capabilities,
            website=sighting.website,
        )
        self._names.add(company, "", (sighting.name_en,))
        # The first of a host's other names is the one for chips and badges; a name chosen by hand stays.
        short = sighting.short_name or next(iter(sighting.aliases), "")
        if not company.short_name or sighting.short_name:
            self._changes.put("companies", company, short_name=short)
        for alias in dict.fromkeys((*sighting.aliases, sighting.short_name)):
            self._alias(company, alias, sighting.place)

    def _new(self, sighting: Sighting) -> Company:
        company = Company(
            name=sighting.name,
            normal_name=normal_name(sighting.name),
            kind=sighting.kind or sighting.kind_else,
            credit_code=sighting.code,
            **dict.fromkeys(("name_en", "short_name", "district", "capabilities", "website"), ""),
        )
        self.all.append(self._changes.add("companies", company))
        self._names.add(company, company.name)
        if sighting.code:
            self._by_code[sighting.code] = company
        return company

    def _other_name(self, company: Company, sighting: Sighting) -> None:
        """Known by its code under another name: both names lead to it from now on.

        A name as long as the old one corrects it, unless the old one stands in these sheets too; a shorter one is
        taken for an abbreviation.
        """
        by_code = sighting.code is not None and sighting.code == company.credit_code
        if not by_code or self._names.find(sighting.name) is not None:
            return
        old = company.name
        if len(sighting.name) >= len(old) and normal_name(old) not in self._in_sheets:
            self._changes.put("companies", company, name=sighting.name, normal_name=normal_name(sighting.name))
            self._names.add(company, sighting.name)
        self._alias(company, old if company.name == sighting.name else sighting.name, sighting.place)
        if core_name(sighting.name) != core_name(old):
            params = {"name": old, "other": sighting.name, "code": sighting.code or ""}
            self.warnings.append(Problem(sighting.place, "same_code_other_name", params))

    def _code(self, company: Company, sighting: Sighting) -> None:
        if sighting.code is None or sighting.code in self._by_code:
            return
        self._changes.put("companies", company, credit_code=sighting.code)
        if company.credit_code == sighting.code:
            self._by_code[sighting.code] = company
        else:
            params = {"name": company.name, "code": sighting.code, "kept": company.credit_code or ""}
            self.warnings.append(Problem(sighting.place, "two_codes_for_one_name", params))

    def _alias(self, company: Company, alias: str, place: Place) -> None:
        normal = normal_name(alias)
        if not normal or normal == normal_name(company.name):
            return
        owner = self._alias_owner.get(normal)
        if owner is None:
            self._alias_owner[normal] = company
            self._names.add(company, "", (alias,))
            self._changes.add("aliases", CompanyAlias(company=company, alias=alias, normal=normal))
        elif owner is not company:
            params = {"alias": alias, "owner": owner.name, "name": company.name}
            self.warnings.append(Problem(place, "alias_taken", params))


def _sightings(reading: Reading) -> Iterator[Sighting]:
    for table in reading.tables:
        yield Sighting(
            table.place, table.host, kind=table.kind, kind_else="soe", aliases=table.aliases, name_en=table.host_en
        )
    for need in reading.needs:
        yield Sighting(need.place, need.host, kind_else="soe", name_en=need.host_en)
    for row in reading.registrations:
        yield Sighting(
            row.place,
            row.company,
            code=row.credit_code,
            kind=row.kind,
            name_en=row.company_en,
            short_name=row.short_name,
            district=row.district,
            capabilities=row.capabilities,
            website=row.website,
        )
    for project in reading.projects:
        yield Sighting(project.place, project.host, kind_else="soe")
        yield Sighting(project.place, project.supplier)
