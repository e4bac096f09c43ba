"""The words of organisers' sheets, kept as data in vocabulary.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def words(table: str) -> dict[str, tuple[str, ...]]:
    """Meaning → the words for it, likeliest first, from one table of the vocabulary."""
    return {meaning: tuple(_with_shared(spellings)) for meaning, spellings in _vocabulary()[table].items()}


@cache
def _vocabulary() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))


def _with_shared(spellings: list[str]) -> Iterator[str]:
    for spelling in spellings:
        if spelling.startswith("+"):
            yield from _vocabulary()["shared"][spelling[1:]]
        else:
            yield spelling
