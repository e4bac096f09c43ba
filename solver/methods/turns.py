"""The company side of the network, told by rounds: who comes through the door when.

Without rounds a flow believes that what is short in one round is made good in another: it fills every seat of the day
although in some rounds there are fewer companies than seats. So units may enter by round, each with its own number of
seats, and each company with its own turns:

    source → round → the company's turns → company → …

What meets whom is still chosen for the whole day, so this is a bound like the other, only closer. The numbers of
meetings that companies can have together remain those of a flow, an M-convex set, so leximin stays exact.
"""

from __future__ import annotations

import numpy as np

from solver.board import Board

Block = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Arcs: tails, heads, lower bounds, capacities."""


def entrance(board: Board, source: int, first: int) -> tuple[np.ndarray, list[Block], int]:
    """Arcs from `source` to a node per company through every round, numbered from `first` on.

    Returns each company's node, the arcs, and how many nodes there are.
    """
    rounds, companies = board.rounds, len(board.there)
    there = np.array(board.there, dtype=np.int64)
    turns = np.array([(there >> r) & 1 for r in range(rounds)], dtype=np.int64).reshape(rounds, companies)
    turns *= np.array(board.teams, dtype=np.int64)
    seats = _seats(board)
    held = np.zeros_like(turns)
    for who, _, r in board.fixed:
        held[r, who] += 1
    turns, seats = np.maximum(turns, held), np.maximum(seats, held.sum(axis=1))
    nodes = first + rounds + np.arange(companies)
    at, company = np.nonzero(turns)
    blocks = [
        (np.full(rounds, source), first + np.arange(rounds), np.zeros(rounds, np.int64), seats),
        (first + at, nodes[company], np.zeros(len(at), np.int64), turns[at, company]),
    ]
    return nodes, blocks, rounds + companies


def _seats(board: Board) -> np.ndarray:
    """How many companies all tables together can receive in each round; with large companies it may be fewer."""
    sizes = sorted(set(board.seats))
    seats = np.zeros(board.rounds, dtype=np.int64)
    for table, mask in enumerate(board.open):
        smallest = next((size for size in sizes if size <= board.capacity[table]), None)
        for r in range(board.rounds):
            standing = len(board.fixed_guests.get((table, r), ()))
            fits = board.capacity[table] // smallest if smallest and mask >> r & 1 else 0
            seats[r] += max(standing, fits)
    return seats
