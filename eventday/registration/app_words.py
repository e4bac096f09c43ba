"""Every sentence that the station app says, in the page's language; the app keeps them with its shell."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..web.formats import kind_words

LIKENESS_WORDS = {
    "phone": _l("Same phone"),
    "name_and_company": _l("Same name, same company"),
    "sound_and_company": _l("Sounds alike, same company"),
    "name": _l("Same name"),
}


def messages() -> dict[str, str]:
    """Sentences by key; `{name}` is filled in by the app."""
    return {
        **_outcomes(),
        **_connection(),
        **_camera(),
        **_lists(),
        **{f"kind_{kind}": word for kind, word in kind_words().items()},
    }


def _outcomes() -> dict[str, str]:
    return {
        "accepted": _("Welcome"),
        "accepted_out": _("Checked out"),
        "accepted_table": _("Right table"),
        "accepted_walk_up": _("Free seat"),
        "already": _("Already in"),
        "already_out": _("Already out"),
        "already_table": _("Already at this table"),
        "unknown": _("Not one of our badges"),
        "revoked": _("Badge was replaced"),
        "wrong_event": _("Badge of another event"),
        "wrong_table": _("Not this table"),
        "undone": _("Taken back"),
        "nothing_to_undo": _("Nothing to take back"),
        "invalid": _("Not understood"),
        "not_kept": _("Not saved"),
        "not_kept_why": _("This tablet cannot store anything now. Free some storage, or use another tablet."),
        "first_at": _("{time} · {device}"),
        "right_table": _("Yours is {place}"),
        "no_seat": _("No seat is free here now."),
        "unknown_help": _("Search by name."),
        "kiosk_help": _("Please ask at the check-in desk."),
        "revoked_help": _("Ask for the new badge, or search by name."),
        "confirmed": _("Confirmed"),
        "saved_here": _("Saved here, not sent yet"),
        "undo": _("Undo"),
        "undo_visit": _("Undo {table} {time}"),
        "seat_anyway": _("Seat here, a seat is free"),
        "delegation": _("Also from {company}"),
        "all": _("Check in all {count}"),
        "some": _("Check in these {count}"),
        "differs": _("{name}: the server says “{outcome}”"),
        "seen": _("Seen"),
    }


def _connection() -> dict[str, str]:
    return {
        "online": _("Connected"),
        "offline": _("No connection · all is kept here"),
        "waiting": _("{count} not sent, since {time}"),
        "all_sent": _("All sent"),
        "locked": _("An organiser has locked this station."),
        "revoked_station": _("This station was revoked. People are wiped from it; an organiser can pair it again."),
        "unknown_station": _(
            "The server does not know this station any more. People are wiped from it; pair it again."
        ),
        "kept": _(
            "{count} unsent scans are kept here. They are sent once this tablet is paired with their event again."
        ),
        "elsewhere": _(
            "{count} scans of the event {event} wait here. They are sent once this tablet is paired with it."
        ),
        "save_file": _("Save them as a file"),
        "set_aside": _("The server did not take this: {what} · Save it as a file and give that to an organiser."),
        "set_aside_saved": _("{what} · It is in the file now; an organiser hands that in on the stations page."),
        "expired": _(
            "No contact for {hours} hours: this station has locked itself and forgotten who is registered. "
            "Connect it to go on; what was not sent is safe."
        ),
        "moved": _(
            "{address} has not answered for {minutes} min. If the server has another address now, have an organiser "
            "choose “Pair again” for this station and hold that code before the camera; what was not sent comes along."
        ),
        "stranger": _("This code leads to {address}, which is not this station's server. Nothing was sent there."),
        "too_many": _("Too much waits here to be carried to the new address. Save it as a file, then pair again."),
        "carried_badly": _(
            "What waited at the old address could not be read. It is still there: open the old page again."
        ),
        "server_full": _(
            "The server cannot store anything now. All is kept here; tell the organiser to free its disk."
        ),
        "evicted": _(
            "The browser has thrown away what this station kept. {count} scans had not been sent: "
            "compare the list at the door with the server's, then pair again."
        ),
        "gone": _("The browser has closed this station's storage. Nothing can be kept until the page is loaded again."),
        "reload": _("Load again"),
        "no_storage": _(
            "This browser lets the page keep nothing, so no scan would be safe here and none is taken. "
            "Leave the private window, or allow this page to keep data in the browser's settings; then load it again."
        ),
        "other_tab": _("This station is open in another tab or window. Only one at a time takes scans."),
        "take_over": _("Go on here"),
        "not_loaded": _(
            "This station does not know yet who is registered, so it takes nobody. "
            "It needs the connection once for that."
        ),
        "unpaired": _("This tablet is not paired yet."),
        "pair_help": _("Scan the pairing code that the organiser shows, or open its link on this tablet."),
        "pairing": _("Pairing …"),
        "pair_failed": _("The server does not answer. Check the Wi-Fi and scan the code again."),
        "clock": _("This tablet's clock is {minutes} min off; times are corrected."),
    }


def _camera() -> dict[str, str]:
    return {
        "camera_insecure": _(
            "The camera needs HTTPS. Open this page by its https:// address, or use a scanner or the keyboard."
        ),
        "camera_denied": _("The camera was refused. Allow it in the browser's settings for this page, then try again."),
        "camera_busy": _("Another app uses the camera. Close it, then try again."),
        "camera_none": _("No camera was found. Use a scanner, a photo or the keyboard."),
        "camera_wechat": _("WeChat's browser gives no camera. Open this page in Safari or Chrome."),
        "camera_failed": _("The camera did not start. Try again, or use a scanner, a photo or the keyboard."),
        "camera_ended": _("The camera has stopped. It is tried again by itself every few seconds."),
        "camera_several": _("Two badges at once. Hold up one of them."),
        "camera_starting": _("Starting the camera …"),
        "camera_hint": _("Hold a badge before the camera"),
        "photo_nothing": _("No code was found in the photo."),
    }


def _lists() -> dict[str, str]:
    return {
        "in": _("Check in"),
        "out": _("Check out"),
        "inside": _("inside"),
        "state_expected": _("expected"),
        "state_arrived": _("in since {time}"),
        "state_left": _("left {time}"),
        "nobody": _("Nobody is found by that. Try one character, pinyin or initials, or the last four digits."),
        "code_slip": _("A badge code has {length} characters; these are {count}. Compare it with the badge."),
        "none_yet": _("Scans appear here."),
        "alert": _("{name}, {company} has arrived"),
        "alert_receiver": _("received by {receiver}"),
        "conflict": _("{name} was let in twice: {first} and {second}. An organiser settles it on the stations page."),
        "conflict_lead": _("{name} was let in twice: {first} and {second}. What was it?"),
        "verdict_same": _("The same person, scanned twice"),
        "verdict_other": _("Somebody else had the badge"),
        "alert_many": _("Guests who have arrived: {count}"),
        "conflict_many": _("Let in twice: {count}. An organiser or a lead settles it."),
        "differs_many": _("The server decided otherwise: {count}"),
        "role_vip": _("VIP"),
        "role_guest": _("Guest"),
        "role_host": _("Host"),
        "role_speaker": _("Speaker"),
        "role_media": _("Media"),
        "role_staff": _("Staff"),
        "role_delegate": _("Delegate"),
        "interest": _("{name}: interest {value}"),
        "print_badge": _("Print badge"),
        "print_offline": _("Badges are printed with a connection. Check the Wi-Fi and try again."),
        "print_unanswered": _(
            "{name}: nobody answered, so a new badge may exist and the one worn be refused. "
            "Print it again: it is the same new badge."
        ),
        "print_ready": _("The badge of {name} can be printed now."),
        "phone_code": _("Code for a phone"),
        "code_ready": _("The code for the phone of {name} has come."),
        "show": _("Show"),
        "phone_code_help": _(
            "Scan the badge with the phone and type this where its page asks for digits. "
            "It works once, within {minutes} min."
        ),
        "maybe_same": _("{name} of {company} may be registered already: a lead or an organiser compares the two."),
        "undone_mark": _("taken back"),
        **_settling(),
    }


def _settling() -> dict[str, str]:
    return {
        "walk_in": _("Walk-in"),
        "walk_ins_waiting": _("Walk-ins who may be registered already: {count}"),
        "same_person": _("The same person"),
        "new_person": _("Somebody new"),
        "needs_connection": _("This needs the connection. Check the Wi-Fi and try again."),
        **{f"likeness_{sign}": str(word) for sign, word in LIKENESS_WORDS.items()},
    }
