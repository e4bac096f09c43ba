"""What a cell says to a chip: the rule that refuses it, or what it would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from ..errors import sentence

# Why a cell does not take a chip, as a planner reads it.
REASONS = {
    "past": sentence("this round has begun"),
    "held": sentence("the meeting has begun"),
    "locked": sentence("the meeting is locked"),
    "never": sentence("the two must never meet"),
    "closed": sentence("the table is closed in this round"),
    "too_big": sentence("the company needs more seats than the table has"),
    "absent": sentence("the company is not there in this round"),
    "once_per_host": sentence("the company already meets this host"),
    "once_per_round": sentence("the company sits elsewhere in this round"),
    "company_limit": sentence("the company has as many meetings as it may have"),
    "host_limit": sentence("the host has as many meetings as it may have"),
    "full": sentence("every seat is taken"),
    "apart": sentence("a company sits there that it is kept apart from"),
    "unwished": sentence("the company did not wish to meet this host"),
    "minimum": sentence("the table it leaves would fall below its minimum"),
    "min_meetings": sentence("the company must have at least as many meetings as it has now"),
}


class Worth(NamedTuple):
    """What a company's day is worth: promises kept, wished meetings, interest, idle rounds between first and last."""

    must: int
    wished: int
    interest: int
    gaps: int


@dataclass(frozen=True)
class Verdict:
    """`reason` is None where the chip may go; `who` names companies in the way. Costs: more is better, `gaps` fewer."""

    reason: str | None
    who: tuple[str, ...] = ()
    must: int = 0
    wished: tuple[int, int] = (0, 0)
    interest: int = 0
    gaps: int = 0

    @classmethod
    def of_change(cls, reason: str | None, before: Worth, after: Worth) -> Verdict:
        """What it costs the company that its day becomes `after`."""
        wished = (before.wished, after.wished)
        return cls(
            reason, (), after.must - before.must, wished, after.interest - before.interest, after.gaps - before.gaps
        )

    def to_json(self) -> dict[str, Any]:
        """For the page."""
        return {
            "reason": self.reason,
            "who": list(self.who),
            "must": self.must,
            "wished": list(self.wished),
            "interest": self.interest,
            "gaps": self.gaps,
        }
