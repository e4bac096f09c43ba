"""a table that moved keeps where it stood before: phones mark old and new"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
COLUMNS = ("room_before", "room_before_en")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("forum_table", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("forum_table", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("moved_at", *COLUMNS):
        op.drop_column("forum_table", name)  # not in a batch: SQLite would make the table anew under its children
