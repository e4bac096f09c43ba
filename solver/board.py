"""The instance as small integers: what every method works on.

Companies, hosts, tables and rounds are numbered in the instance's order; sets of rounds are bit masks (bit r is
round r). A *pair* is a company and a host who may meet: wished, promised, locked, or any with `allow_unwished`,
not ruled out, and with at least one round and table in which it could happen. A *slot* is a table and a round.

A board may have a *fixed* part: assignments that stand whatever the rules now say of them (rounds already held, what
a repair keeps). They count for every limit and goal, take their seats, and nothing is added before round `start`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy

from solver.collector import collector_rests
from solver.instance import Instance
from solver.solution import Assignment

Slot = tuple[int, int]
Triple = tuple[int, int, int]
"""Company, table, round."""


class Board:
    """Numbered view of an instance. Built once per solve; never changed.

    `pause` is called between the parts of building it and may end that by raising: a huge day takes seconds.
    """

    @collector_rests()
    def __init__(
        self,
        instance: Instance,
        fixed: Sequence[Assignment] = (),
        start: int = 0,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        self.instance = instance
        self.start = start
        self.company = {each.id: index for index, each in enumerate(instance.companies)}
        self.host = {each.id: index for index, each in enumerate(instance.hosts)}
        self.table = {each.id: index for index, each in enumerate(instance.tables)}
        self.round = {each.id: index for index, each in enumerate(instance.rounds)}
        self.names = list(self.company), list(self.table), list(self.round)
        self.rounds = len(instance.rounds)
        self.still_to_come = (1 << self.rounds) - (1 << start)
        self._number_tables()
        self._take_in(fixed)
        self._number_companies()
        pause()
        self.locks: list[Triple] = [
            (self.company[lock.company], self.table[lock.table], self.round[lock.round])
            for lock in instance.locks
            if self.round[lock.round] >= start
        ]
        self.apart = [(self.company[first], self.company[second]) for first, second in instance.apart]
        self.foes: dict[int, set[int]] = defaultdict(set)
        for one, other in self.apart:
            self.foes[one].add(other)
            self.foes[other].add(one)
        self._open_for: dict[tuple[int, int], int] = {}
        self.granted: frozenset[tuple[int, int]] = frozenset()
        self._number_pairs(pause)

    def granting(self, company: int, host: int) -> Board:
        """The same board on which flows have the two meet whatever else they choose; when, stays open."""
        board = copy(self)
        board.granted = frozenset({(company, host)})
        return board

    def _mask(self, rounds: Sequence[str]) -> int:
        return sum(1 << self.round[each] for each in rounds) & self.still_to_come

    def _number_tables(self) -> None:
        self.open = [self._mask(table.rounds) for table in self.instance.tables]
        self.table_host = [self.host[table.host] for table in self.instance.tables]
        self.capacity = [table.capacity for table in self.instance.tables]
        self.minimum = [table.min for table in self.instance.tables]
        self.tables_of: list[list[int]] = [[] for _ in self.instance.hosts]
        for index, host in enumerate(self.table_host):
            self.tables_of[host].append(index)
        self.host_most = [host.max_meetings for host in self.instance.hosts]

    def _take_in(self, fixed: Sequence[Assignment]) -> None:
        """Seats and turns that the fixed part uses up."""
        self.seats = [company.seats for company in self.instance.companies]
        self.fixed = self.triples(fixed)
        self.fixed_load: dict[Slot, int] = defaultdict(int)
        self.fixed_guests: dict[Slot, set[int]] = defaultdict(set)
        self.fixed_turns: dict[tuple[int, int], int] = defaultdict(int)
        self.fixed_at: dict[tuple[int, int], Triple] = {}
        for triple in self.fixed:
            company, table, r = triple
            self.fixed_load[table, r] += self.seats[company]
            self.fixed_guests[table, r].add(company)
            self.fixed_turns[company, r] += 1
            self.fixed_at[company, self.table_host[table]] = triple

    def _number_companies(self) -> None:
        held = [0] * len(self.instance.companies)
        for c, _, r in self.fixed:
            held[c] += r < self.start
        masks: dict[tuple[str, ...], int] = {}
        self.there: list[int] = []
        self.most: list[int] = []
        for past, company in zip(held, self.instance.companies, strict=True):
            if company.rounds not in masks:
                masks[company.rounds] = self._mask(company.rounds)
            self.there.append(masks[company.rounds])
            most = past + company.delegations * self.there[-1].bit_count()
            self.most.append(most if company.max_meetings is None else min(most, company.max_meetings))
        self.least = [company.min_meetings for company in self.instance.companies]
        self.teams = [company.delegations for company in self.instance.companies]

    def _number_pairs(self, pause: Callable[[], None]) -> None:
        """Wished pairs first, in the order declared, then promises, locks and fixed ones, then the rest."""
        company, host = self.company, self.host
        worth = {(company[wish.company], host[wish.host]): wish.worth for wish in self.instance.wishes}
        self.wishes = list(worth)
        self.must = [(company[pair.company], host[pair.host]) for pair in self.instance.must]
        promised = set(self.must)
        self.never = {(company[pair.company], host[pair.host]) for pair in self.instance.never}
        candidates = dict.fromkeys(worth)
        pause()
        candidates.update(dict.fromkeys(self.must))
        candidates.update(dict.fromkeys((c, self.table_host[t]) for c, t, _ in self.locks))
        candidates.update(dict.fromkeys(self.fixed_at))
        if self.instance.allow_unwished:
            hosts = range(len(self.instance.hosts))
            candidates.update(dict.fromkeys((c, h) for c in range(len(self.there)) for h in hosts))
        pause()
        self.pairs = [pair for pair in candidates if self._possible(pair)]
        pause()
        self.pair = {pair: index for index, pair in enumerate(self.pairs)}
        self.wished = [pair in worth for pair in self.pairs]
        self.worth = [worth.get(pair, 0) for pair in self.pairs]
        self.promised = [pair in promised for pair in self.pairs]

    def _possible(self, pair: tuple[int, int]) -> bool:
        if pair in self.fixed_at:
            return True
        if pair in self.never:
            return False
        company, host = pair
        if not self.there[company] & self.open_for(host, self.seats[company]):
            return False
        return not self.fixed or any(self._room(company, host))

    def open_for(self, host: int, seats: int) -> int:
        """The rounds in which the host has an open table that is large enough."""
        key = (host, seats)
        if key not in self._open_for:
            mask = 0
            for table in self.tables_of[host]:
                if seats <= self.capacity[table]:
                    mask |= self.open[table]
            self._open_for[key] = mask
        return self._open_for[key]

    def slots(self, pair: int) -> Iterator[Slot]:
        """Where and when a pair can meet, as far as availability, the size of tables and the fixed part go."""
        company, host = self.pairs[pair]
        if (company, host) in self.fixed_at:
            yield self.fixed_at[company, host][1:]
        else:
            yield from self._room(company, host)

    def _room(self, company: int, host: int) -> Iterator[Slot]:
        foes = self.foes.get(company, set())
        for table in self.tables_of[host]:
            for r in bits(self.there[company] & self.open[table]):
                slot = (table, r)
                if (
                    self.seats[company] + self.fixed_load.get(slot, 0) <= self.capacity[table]
                    and self.fixed_turns.get((company, r), 0) < self.teams[company]
                    and not (foes and foes & self.fixed_guests.get(slot, set()))
                ):
                    yield slot

    def assignments(self, triples: Sequence[Triple]) -> tuple[Assignment, ...]:
        """Numbered assignments as ids, in the order of rounds, tables, companies."""
        companies, tables, rounds = self.names
        ordered = sorted(triples, key=lambda each: (each[2] * len(tables) + each[1]) * len(companies) + each[0])
        return tuple(Assignment(companies[c], tables[t], rounds[r]) for c, t, r in ordered)

    def triples(self, assignments: Sequence[Assignment]) -> list[Triple]:
        """Assignments as numbers."""
        return [(self.company[each.company], self.table[each.table], self.round[each.round]) for each in assignments]


def bits(mask: int) -> Iterator[int]:
    """The positions of the ones in a bit mask, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
