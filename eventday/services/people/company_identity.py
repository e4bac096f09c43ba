"""What a company is, and which known company a name or a code means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from ...models import Company, CompanyAlias, db
from ...rules.company_names import normal_name
from ...rules.credit_code import CreditCodeError, read_credit_code
from ...rules.errors import Invalid
from ..editing import assign


@dataclass(frozen=True)
class CompanyData:
    """What holds of a company at every event."""

    name: str
    name_en: str
    short_name: str
    credit_code: str | None
    kind: str
    district: str
    capabilities: str
    website: str


@dataclass(frozen=True)
class PartData:
    """A company's part in one event; `late_until` is aware."""

    min_meetings: int
    max_meetings: int | None
    seats: int
    delegations: int
    late_until: datetime | None
    note: str


def checked(data: CompanyData, part: PartData) -> CompanyData:
    """`data` with its credit code in the one form; raises Invalid naming the field."""
    if part.min_meetings < 0:
        raise Invalid("Take 0 or more.", field="min_meetings")
    if part.max_meetings is not None and part.max_meetings < part.min_meetings:
        raise Invalid("The most is not less than the least.", field="max_meetings")
    for field in ("seats", "delegations"):
        if getattr(part, field) < 1:
            raise Invalid("Take 1 or more.", field=field)
    if not data.credit_code:
        return CompanyData(**{**vars(data), "credit_code": None})
    try:
        return CompanyData(**{**vars(data), "credit_code": read_credit_code(data.credit_code)})
    except CreditCodeError as error:
        raise Invalid(
            "%(given)s is no credit code: 18 letters and digits, the last of which checks the rest.",
            field="credit_code",
            given=error.code,
        ) from None


def known_company(data: CompanyData) -> Company | None:
    """The company that goes by this code, else by this name or alias. Two codes are two companies."""
    companies = db.session.query(Company)
    if data.credit_code and (found := companies.filter_by(credit_code=data.credit_code).one_or_none()):
        return found
    normal = normal_name(data.name)
    alias = select(CompanyAlias.company_id).where(CompanyAlias.normal == normal)
    named = companies.filter(or_(Company.normal_name == normal, Company.id.in_(alias))).order_by(Company.id).all()
    return next((one for one in named if not (data.credit_code and one.credit_code)), None)


def write_company(company: Company, data: CompanyData, aliases: Sequence[str]) -> list[str]:
    """Set `company` to `data`, known by `aliases` too (not committed); returns the names of what changed."""
    changed = assign(company, data)
    company.normal_name = normal_name(data.name)
    wanted = {normal: alias for alias in aliases if (normal := normal_name(alias))}
    db.session.flush()
    for old in list(company.aliases):
        if wanted.pop(old.normal, None) is None:
            company.aliases.remove(old)
            changed.append("aliases")
    for normal, alias in wanted.items():
        other = db.session.query(CompanyAlias).filter_by(normal=normal).one_or_none()
        if other is not None:
            raise Invalid(
                "%(alias)s stands for %(name)s already.", field="aliases", alias=alias, name=other.company.name
            )
        company.aliases.append(CompanyAlias(alias=alias, normal=normal))
        changed.append("aliases")
    db.session.flush()
    return changed
