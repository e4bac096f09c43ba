"""a table keeps every room that it stood in: phones tell from where their owner last saw it"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ROOM = ("room_before", "room_before_en")
TABLE = sa.table(
    "forum_table",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.String) for name in ROOM),
    sa.column("moved_at", sa.DateTime(timezone=True)),
    sa.column("stood", sa.JSON),
)


def upgrade() -> None:
    op.add_column("forum_table", sa.Column("stood", sa.JSON(), nullable=False, server_default="[]"))
    for row in op.get_bind().execute(sa.select(TABLE).where(TABLE.c.moved_at.is_not(None))).all():
        until = row.moved_at if row.moved_at.tzinfo else row.moved_at.replace(tzinfo=UTC)
        last = {"room": row.room_before, "room_en": row.room_before_en, "until": until.isoformat()}
        op.execute(TABLE.update().where(TABLE.c.id == row.id).values(stood=[last]))
    for name in (*ROOM, "moved_at"):
        op.drop_column("forum_table", name)  # not in a batch: SQLite would make the table anew under its children


def downgrade() -> None:
    for name in ROOM:
        op.add_column("forum_table", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("forum_table", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    for row in op.get_bind().execute(sa.select(TABLE)).all():
        if row.stood:
            last, until = row.stood[-1], datetime.fromisoformat(row.stood[-1]["until"])
            before = {"room_before": last["room"], "room_before_en": last["room_en"], "moved_at": until}
            op.execute(TABLE.update().where(TABLE.c.id == row.id).values(before))
    op.drop_column("forum_table", "stood")
