"""Two desks that replace one badge at the same moment: the person ends with one live badge, on either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from eventday import create_app
from eventday.models import Badge, Event, db
from eventday.rules.codes import code_from_bits
from eventday.rules.errors import Stale
from eventday.services.papers.badging import Choice, print_badges, reissue
from eventday.services.papers.desk_badges import print_at_desk
from tests import builders
from tests.badges.reading import pdf_qr_texts


def test_of_many_who_reissue_at_once_one_badge_is_live_and_it_prints_and_one_print_makes_one_badge(any_database):
    app = create_app(any_database)
    with app.app_context():
        forum = builders.small_forum()
        event_id, person = forum.event.id, forum.delegates[0].id
        db.session.remove()

    def replace(number: int) -> str:
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            try:
                code = reissue(event, person, code=code_from_bits(number), now=builders.NOW, actor="tests").code
            except Stale:
                code = ""
            db.session.remove()
            return code

    with ThreadPoolExecutor(8) as desks:
        told = [code for code in desks.map(replace, range(1, 17)) if code]
    with app.app_context():
        [live] = db.session.query(Badge).filter_by(delegate_id=person, revoked_at=None)
        assert live.code in told
        assert db.session.query(Badge).filter_by(delegate_id=person).count() == len(told) + 1
        made, _ = print_badges(
            db.session.get_one(Event, event_id),
            Choice(delegates={person}),
            "a6",
            base_url="https://forum.example",
            now=builders.NOW,
            actor="tests",
        )
        assert pdf_qr_texts(made, dpi=72) == [f"HTTPS://FORUM.EXAMPLE/B/{live_code(person)}"]
        db.session.remove()

    def print_once_more(number: int) -> str:
        with app.app_context():
            event, new = db.session.get_one(Event, event_id), code_from_bits(number)
            code = print_at_desk(event, person, print_id="one", code=new, now=builders.NOW, actor="tests").code
            db.session.remove()
            return code

    with ThreadPoolExecutor(8) as desks:
        [told_again] = set(desks.map(print_once_more, range(100, 116)))
    with app.app_context():
        assert live_code(person) == told_again
        assert db.session.query(Badge).filter_by(delegate_id=person).count() == len(told) + 2
        db.session.remove()
        db.engine.dispose()


def live_code(person: int) -> str:
    return db.session.query(Badge.code).filter_by(delegate_id=person, revoked_at=None).scalar()
