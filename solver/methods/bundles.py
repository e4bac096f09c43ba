"""Several stages in one solve, where that is exact and cheap.

Every solve of CP-SAT pays for loading and presolve. Stages whose ranges are small can share one: with the later stage
counted from its lowest value and the earlier one multiplied by the later one's range, no gain of the later can ever
outweigh one unit of the earlier. The weights are the digits of a number in mixed radix; the total is kept far below
what integers or the relaxation's doubles can hold, so nothing overflows and nothing ties.
"""

from __future__ import annotations

from collections.abc import Sequence

from solver.model.goals import Stage
from solver.model.seats import Sum

LARGEST_TOTAL = 300_000
"""Beyond this the stages are better solved one by one: the relaxation sees less of the later ones."""


class Bundle:
    """Stages in order, as one expression to maximise. `highs`: the most that each can reach."""

    def __init__(self, stage: Stage, value: int, high: int) -> None:
        self.stages, self.lows, self.highs = [stage], [0], [high]
        self.radix = [1]
        self.size = high - value + 1

    def take(self, stage: Stage, high: int) -> bool:
        """Append a stage if the total stays small."""
        width = high - stage.low + 1
        if stage.rung is not None or self.size * width > LARGEST_TOTAL:
            return False
        self.size *= width
        self.stages.append(stage)
        self.lows.append(stage.low)
        self.highs.append(high)
        self.radix.append(width)
        return True

    @property
    def gain(self) -> Sum:
        """The stages stacked: one unit of a stage is worth more than all that follow it."""
        total: Sum = self.stages[0].gain
        for stage, low, width in zip(self.stages[1:], self.lows[1:], self.radix[1:], strict=True):
            total = total * width + (stage.gain - low)
        return total

    @property
    def high(self) -> int:
        """The most that the stacked gain can reach."""
        return self.stack(self.highs)

    def stack(self, values: Sequence[int]) -> int:
        """The stacked gain of the stages' values."""
        total = 0
        for value, low, width in zip(values, self.lows, self.radix, strict=True):
            total = total * width + value - low
        return total

    def split(self, total: int) -> list[int]:
        """The stages' values behind a stacked gain."""
        values = []
        for low, width in zip(self.lows[:0:-1], self.radix[:0:-1], strict=True):
            total, digit = divmod(total, width)
            values.append(digit + low)
        return [total, *reversed(values)]

    def limits(self, values: Sequence[int], bound: int) -> list[int]:
        """Per stage what it can reach at most while those before it stay at `values`, when the stacked gain is bounded.

        Once a stage could still be better, nothing is known of those after it but what holds anyway.
        """
        best, limits = self.split(min(bound, self.high)), []
        open_before = False
        for value, most, high in zip(values, best, self.highs, strict=True):
            limits.append(high if open_before else max(value, most))
            open_before = open_before or most > value
        return limits
