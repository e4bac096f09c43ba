"""What is raised when a document cannot be taken as it is."""

from __future__ import annotations


class BadInput(ValueError):
    """A document that breaks its schema. `path` is a JSON path such as `$.wishes[3].host`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class BadInstance(BadInput):
    """An instance that breaks `eventday.instance/1`."""


class BadSolution(BadInput):
    """A solution that breaks `eventday.solution/1`, or does not belong to its instance."""
