"""Sheets handed in through the browser: kept, looked through, decided on, imported or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from ...models import Upload, UploadFile, db, only_reading, writing
from ...rules.errors import Invalid, NotFound
from ...sheets import Block, BlockChoice, Choices, SheetFile
from ...sheets.grid import MAX_FILE_BYTES, filled
from .report import Report
from .running import import_sheets, rehearse_import

# Files hold people's telephone numbers: what nobody decided on by then is thrown away.
KEPT_FOR = timedelta(days=1)
MAX_FILES = 20


def keep_upload(event_id: int, files: Sequence[SheetFile], *, token: str, now: datetime, actor: str) -> None:
    """Keeps files until somebody decides; old uploads go. Raises Invalid when there is no file, or too many."""
    if not files:
        raise Invalid("Choose at least one file.", field="files")
    if len(files) > MAX_FILES:
        raise Invalid("Hand in at most %(most)s files at a time.", field="files", most=MAX_FILES)
    with writing():
        for old in db.session.query(Upload).filter(Upload.created_at < now - KEPT_FOR):
            db.session.delete(old)
        # A file that is too large is kept as far as it takes to refuse it.
        kept = [UploadFile(name=file.name, data=file.data[: MAX_FILE_BYTES + 1]) for file in files]
        db.session.add(Upload(event_id=event_id, token=token, created_at=now, created_by=actor, files=kept))


def find_upload(event_id: int, token: str) -> Upload:
    """The upload, or NotFound: it was thrown away, or it never was."""
    upload = db.session.query(Upload).filter_by(event_id=event_id, token=token).one_or_none()
    if upload is None:
        raise NotFound("These sheets are no longer kept here. Hand them in again.")
    return upload


def look_through(event_id: int, token: str, *, now: datetime) -> None:
    """Reads an upload with what was decided so far, and keeps what importing it would do."""
    files, choices = _opened(event_id, token)
    rehearsal = rehearse_import(event_id, files, now=now, choices=choices, progress=_progress_of(token))
    blocks = [_block_as_stored(block) for block in rehearsal.reading.blocks]
    with writing():
        upload = find_upload(event_id, token)
        upload.preview = {"report": rehearsal.report.as_stored(), "blocks": blocks, "done": False}
        upload.progress = {}


def decide(event_id: int, token: str, choices: Choices) -> None:
    """Keeps what a person decided about blocks and columns."""
    with writing():
        find_upload(event_id, token).choices = {"blocks": [_choice_as_stored(key, choices[key]) for key in choices]}


def carry_out(event_id: int, token: str, *, now: datetime, actor: str, new_code: Callable[[], str]) -> Report:
    """Imports an upload as it was decided. The files are thrown away afterwards; what was reported stays a day."""
    files, choices = _opened(event_id, token)
    if not files:
        raise NotFound("These sheets are no longer kept here. Hand them in again.")
    report = import_sheets(
        event_id,
        files,
        now=now,
        actor=actor,
        new_code=new_code,
        choices=choices,
        progress=_progress_of(token),
    )
    with writing():
        upload = find_upload(event_id, token)
        upload.preview = {**upload.preview, "report": report.as_stored(), "done": True}
        upload.progress = {}
        upload.files = []
    return report


def throw_away(event_id: int, token: str) -> None:
    """Forgets an upload."""
    with writing():
        db.session.delete(find_upload(event_id, token))


def choices_of(upload: Upload) -> dict[tuple[str, str, int], BlockChoice]:
    """What was decided about an upload so far."""
    return {
        (entry["file"], entry["sheet"], entry["row"]): BlockChoice(
            entry["kind"], {int(column): name for column, name in entry["columns"].items()}
        )
        for entry in upload.choices.get("blocks", [])
    }


def _opened(event_id: int, token: str) -> tuple[list[SheetFile], Choices]:
    with only_reading():
        upload = find_upload(event_id, token)
        return [SheetFile(file.name, file.data) for file in upload.files], choices_of(upload)


def _progress_of(token: str) -> Callable[[str, int, int], None]:
    """Keeps how far reading is, while no transaction is open; while one is, there is nothing to say but that."""

    def tell(stage: str, done: int, total: int) -> None:
        if stage != "saving":
            with writing():
                progress = {"stage": stage, "done": done, "total": total}
                db.session.query(Upload).filter_by(token=token).update({Upload.progress: progress})

    return tell


def _choice_as_stored(key: tuple[str, str, int], choice: BlockChoice) -> dict[str, Any]:
    file, sheet, row = key
    columns = {str(column): name for column, name in choice.columns.items()}
    return {"file": file, "sheet": sheet, "row": row, "kind": choice.kind, "columns": columns}


def _block_as_stored(block: Block) -> dict[str, Any]:
    samples: dict[int, str] = {}
    for _, row in block.rows[:50]:
        for index, value in filled(row):
            samples.setdefault(index, str(value)[:40])
    return {
        "file": block.file,
        "sheet": block.sheet,
        "row": block.header_row,
        "kind": block.kind,
        "missing": block.missing,
        "skipped": block.skipped,
        "host": block.title_host.host,
        "rows": len(block.rows),
        "columns": [
            {
                "index": column.index,
                "letter": column.letter,
                "header": column.header,
                "field": column.field,
                "by_hand": column.by_hand,
                "sample": samples.get(column.index, ""),
            }
            for column in block.columns
        ],
    }
