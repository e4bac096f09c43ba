"""A door; its pages follow."""

from apiflask import APIFlask


def init_app(app: APIFlask) -> None:
    """Open this door."""
