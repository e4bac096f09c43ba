"""Long lists, a page at a time. The number of the page is in the address, the rest of the query stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page of `total`, of which this is page `number` out of `last`."""

    rows: Sequence[Any]
    number: int
    last: int
    total: int

    def address(self, number: int) -> str:
        """The address of page `number` of the same list."""
        query: MultiDict[str, str] = MultiDict(request.args)
        query["page"] = str(number)
        return f"{request.path}?{urlencode(list(query.items(multi=True)))}"


def page_of_query(query: Any, per_page: int = PER_PAGE) -> Page:
    """The page of `query` (ordered) that the address asks for; one out of range is the nearest."""
    total = query.order_by(None).count()
    number, last = _place(total, per_page)
    return Page(query.limit(per_page).offset((number - 1) * per_page).all(), number, last, total)


def page_of_keys(keys: Sequence[Any], per_page: int = PER_PAGE) -> Page:
    """The same of a list that stands ready (such as the ids that a search found)."""
    number, last = _place(len(keys), per_page)
    return Page(keys[(number - 1) * per_page : number * per_page], number, last, len(keys))


def _place(total: int, per_page: int) -> tuple[int, int]:
    last = max(1, -(-total // per_page))
    asked = request.args.get("page", "1")
    return min(last, max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1)), last
