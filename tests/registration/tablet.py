"""A station as a test drives it: over the API alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from eventday.models import Event
from eventday.services.door import stations

from ..builders import NOW


class Tablet:
    """A paired station. `scan(code)` hands in one scan and gives its result."""

    def __init__(self, app, event: Event, name: str = "Desk 1", role: str = "desk", **more: Any) -> None:
        self.app = app
        station, code = stations.add_station(
            event=event, name=name, role=role, now=NOW, actor="tests", secret=app.config["SECRET_KEY"], **more
        )
        self.id, self.name = station.id, name
        self.token = stations.token_for(code, app.config["SECRET_KEY"])
        self.client = app.test_client()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def post(self, path: str, body: Any):
        return self.client.post(f"/api/v1/{path}", json=body, headers=self.headers)

    def get(self, path: str):
        return self.client.get(f"/api/v1/{path}", headers=self.headers)

    def send(self, *scans: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.post("scans", {"scans": list(scans), **more})
        assert answer.status_code == 200, answer.text
        return answer.json["results"]

    def scan(self, badge: str | None, kind: str = "in", **more: Any) -> dict[str, Any]:
        return self.send(entry(badge, kind, **more))[0]


def entry(badge: str | None, kind: str = "in", **more: Any) -> dict[str, Any]:
    """A scan made now, unless it says otherwise."""
    made = {"id": str(uuid.uuid4()), "kind": kind, "at": datetime.now(UTC).isoformat(), **more}
    return made if badge is None else {"badge": badge, **made}
