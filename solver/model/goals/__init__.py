"""The goals, one small file each: `stages` turns a goal into expressions that are optimised one after another."""

from solver.model.goals import fair, floor, gaps, interest, must
from solver.model.goals.stage import Stage

STAGES = {
    "must": must.stages,
    "fair": fair.stages,
    "floor": floor.stages,
    "interest": interest.stages,
    "gaps": gaps.stages,
}

__all__ = ["STAGES", "Stage"]
