"""Importing sheets: hand them in, look at the preview, decide, confirm."""

from __future__ import annotations

import re
import secrets
from pathlib import PurePath
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, Upload, db
from ..rules.errors import Invalid
from ..services.importing import Report, say_problem, uploads
from ..sheets import SCHEMAS, BlockChoice, Kind, SheetFile
from ..web.access import event_page
from ..web.language import translate_error
from ..web.new_codes import new_code
from . import blueprint
from .import_words import KINDS, NOUNS, WHY_ALIKE, field_words
from .pages import by_whom, now

# More than that nobody reads on a page.
SHOWN = 200
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@blueprint.route("/events/<slug>/import", methods=["GET", "POST"])
@event_page("people")
def upload_sheets(event: Event) -> ResponseReturnValue:
    """Hand sheets in; they are read at once, and nothing is imported yet."""
    problem = ""
    if request.method == "POST":
        files = [
            SheetFile(PurePath(file.filename or "").name, file.read())
            for file in request.files.getlist("files")
            if file.filename
        ]
        number, slug, token = event.id, event.slug, _token(request.form.get("token", ""))
        try:
            uploads.keep_upload(number, files, token=token, **by_whom())
        except Invalid as error:
            problem = translate_error(error.message, error.params)
        else:
            uploads.look_through(number, token, now=now())
            return redirect(url_for("organiser.import_preview", slug=slug, token=token))
    page = render_template(
        "organiser/import.html", event=event, tab="people", token=secrets.token_urlsafe(16), problem=problem
    )
    return page, 422 if problem else 200


@blueprint.get("/events/<slug>/import/<token>")
@event_page("people")
def import_preview(event: Event, token: str) -> ResponseReturnValue:
    """What each sheet was taken for, what would be refused and why; or, once confirmed, what was done."""
    upload = uploads.find_upload(event.id, token)
    if not upload.preview:
        return redirect(url_for("organiser.upload_sheets", slug=event.slug))
    report = Report.from_stored(upload.preview["report"])
    template = "organiser/import_done.html" if upload.preview["done"] else "organiser/import_preview.html"
    return render_template(
        template,
        event=event,
        tab="people",
        token=token,
        report=report,
        blocks=upload.preview["blocks"],
        kinds=KINDS,
        nouns=_nouns(report),
        why_alike=WHY_ALIKE,
        field_words=field_words,
        choices_of=lambda kind: SCHEMAS[Kind(kind)].choices if kind else [],
        missing_words=lambda block: _(", ").join(str(field_words(block["kind"], name)) for name in block["missing"]),
        say=say_problem,
        shown=SHOWN,
    )


@blueprint.post("/events/<slug>/import/<token>/decide")
@event_page("people")
def decide_import(event: Event, token: str) -> ResponseReturnValue:
    """Take a sheet or a column for something else, and look again."""
    number, slug = event.id, event.slug
    upload = uploads.find_upload(number, token)
    uploads.decide(number, token, _decided(upload, request.form))
    uploads.look_through(number, token, now=now())
    return redirect(url_for("organiser.import_preview", slug=slug, token=token))


@blueprint.post("/events/<slug>/import/<token>/confirm")
@event_page("people")
def confirm_import(event: Event, token: str) -> ResponseReturnValue:
    """Import what the preview showed."""
    number, slug = event.id, event.slug
    uploads.carry_out(number, token, new_code=new_code, **by_whom())
    return redirect(url_for("organiser.import_preview", slug=slug, token=token))


@blueprint.post("/events/<slug>/import/<token>/discard")
@event_page("people")
def discard_import(event: Event, token: str) -> ResponseReturnValue:
    """Throw the sheets away; nothing was imported."""
    number, slug = event.id, event.slug
    uploads.throw_away(number, token)
    return redirect(url_for("organiser.upload_sheets", slug=slug))


@blueprint.get("/events/<slug>/import/<token>/progress")
@event_page("people")
def import_progress(event: Event, token: str) -> ResponseReturnValue:
    """How far reading is, for the bar on the page; empty while there is nothing to tell."""
    progress = db.session.query(Upload.progress).filter_by(event_id=event.id, token=token).scalar()
    return progress or {}


def _token(wish: str) -> str:
    """The page chose the token, so that it can ask for progress while it still waits for the answer."""
    taken = db.session.query(Upload.id).filter_by(token=wish).first()
    return wish if _TOKEN.fullmatch(wish) and not taken else secrets.token_urlsafe(16)


def _decided(upload: Upload, form: Any) -> dict[tuple[str, str, int], BlockChoice]:
    """Earlier decisions with those of this form: `kind-0` for the first block, `column-0-3` for its column D.

    What stands in the form as it was recognised is no decision. When the kind changes, columns are looked at afresh.
    """
    decided = uploads.choices_of(upload)
    for position, block in enumerate(upload.preview.get("blocks", [])):
        key = (block["file"], block["sheet"], block["row"])
        earlier = decided.get(key, BlockChoice())
        current = "skip" if block["skipped"] else block["kind"] or ""
        kind = form.get(f"kind-{position}", current)
        if kind != current and kind in {*KINDS, "skip"}:
            decided[key] = BlockChoice(kind)
            continue
        columns = dict(earlier.columns)
        for column in block["columns"]:
            name = form.get(f"column-{position}-{column['index']}")
            if name is not None and name != (column["field"] or "") and _fits(block["kind"], name):
                columns[column["index"]] = name
        if earlier.kind or columns:
            decided[key] = BlockChoice(earlier.kind, columns)
    return decided


def _fits(kind: str | None, name: str) -> bool:
    return name == "ignored" or (kind is not None and name in SCHEMAS[Kind(kind)].choices)


def _nouns(report: Report) -> list[tuple[object, int, dict[str, int]]]:
    """What the event holds afterwards, noun by noun, and what this import adds, changes and removes.

    A company counts as new when it newly takes part; past projects also name companies that do not.
    """
    totals = {noun: getattr(report, noun) for noun in NOUNS} | {"companies": sum(report.companies.values())}
    none = {"added": 0, "changed": 0, "removed": 0}
    changes = {noun: report.changes.get(noun, none) for noun in NOUNS}
    changes["companies"] = {**changes["companies"], "added": report.changes.get("participations", none)["added"]}
    return [(word, totals[noun], changes[noun]) for noun, word in NOUNS.items()]
