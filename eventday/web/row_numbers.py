"""Numbers in addresses: one beyond what any database counts to leads nowhere, as one that no row has."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LAST = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:number>` in a rule: a row's number."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": LAST} | options)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
