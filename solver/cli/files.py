"""JSON files in and out. Whatever is wrong with a file is said with its name."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from solver.collector import collector_rests
from solver.instance import Instance
from solver.reading import BadInput, parse, parse_solution
from solver.solution import Solution

_encode = json.JSONEncoder(ensure_ascii=False).encode  # one encoder: each json.dumps makes its own


class BadFile(Exception):
    """A file that cannot be read as what it should be."""


def read_instance(path: str) -> Instance:
    """The instance in a file. Raises `BadFile` with the file and the JSON path."""
    document = read_json(path)
    try:
        return parse(document)
    except BadInput as error:
        raise BadFile(f"{path}: {error}") from error


def read_solution(path: str, instance: Instance, published: bool = False) -> Solution:
    """The solution in a file; of an exported event, the one under its `solution`."""
    document = read_json(path)
    if isinstance(document, dict) and "solution" in document and "assignments" not in document:
        document = document["solution"]
    try:
        return parse_solution(document, instance, published=published)
    except BadInput as error:
        raise BadFile(f"{path}: {error}") from error


@collector_rests()
def read_json(path: str) -> Any:
    """Strict JSON: UTF-8, no repeated keys, no NaN."""
    try:
        return json.loads(
            Path(path).read_text(encoding="utf-8-sig"),
            object_pairs_hook=_without_repeats,
            parse_constant=_refuse_constant,
        )
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise BadFile(f"{path}: line {error.lineno} column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise BadFile(f"{path}: is nested too deeply") from error
    except ValueError as error:
        raise BadFile(f"{path}: {error}") from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is given twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def write_text(path: str, text: str) -> None:
    """Write a file whole or not at all."""
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error


def dump(document: Any) -> str:
    """JSON a person can read: one line per list item of the top level, Chinese as it is written.

    Named tuples of texts, of which a plan has many, are written as objects.
    """
    if not isinstance(document, dict):
        return json.dumps(document, ensure_ascii=False) + "\n"
    lines = []
    for key, value in document.items():
        if isinstance(value, list | tuple) and value:
            rows = ",\n  ".join(_objects(value) if isinstance(value[0], tuple) else map(_encode, value))
            lines.append(f"{_encode(key)}: [\n  {rows}]")
        else:
            lines.append(f"{_encode(key)}: {_encode(value)}")
    return "{" + ",\n ".join(lines) + "}\n"


def _objects(rows: Sequence[Any]) -> Iterator[str]:
    """Named tuples of one kind, column by column: the same few texts occur again and again, and are encoded once."""
    names, columns = rows[0]._fields, []
    for place, name in enumerate(names):
        before = ("{" if place == 0 else ", ") + _encode(name) + ": "
        after = "}" if place == len(names) - 1 else ""
        texts = list(map(itemgetter(place), rows))
        written = {text: before + _encode(text) + after for text in set(texts)}
        columns.append(map(written.__getitem__, texts))
    return map("".join, zip(*columns, strict=True))
