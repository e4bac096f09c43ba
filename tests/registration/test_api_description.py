"""The API is as its description says, whatever is sent to it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from .tablet import Tablet

PATHS = (
    "/api/v1/scans",
    "/api/v1/walk-ins",
    "/api/v1/badges",
    "/api/v1/phone-codes",
    "/api/v1/roster",
    "/api/v1/contact",
    "/api/v1/pair",
)


def test_the_description_names_sign_in_and_refusals(client, forum):
    described = client.get("/api/v1/openapi.json").json
    scans = described["paths"]["/api/v1/scans"]["post"]
    assert scans["security"] == [{"BearerAuth": []}]
    assert {"200", "400", "401", "403", "422"} <= scans["responses"].keys()
    assert described["components"]["securitySchemes"]["BearerAuth"]["scheme"].lower() == "bearer"
    assert set(PATHS) <= described["paths"].keys()
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    result = described["components"]["schemas"]["Result"]["properties"]["outcome"]["enum"]
    assert {"accepted", "already", "wrong_table", "nothing_to_undo"} <= set(result)


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_sent_is_answered_as_described(app, forum, path):
    """schemathesis makes requests from the description, right and wrong ones, and checks each answer against it."""
    tablet = Tablet(app, forum.event)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    method = "GET" if path.endswith("roster") else "POST"
    operation = schema[path][method]

    @given(data=st.data())
    @settings(max_examples=25, phases=(Phase.generate,))
    def answered(data) -> None:
        case = data.draw(operation.as_strategy())
        case.call_and_validate(headers=tablet.headers)

    answered()
