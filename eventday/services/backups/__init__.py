"""A consistent copy of everything, taken while the server runs, and put back on either database.

The file is a zip: `manifest.json`, one `tables/NAME.jsonl` a table with a row a line, and what the instance folder
keeps (its signing key, the venue's certificate authority), so that after a restore on another machine tablets, bound
phones and sessions go on as before. It holds personal data: whoever has it has everything.

Rows rather than a copy of the database file, because then SQLite and PostgreSQL share one format: what began on a
laptop moves to a server, and no client program of the database is needed.
"""

from .putting_back import restore_backup
from .taking import Summary, take_backup

__all__ = ["Summary", "restore_backup", "take_backup"]
