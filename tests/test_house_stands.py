"""The application starts, answers, and refuses strangers."""


def test_health_is_told_without_sign_in(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready", "database": "ok", "queue": "ok"}


def test_a_stranger_is_led_to_the_sign_in(client):
    assert client.get("/events").headers["Location"].startswith("/sign-in")


def test_an_organiser_sees_the_forum_in_both_languages(organiser, forum):
    assert "宝山对接会" in organiser.get("/events/forum?lang=zh").text
    assert "Baoshan forum" in organiser.get("/events/forum?lang=en").text


def test_an_event_of_others_is_as_if_it_did_not_exist(app, forum):
    from . import builders

    other = builders.small_forum("other")
    stranger = builders.signed_in(app, "organiser", events=[other.event])
    assert stranger.get("/events/other").status_code == 200
    assert stranger.get("/events/forum").status_code == 404
