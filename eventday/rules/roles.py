"""Who of the staff may do what. Tasks are named by what they touch; a role lists its tasks."""

from __future__ import annotations

# `see` opens an event, `contacts` shows telephone numbers and addresses; the rest are kinds of change.
TASKS = (
    "see",
    "contacts",
    "people",
    "badges",
    "stations",
    "desk",
    "matching",
    "plan",
    "publish",
    "event",
    "staff",
    "screen",
)

ALLOWED: dict[str, frozenset[str]] = {
    "organiser": frozenset(TASKS),
    "planner": frozenset({"see", "people", "matching", "plan", "publish", "screen"}),
    "desk": frozenset({"see", "contacts", "desk", "badges"}),
}


def allows(role: str, task: str) -> bool:
    """Whether `role` may do `task`; raises KeyError for a task nobody has named."""
    if task not in TASKS:
        raise KeyError(task)
    return task in ALLOWED.get(role, frozenset())
