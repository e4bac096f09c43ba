"""Registrations: one delegate per row, with the company and, often, its wishes."""

from __future__ import annotations

from eventday.rules.company_names import split_names
from eventday.rules.credit_code import CreditCodeError, read_credit_code
from eventday.rules.phones import PhoneError, read_phone

from .cells import UnreadableError, as_name, as_remote, as_text
from .grid import Value
from .headers import Schema
from .record import INTEREST_BY_RANK, Record
from .rows import Kind, Registration, WishedHost
from .vocabulary import words

KINDS = words("company_kinds")
ROLES = words("roles")

SCHEMA = Schema(
    Kind.REGISTRATIONS,
    fields=words("registrations"),
    required=(("company",), ("delegate",)),
    patterns=(
        (r"信用代码", "credit_code"),
        (r"(?:企业|公司|单位|机构).{0,4}(?:名称|全称)|companyname", "company"),
        (r"手机|联系电话|mobile|phone", "phone"),
        (r"邮箱|email", "email"),
        (r"姓名$", "delegate"),
        (r"(?:预计|计划).{0,4}(?:到场|到达|抵达)|arrival", "expected"),
        (r"主营|核心能力|主要产品", "capabilities"),
        (r"(?:参会|参加|出席).{0,2}(?:方式|形式)", "attendance"),
        (r"备注|remark", "note"),
    ),
    ranked=True,
)


def read_registration(record: Record) -> Registration:
    """A delegate. Raises RowRefusedError without a company or without a delegate."""
    company = record.needed("company", "no_company")
    delegate = record.needed("delegate", "no_delegate", limit=100)
    remote = record.parsed("attendance", as_remote)
    if remote is None:
        remote = record.parsed("is_remote", lambda value: as_remote(value, asked=True))
    return Registration(
        place=record.place,
        company=company,
        delegate=delegate,
        credit_code=credit_code_of(record),
        kind=record.one_of("kind", KINDS, "unknown_kind"),
        company_en=record.name("company_en"),
        short_name=record.name("short_name", 60),
        district=record.text("district"),
        capabilities=record.lines("capabilities"),
        website=record.text("website", 300),
        name_en=record.name("name_en", 100),
        title=record.name("title", 100),
        phone=record.parsed("phone", _phone) or "",
        email=record.parsed("email", _email) or "",
        role=record.one_of("role", ROLES, "unknown_role"),
        remote=remote,
        expected=record.clock("expected"),
        receiver=record.name("receiver", 100),
        note=record.lines("note"),
        wishes=_with_list(record),
        asks_for_wishes=record.asks_for_wishes,
    )


def credit_code_of(record: Record) -> str | None:
    """The row's credit code; a wrong one leaves a warning and is not used, since it would match the wrong company."""
    text = record.name("credit_code", 60)
    if not text:
        return None
    try:
        return read_credit_code(text)
    except CreditCodeError as wrong:
        record.warn(f"credit_code_{wrong.why}", value=wrong.code)
        return None


def _with_list(record: Record) -> tuple[WishedHost, ...]:
    """Ranked and scored wishes; or several hosts in one cell, which count in the order written."""
    wishes = record.wishes()
    if wishes or not record.has("wish_list"):
        return wishes
    hosts = split_names(record.name("wish_list", 500))
    return tuple(WishedHost(host, INTEREST_BY_RANK.get(rank, 1), "") for rank, host in enumerate(hosts, start=1))


def _phone(value: Value) -> str:
    text = as_name(value, 60)
    if not text:
        return ""
    try:
        return read_phone(text)
    except PhoneError:
        raise UnreadableError("not_a_phone", value=text) from None


def _email(value: Value) -> str:
    text = "".join(as_text(value, 254).split())
    if not text or text in "-—/无":
        return ""
    name, at, domain = text.partition("@")
    if not (name and at and "." in domain and "@" not in domain and text.isprintable()):
        raise UnreadableError("not_an_email", value=text)
    return f"{name}@{domain.lower()}"
