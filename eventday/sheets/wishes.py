"""Wishes in a sheet of their own: a host per row, ranked columns, or a column per host with scores."""

from __future__ import annotations

from collections.abc import Iterator

from eventday.rules.company_names import split_names

from .cells import as_whole_number
from .headers import SCORE, Schema
from .record import INTEREST_BY_RANK, Record, RowRefusedError
from .registrations import credit_code_of
from .rows import Kind, WishedHost, WishRow
from .vocabulary import words

SCHEMA = Schema(
    Kind.WISHES,
    fields=words("wishes"),
    required=(("company",), ("host", "wish1", SCORE)),
    patterns=(
        (r"(?:企业|公司|单位|机构).{0,4}(?:名称|全称)", "company"),
        (r"意向.{0,4}(?:程度|强度|分)", "interest"),
        (r"(?:意向|拟对接|目标).{0,4}(?:央国企|央企|国企|企业|单位)", "host"),
    ),
    ranked=True,
)

# A wish that is only named, without any strength, counts as the middle of 1 to 5.
UNSTATED_INTEREST = 3


def read_wishes(record: Record) -> Iterator[WishRow]:
    """The wishes of a row. Raises RowRefusedError without a company or a host, or when the interest is no 0 to 5."""
    company = record.needed("company", "no_company")
    code = credit_code_of(record)
    wishes = list(_in_cells(record)) if record.has("host") else []
    wishes = wishes or list(record.wishes())
    if not wishes and not record.asks_for_wishes:
        raise RowRefusedError("no_host")
    for wish in wishes:
        yield WishRow(
            place=record.place,
            company=company,
            host=wish.host,
            interest=wish.interest,
            credit_code=code,
            host_interest=record.number("host_interest", 1, 5),
            needs=tuple(split_names(record.name("needs", 500))),
            note=record.text("note", 1000),
        )


def _in_cells(record: Record) -> Iterator[WishedHost]:
    hosts = split_names(record.needed("host", "no_host", limit=500))
    stated = _stated(record, "interest", 0, 5)
    if stated is None and (rank := _stated(record, "rank", 1, 20)):
        stated = INTEREST_BY_RANK.get(rank, 1)
    for host in hosts:
        yield WishedHost(host, UNSTATED_INTEREST if stated is None else stated, "host")


def _stated(record: Record, name: str, least: int, most: int) -> int | None:
    """How strong a wish is must not be guessed: what cannot be read refuses the row."""
    before = len(record.warnings)
    number = record.parsed(name, lambda value: as_whole_number(value, least, most))
    if len(record.warnings) > before:
        problem = record.warnings.pop()
        raise RowRefusedError(problem.code, **problem.params)
    return number
