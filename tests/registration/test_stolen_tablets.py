"""What whoever carries a tablet away can do with the token on it."""

from __future__ import annotations

from .tablet import Tablet, entry
from .test_stations import code_in, sent_on
from .test_walk_ins import told as walk_in


def test_a_revoked_station_stays_shut_out_until_the_new_link_is_used(app, organiser, client, forum):
    """Whoever stole the tablet gains nothing by the organiser's making a link for another one."""
    stolen = Tablet(app, forum.event, "North 1")
    organiser.post(f"/events/forum/stations/{stolen.id}/revoke")
    page = sent_on(organiser, f"/events/forum/stations/{stolen.id}/pair").text
    assert stolen.post("contact", {}).json["error"] == "revoked"
    paired = client.post("/api/v1/pair", json={"code": code_in(page)})
    assert paired.status_code == 200
    assert client.get("/api/v1/roster", headers={"Authorization": f"Bearer {paired.json['token']}"}).status_code == 200
    assert stolen.get("roster").status_code == 401


def test_a_kiosk_lets_badges_in_and_does_nothing_else(app, forum):
    """It stands alone: whoever carries it away has its token."""
    desk, kiosk = Tablet(app, forum.event, "Desk"), Tablet(app, forum.event, "Kiosk", role="kiosk")
    scan = entry(forum.codes[0])
    assert kiosk.send(scan)[0]["outcome"] == "accepted"
    tried = [entry(forum.codes[0], "out"), entry(None, "undo", undoes=scan["id"]), entry(None, delegate=1)]
    assert [result["field"] for result in kiosk.send(*tried)] == ["kind", "kind", "delegate"]
    assert desk.scan(forum.codes[0])["outcome"] == "already"
    for path, body in (("walk-ins", walk_in()), ("badges", {"delegate": 1}), ("phone-codes", {"delegate": 1})):
        for station in (
            kiosk,
            Tablet(app, forum.event, path, role="gate"),
            Tablet(app, forum.event, path, role="table"),
        ):
            assert station.post(path, body).status_code == 403, (path, station.name)
    assert kiosk.get("walk-ins").status_code == desk.get("walk-ins").status_code == 403
