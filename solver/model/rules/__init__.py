"""The rules that are never broken, one small file each. `ALL` is what a complete model contains."""

from solver.model.rules import apart, capacity, limits, locks, once_per_host, once_per_round

ALL = (once_per_round.add, once_per_host.add, capacity.add, limits.add, locks.add, apart.add)
