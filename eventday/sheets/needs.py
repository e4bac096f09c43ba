"""Needs: the application scenarios of a host. The host stands in a column, or in the title above the header."""

from __future__ import annotations

import re

from eventday.rules.company_names import NameIndex, names_an_organisation
from eventday.rules.tidy_text import tidy

from .blocks import TitleHost
from .headers import Schema
from .record import Record, RowRefusedError
from .rows import Kind, NeedRow
from .vocabulary import words

SCHEMA = Schema(
    Kind.NEEDS,
    fields=words("needs"),
    required=(("title",), ("description", "number", "keywords", "department", "host")),
    patterns=(
        (r"(?:需求|场景).{0,4}(?:名称|标题)", "title"),
        (r"描述|技术要求", "description"),
        (r"关键词", "keywords"),
    ),
)

_TAIL = re.compile(
    r"(?:的)?(?:\d{4}年?(?:度)?)?(?:中小企业|企业|应用|业务|技术|场景|合作|采购|对接|创新)*(?:场景|需求).*$"
    r"|\s*[-–—:：|]?\s*(?:application |scenario |technical )*(?:scenario|requirement|need)s?\b.*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:附件|附表|表)?\s*[\d一二三四五六七八九十]*\s*[:：、.．]\s*|^\d{4}年?度?\s*"
    r"|^(?:(?:application |scenario |technical )*(?:scenario|requirement|need)s?(?: list)? (?:of|from|by) )",
    re.IGNORECASE,
)


def host_in_titles(titles: list[str], sheet: str, file_stem: str, known: NameIndex[str]) -> TitleHost:
    """The host named above a block, on its tab or in the file's name, and its English name where one stands below.

    `known` maps the names that are already known to a host's name. A title that names nobody known is trusted when
    what is left of it without 「应用场景需求清单」 reads like an organisation.
    """
    english = next((tidy(title) for title in titles if _is_english_name(title)), "")
    for text in (*titles, sheet, file_stem):
        if host := known.find(text) or known.mentioned_in(text):
            return TitleHost(host, english)
    for text in (*titles, sheet, file_stem):
        bare = _HEAD.sub("", _TAIL.sub("", _HEAD.sub("", tidy(text)))).strip(" -–—:：（()）")
        if len(bare) >= 2 and names_an_organisation(bare):
            return TitleHost(bare, english if english != bare else "")
    return TitleHost("", english)


def read_need(record: Record) -> NeedRow:
    """A need. Raises RowRefusedError without a name or when no host is known for it."""
    title = record.needed("title", "no_need_name", limit=300)
    host = record.name("host") or record.host
    if not host:
        raise RowRefusedError("no_host")
    return NeedRow(
        place=record.place,
        host=host,
        title=title,
        host_en=record.name("host_en") or (record.host_en if host == record.host else ""),
        number=record.text("number", 40),
        title_en=record.text("title_en", 300),
        description=record.lines("description"),
        description_en=record.lines("description_en"),
        keywords=record.text("keywords", 500),
        department=record.text("department"),
    )


def _is_english_name(text: str) -> bool:
    plain = tidy(text)
    return plain.isascii() and len(plain.split()) >= 2 and names_an_organisation(plain) and not _TAIL.search(plain)
