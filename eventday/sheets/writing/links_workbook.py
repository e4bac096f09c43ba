"""Personal links, one row per delegate, to send out before the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .workbook import Column, Page, workbook


@dataclass(frozen=True)
class PersonalLink:
    """A delegate's own page. `picture` is the name of the QR picture in the archive that goes with the sheet."""

    company: str
    name: str
    link: str
    picture: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""


def links_workbook(event: str, links: Sequence[PersonalLink], *, made_at: datetime, contacts: bool = False) -> bytes:
    """An xlsx of `links` in their order. Phones and e-mails are in it only where `contacts` asks for them."""
    columns = [
        Column("企业 Company", 34, wrap=True),
        Column("参会人 Delegate", 18),
        Column("职务 Title", 16),
        Column("个人链接 Personal link", 46),
        Column("二维码图片 QR picture", 40),
    ]
    rows = [[one.company, one.name, one.title, one.link, one.picture] for one in links]
    if contacts:
        columns += [Column("手机 Phone", 16), Column("邮箱 E-mail", 26)]
        rows = [[*row, one.phone, one.email] for row, one in zip(rows, links, strict=True)]
    title = f"{event} · 个人链接 Personal links"
    page = Page("个人链接 Personal links", title, columns, rows, links=frozenset({3}))
    return workbook([page], made_at=made_at)
