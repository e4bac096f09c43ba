"""Where rounds drop out, the whole day is one long round: the same model, smaller by the number of rounds.

A company may then sit as often as its rounds and teams allow, a table takes what all its rounds hold together. Goals
that do not ask *when* keep their meaning, and `plain.seat` lays the answer back into rounds.
"""

from __future__ import annotations

from dataclasses import replace

from solver.instance import Instance, Round

DAY = "day"


def collapse(instance: Instance) -> Instance:
    """The instance with all its rounds in one."""
    rounds = len(instance.rounds)
    return replace(
        instance,
        rounds=(Round(DAY),),
        tables=tuple(
            replace(table, capacity=table.capacity * rounds, min=table.min * rounds, rounds=(DAY,))
            for table in instance.tables
        ),
        companies=tuple(
            replace(company, delegations=company.delegations * rounds, rounds=(DAY,)) for company in instance.companies
        ),
        now=None,
    )


def only_wishes(instance: Instance) -> Instance:
    """The instance without unwished seats and without the minima that may need them: a relaxation, often far smaller.

    What it reaches bounds every plan; its meetings are then completed to a plan (see `fillers`).
    """
    return replace(
        instance,
        allow_unwished=False,
        tables=tuple(replace(table, min=0) for table in instance.tables),
        companies=tuple(replace(company, min_meetings=0) for company in instance.companies),
    )
