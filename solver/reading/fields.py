"""Reads one JSON object strictly: every key is asked for by name and type, and nothing may be left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from solver.reading.errors import BadInput

T = TypeVar("T")
REQUIRED: Any = object()
LARGEST = 10**9
SURROGATE = re.compile("[\ud800-\udfff]")


class Fields:
    """One object at a JSON path. Each reader returns the value or raises the document's error at that path."""

    def __init__(self, value: Any, path: str, error: type[BadInput], allowed: tuple[str, ...]) -> None:
        if not isinstance(value, dict):
            raise error(path, f"expected an object, got {kind(value)}")
        for key in value:
            if key not in allowed:
                raise error(f"{path}.{key}", f"unknown key; known here: {', '.join(allowed)}")
        self.value, self.path, self.error = value, path, error

    def _raw(self, key: str, default: Any) -> Any:
        if key in self.value:
            return self.value[key]
        if default is REQUIRED:
            raise self.error(f"{self.path}.{key}", "is missing")
        return default

    def text(self, key: str, default: Any = REQUIRED) -> Any:
        """A non-empty string, or the default when the key is absent."""
        value = self._raw(key, default)
        if key not in self.value:
            return value
        if not isinstance(value, str):
            raise self.error(f"{self.path}.{key}", f"expected a string, got {kind(value)}")
        if not value:
            raise self.error(f"{self.path}.{key}", "must not be empty")
        if not value.isascii() and SURROGATE.search(value):
            raise self.error(f"{self.path}.{key}", "holds half of a character (a lone surrogate), which is no text")
        return value

    def integer(self, key: str, low: int, high: int = LARGEST, default: Any = REQUIRED) -> Any:
        """An integer within low..high (true and false are not integers here)."""
        value = self._raw(key, default)
        if key not in self.value:
            return value
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{self.path}.{key}", f"expected an integer, got {kind(value)}")
        if not low <= value <= high:
            raise self.error(f"{self.path}.{key}", f"{value} is out of range; allowed is {low} to {high}")
        return value

    def boolean(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._raw(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{self.path}.{key}", f"expected true or false, got {kind(value)}")
        return value

    def reference(self, key: str, known: dict[str, Any], what: str) -> str:
        """The id of something that exists."""
        value = self.text(key)
        if value not in known:
            raise self.error(f"{self.path}.{key}", f"there is no {what} {value!r}")
        return str(value)

    def references(self, key: str, known: dict[str, Any], what: str) -> tuple[str, ...]:
        """A list of different ids that exist, returned in the order of `known`; all of them when the key is absent."""
        if key not in self.value:
            return tuple(known)
        seen = set()
        for path, value in items(self.value[key], f"{self.path}.{key}", self.error):
            if not isinstance(value, str):
                raise self.error(path, f"expected a string, got {kind(value)}")
            if value not in known:
                raise self.error(path, f"there is no {what} {value!r}")
            if value in seen:
                raise self.error(path, f"{value!r} is listed twice")
            seen.add(value)
        return tuple(each for each in known if each in seen)

    def list(self, key: str, read: Callable[[Any, str], T], required: bool = False) -> tuple[T, ...]:
        """A list whose items `read(value, path)` turns into data; empty when the key is absent."""
        if key not in self.value and not required:
            return ()
        return tuple(
            read(value, path) for path, value in items(self._raw(key, REQUIRED), f"{self.path}.{key}", self.error)
        )


def items(value: Any, path: str, error: type[BadInput]) -> Iterator[tuple[str, Any]]:
    """The items of a JSON list with their paths."""
    if not isinstance(value, list):
        raise error(path, f"expected a list, got {kind(value)}")
    for index, item in enumerate(value):
        yield f"{path}[{index}]", item


def kind(value: Any) -> str:
    """The JSON name of a value's type, for messages."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "an integer"}
    return "null" if value is None else names.get(type(value), "a number")
