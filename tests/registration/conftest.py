"""Tablets at the small forum, for the tests of what stations may do."""

from __future__ import annotations

import pytest

from .tablet import Tablet


@pytest.fixture
def tablet(app, forum) -> Tablet:
    return Tablet(app, forum.event)


@pytest.fixture
def lead(app, forum) -> Tablet:
    return Tablet(app, forum.event, "Lead", role="lead")
