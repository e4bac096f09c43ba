"""When do the rounds drop out? Then: colour the meetings with rounds.

By König's theorem the edges of a bipartite graph whose vertices have degree at most R can be coloured with R colours
so that no two edges at a vertex share one. De Werra's balanced version follows by splitting each vertex into copies
of degree at most R: every colour then occurs at a vertex of degree d either ⌊d/R⌋ or ⌈d/R⌉ times. Meetings are edges
between companies and tables, rounds are colours; so a table of capacity k that receives at most k·R companies gets at
most k in each round, and at least its minimum if it receives at least minimum·R.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.board import Board, Triple
from solver.collector import collector_rests

EDGES_BETWEEN_PAUSES = 10_000


def rounds_drop_out(board: Board) -> bool:
    """Everyone is there and every table open all day, one seat per company, nothing pinned, nobody kept apart."""
    whole = (1 << board.rounds) - 1
    return (
        not board.locks
        and not board.fixed
        and not board.apart
        and all(mask == whole for mask in board.there)
        and all(mask == whole for mask in board.open)
        and all(seats == 1 for seats in board.seats)
    )


@collector_rests()
def seat(
    board: Board, pairs: Sequence[int], loads: Sequence[int], pause: Callable[[], None] | None = None
) -> list[Triple]:
    """Lay chosen pairs into rounds. `loads` says how many meetings each table takes; a host's sum to its pairs.

    `pause` is called now and then and may end it by raising.
    """
    left = list(loads)
    edges: list[tuple[int, int]] = []
    for pair in pairs:
        company, host = board.pairs[pair]
        table = next(t for t in board.tables_of[host] if left[t])
        left[table] -= 1
        edges.append((company, table))
    colours = colour(edges, len(board.there), len(board.capacity), board.rounds, pause)
    return [(company, table, r) for (company, table), r in zip(edges, colours, strict=True)]


def colour(
    edges: Sequence[tuple[int, int]], lefts: int, rights: int, colours: int, pause: Callable[[], None] | None = None
) -> list[int]:
    """Balanced colouring of a bipartite multigraph: at a vertex of degree d each colour occurs ⌊d/k⌋ or ⌈d/k⌉ times."""
    left = _copies([a for a, _ in edges], lefts, colours)
    right = _copies([b for _, b in edges], rights, colours)
    offset = max(left, default=0) + 1
    ends = [(a, b + offset) for a, b in zip(left, right, strict=True)]
    return _proper(ends, colours, pause)


def _copies(ends: Sequence[int], vertices: int, colours: int) -> list[int]:
    """Split every vertex into copies of at most `colours` edges; the copy of each edge."""
    first = [0] * vertices
    degree = [0] * vertices
    for vertex in ends:
        degree[vertex] += 1
    total = 0
    for vertex in range(vertices):
        first[vertex] = total
        total += -(-degree[vertex] // colours)
    seen = [0] * vertices
    copies = []
    for vertex in ends:
        copies.append(first[vertex] + seen[vertex] // colours)
        seen[vertex] += 1
    return copies


def _proper(ends: Sequence[tuple[int, int]], colours: int, pause: Callable[[], None] | None) -> list[int]:
    """Proper edge colouring, edge by edge; where no colour is free at both ends, swap along an alternating path."""
    vertices = max((b for _, b in ends), default=-1) + 1
    free = [(1 << colours) - 1] * vertices
    at = [-1] * (vertices * colours)
    result = [0] * len(ends)
    for edge, (a, b) in enumerate(ends):
        if pause and edge % EDGES_BETWEEN_PAUSES == 0:
            pause()
        common = free[a] & free[b]
        if common:
            bit = common & -common
        else:
            bit, other = free[a] & -free[a], free[b] & -free[b]
            _swap(ends, at, free, result, b, bit, other, colours)
        chosen = bit.bit_length() - 1
        result[edge] = chosen
        at[a * colours + chosen] = at[b * colours + chosen] = edge
        free[a] &= ~bit
        free[b] &= ~bit
    return result


def _swap(
    ends: Sequence[tuple[int, int]],
    at: list[int],
    free: list[int],
    result: list[int],
    start: int,
    bit: int,
    other: int,
    colours: int,
) -> None:
    """Exchange two colours along the path that leaves `start` by `bit`, which becomes free there.

    In a bipartite graph the path cannot end at the far end of the new edge, whose `bit` is free already.
    """
    path = []
    vertex, wanted, then = start, bit.bit_length() - 1, other.bit_length() - 1
    while (edge := at[vertex * colours + wanted]) >= 0:
        path.append(edge)
        a, b = ends[edge]
        vertex = b if vertex == a else a
        wanted, then = then, wanted
    for edge in path:
        for end in ends[edge]:
            at[end * colours + result[edge]] = -1
    swap = {bit.bit_length() - 1: other.bit_length() - 1, other.bit_length() - 1: bit.bit_length() - 1}
    for edge in path:
        result[edge] = swap[result[edge]]
        for end in ends[edge]:
            at[end * colours + result[edge]] = edge
    # Along the path's interior both colours stay used; only its two ends exchange one for the other.
    for end in (start, vertex):
        free[end] ^= bit | other
