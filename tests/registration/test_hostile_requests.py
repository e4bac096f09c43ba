"""What no tablet of ours sends is met at the edge with a clear answer, on both databases, and nobody else waits."""

from __future__ import annotations

import io
import json
import uuid

from eventday import create_app
from eventday.models import Delegate, Scan, Station, WalkIn, db, promise_only_to_read
from tests.builders import Browser, signed_in, small_forum

from .tablet import Tablet, entry

DEEP = b"[" * 100_000 + b"]" * 100_000
LONG_NUMBER = b"9" * 5_000
NUL, SURROGATE = "\x00", "\ud800"
DOORS = ("scans", "contact", "pair", "walk-ins", "badges", "walk-ins/1/settle")


def test_what_nobody_can_read_is_refused_and_the_next_is_served(any_database):
    app = create_app(any_database)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False, WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    promise_only_to_read(True)  # what the test looks at holds no lock
    with app.app_context():
        forum = small_forum()
        lead = Tablet(app, forum.event, "Lead", role="lead")
        organiser = signed_in(app, "organiser")
        codes = forum.codes
        db.session.remove()

        def send(path: str, body: bytes):
            headers = lead.headers | {"Content-Type": "application/json"}
            return app.test_client().post(f"/api/v1/{path}", data=body, headers=headers)

        for path in DOORS:
            for body in (DEEP, b'{"scans": ' + DEEP + b"}", LONG_NUMBER, b'{"unsent": ' + LONG_NUMBER + b"}"):
                answer = send(path, body)
                assert (answer.status_code, answer.is_json) == (400, True), (path, body[:20])
            for body in (b"{", b"\xff\xfe\x00", b"null", b"NaN", b'{"scans": NaN}', b'{"same_as": Infinity}'):
                if path != "contact" or not body.startswith(b"{"):
                    assert 400 <= send(path, body).status_code < 500, (path, body)

        # One scan that cannot be understood costs the others nothing.
        good = entry(codes[0])
        bad = [
            [entry(text) for text in (5, {}, float("nan"), 10**30, " ")],
            [entry(codes[1], gate=text) for text in (NUL, SURROGATE, 10**30)],
            [entry(codes[1], at=at) for at in ("0001-01-01T00:00Z", "9999-12-31T23:59:59-12:00", NUL, 1e308)],
            [entry(None, delegate=number) for number in (10**30, -1, True, float("inf"))],
            [entry(None, "undo", undoes=name) for name in (NUL, SURROGATE, 7)],
            [entry(codes[1]) | {"id": name} for name in (NUL, SURROGATE, 10**30, [[[]]], None)],
            [entry(codes[1], "table", table=table) for table in (NUL, SURROGATE, 10**30, 1.5)],
            [entry(codes[1], told=SURROGATE), entry(codes[1]) | {"kind": NUL}, NUL, None, [[]]],
        ]
        scans = [good, *(scan for row in bad for scan in row)]
        results = lead.send(*scans)
        assert results[0]["outcome"] == "accepted"
        assert {result["outcome"] for result in results[1:]} == {"invalid"}
        texts = [entry(text) for text in (NUL, f"x{SURROGATE}", "9" * 600, "BEGIN:VCARD\r\nN:尹\r\nEND:VCARD\r\n")]
        assert {result["outcome"] for result in lead.send(*texts)} == {"unknown"}
        assert db.session.query(Scan).count() == len(scans) + len(texts)
        for sent_at in ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"):
            [told] = lead.send(entry(codes[0], "out"), sent_at=sent_at)
            [back] = lead.send(entry(codes[0]), sent_at=sent_at)
            assert (told["outcome"], back["outcome"]) == ("accepted", "accepted")

        # Texts that no name holds are left out of what is kept.
        dirty = f"贺{NUL}新{SURROGATE}来"
        person = {"id": str(uuid.uuid4()), "name": dirty, "company": f"上海{dirty}有限公司", "gate": dirty}
        person |= {"title": dirty, "phone": f"1380000{NUL}1234", "at": "9999-12-31T23:59:59-12:00"}
        assert lead.post("walk-ins", person).status_code == 200
        for empty in (SURROGATE, NUL, f" {NUL}"):
            assert lead.post("walk-ins", person | {"id": str(uuid.uuid4()), "name": empty}).status_code == 422
        assert db.session.query(Delegate.name).filter_by(walk_in=True).all() == [("贺新来",)]
        assert lead.post("contact", {"version": dirty, "unsent": 2}).status_code == 200
        assert db.session.get(Station, lead.id).app_version == "贺新来"
        assert lead.post("contact", {"unsent": 10**30}).status_code == 422
        assert lead.post("pair", {"code": dirty}).status_code == 404
        assert lead.get("roster?since=%00").status_code == 400
        assert lead.get("roster?since=999999999999999999999-x").json["full"]
        assert lead.post("walk-ins/%00/settle", {"same_as": None}).status_code == 404

        # Pages, their addresses and their forms.
        assert organiser.get("/events/%00/stations").status_code == 404
        assert organiser.get("/events/forum/walk-ins?walk_in=1&find=%00").status_code == 400
        assert organiser.get("/B/%00").status_code == 404
        assert organiser.post("/events/forum/stations/new", data={"name": NUL, "role": "gate"}).status_code == 400
        for content in (DEEP, LONG_NUMBER, b'{"eventday": "unsent scans", "scans": ' + DEEP + b"}"):
            files = {"file": (io.BytesIO(content), "unsent.json")}
            assert organiser.post("/events/forum/stations/unsent", data=files).status_code == 422
        mine = {"station": lead.id}
        saved = [entry(NUL) | mine, {k: v for k, v in person.items() if k in ("id", "at")} | mine | {"walk_in": person}]
        files = {"file": (io.BytesIO(json.dumps({"eventday": "unsent scans", "scans": saved}).encode()), "unsent.json")}
        assert organiser.post("/events/forum/stations/unsent", data=files).status_code == 302
        assert db.session.query(WalkIn).count() == 1
        assert lead.scan(codes[2])["outcome"] == "accepted"
        db.session.remove()
        db.engine.dispose()
