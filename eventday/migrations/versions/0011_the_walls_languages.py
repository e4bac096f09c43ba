"""how the hall's screen shows its two languages"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("event", sa.Column("screen_tongues", sa.String(), nullable=False, server_default="turns"))


def downgrade() -> None:
    op.drop_column("event", "screen_tongues")  # not in a batch: SQLite would make the table anew under its children
