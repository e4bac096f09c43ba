"""`python -m tests.services.killable_import EVENT FILE…`: imports, and prints each stage that begins."""

import itertools
import sys
from datetime import UTC, datetime
from pathlib import Path

from eventday import create_app
from eventday.services.importing import import_sheets
from eventday.sheets import SheetFile


def main(event_id: int, paths: list[Path]) -> None:
    files = [SheetFile(path.name, path.read_bytes()) for path in paths]
    codes = itertools.count()
    with create_app().app_context():
        import_sheets(
            event_id,
            files,
            now=datetime.now(UTC),
            actor="tests",
            new_code=lambda: f"{next(codes):016d}",
            progress=lambda stage, done, total: print(stage, flush=True),
        )


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
