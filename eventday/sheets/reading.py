"""All files of one import, read together: names given in one are understood in another, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from eventday.rules.company_names import NameIndex

from .blocks import Block, Choices
from .files import SheetFile, read_grids
from .grid import Grid
from .needs import host_in_titles, read_need
from .outcome import Reading
from .projects import read_project
from .recognise import find_blocks
from .record import Record, RowRefusedError
from .registrations import read_registration
from .rounds import read_round
from .rows import FileRefusedError, Kind, Place, Problem, Row
from .tables import read_table
from .wishes import read_wishes


@dataclass(frozen=True)
class KnownHost:
    """A host that is known before any file is opened, with all its other names."""

    name: str
    aliases: tuple[str, ...] = ()


Progress = Callable[[str, int, int], None]


def read_files(
    files: Sequence[SheetFile],
    *,
    day: date,
    known_hosts: Iterable[KnownHost] = (),
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Reads files together. A file or row that cannot be taken never blocks the rest.

    `day` is the day of the event: it completes dates without a year. `choices` is what a person decided about blocks
    and columns. `progress(stage, done, total)` hears of stages `files` (counted in files) and `rows`.
    Files that share a name are told apart by a number, since reports name rows by file.
    """
    tell = progress or (lambda stage, done, total: None)
    reading = Reading()
    grids: list[Grid] = []
    named = _with_different_names(files)
    for done, file in enumerate(named):
        tell("files", done, len(named))
        grids += _grids_of(file, reading)
    tell("files", len(named), len(named))
    grids.sort(key=lambda grid: grid.file)
    reading.blocks = _recognised(grids, list(known_hosts), choices or {}, reading)
    total = sum(len(block.rows) for block in reading.blocks)
    done = 0
    for block in reading.blocks:
        for position, row in enumerate(_rows_of(block, day, reading)):
            if (done + position) % 500 == 0:
                tell("rows", min(done + position, total), total)
            reading.take(row)
        done += len(block.rows)
    tell("rows", total, total)
    reading.warnings = _once_per_credit_code(reading.warnings)
    reading.rejected.sort(key=_by_place)
    reading.warnings.sort(key=_by_place)
    return reading


def _with_different_names(files: Sequence[SheetFile]) -> list[SheetFile]:
    seen: dict[str, int] = {}
    renamed = []
    for file in files:
        seen[file.name] = seen.get(file.name, 0) + 1
        name = file.name if seen[file.name] == 1 else f"{file.name} ({seen[file.name]})"
        renamed.append((name, file))
    return [SheetFile(name, file.data, file.ending or PurePath(file.name).suffix) for name, file in renamed]


def _grids_of(file: SheetFile, reading: Reading) -> list[Grid]:
    try:
        grids, hidden = read_grids(file)
    except FileRefusedError as why:
        reading.rejected.append(Problem(Place(file.name), why.code, why.params))
        return []
    for sheet in hidden:
        reading.warnings.append(Problem(Place(file.name, sheet), "hidden_sheet"))
    if not any(grid.rows for grid in grids):
        reading.rejected.append(Problem(Place(file.name), "empty"))
    return grids


def _recognised(grids: list[Grid], known: list[KnownHost], choices: Choices, reading: Reading) -> list[Block]:
    """Blocks, found twice: only when tables and needs have told the hosts' names can a column per host be seen."""
    hosts: NameIndex[str] = NameIndex()
    for host in known:
        hosts.add(host.name, host.name, host.aliases)
    for grid in grids:
        for block in find_blocks(grid, hosts, choices):
            _learn_hosts(block, hosts)
    blocks = [block for grid in grids for block in find_blocks(grid, hosts, choices)]
    for block in blocks:
        block.title_host = host_in_titles(block.titles, block.sheet, block.file_stem, hosts)
        _judge(block, reading)
    return blocks


def _learn_hosts(block: Block, hosts: NameIndex[str]) -> None:
    if block.kind == Kind.TABLES and not block.missing:
        for row in _records(block, date(2000, 1, 1)):
            try:
                table = read_table(row)
            except RowRefusedError:
                continue
            hosts.add(table.host, table.host, (table.host_en, *table.aliases))
    elif block.kind == Kind.NEEDS and not block.missing:
        told = host_in_titles(block.titles, block.sheet, block.file_stem, hosts)
        if told.host:
            hosts.add(told.host, told.host, (told.host_en, block.sheet if block.sheet.strip() else ""))


def _judge(block: Block, reading: Reading) -> None:
    """Writes down what is wrong with a block as a whole."""
    place = Place(block.file, block.sheet, block.header_row)
    if block.kind is None and not block.skipped:
        reading.rejected.append(Problem(place, "not_recognised"))
    elif block.missing and not block.skipped:
        params = {"columns": ", ".join(block.missing), "kind": str(block.kind)}
        reading.rejected.append(Problem(place, "columns_missing", params))


def _records(block: Block, day: date) -> Iterator[Record]:
    for number, cells in block.rows:
        place = Place(block.file, block.sheet, number)
        yield Record(place, block.columns, cells, day.year, block.title_host.host, block.title_host.host_en)


def _rows_of(block: Block, day: date, reading: Reading) -> Iterator[Row]:
    if block.kind is None or block.missing or block.skipped:
        return
    for record in _records(block, day):
        try:
            yield from list(_read(block.kind, record))
        except RowRefusedError as why:
            reading.rejected.append(Problem(record.place, why.code, why.params))
        else:
            reading.warnings.extend(record.warnings)


def _read(kind: Kind, record: Record) -> Iterable[Row]:
    if kind == Kind.WISHES:
        return read_wishes(record)
    return (_READERS[kind](record),)


_READERS: dict[Kind, Callable[[Record], Row]] = {
    Kind.REGISTRATIONS: read_registration,
    Kind.NEEDS: read_need,
    Kind.TABLES: read_table,
    Kind.ROUNDS: read_round,
    Kind.PROJECTS: read_project,
}


def _once_per_credit_code(warnings: list[Problem]) -> list[Problem]:
    """Every delegate of a company repeats its credit code; a wrong one is told once for each sheet."""
    told: dict[tuple[str, ...], Problem] = {}
    for number, problem in enumerate(warnings):
        one = (problem.place.file, problem.place.sheet, problem.code, problem.params.get("value", ""))
        told.setdefault(one if problem.code.startswith("credit_code_") else (*one, str(number)), problem)
    return list(told.values())


def _by_place(problem: Problem) -> tuple[str, str, int, str]:
    return (problem.place.file, problem.place.sheet, problem.place.row or 0, problem.code)
