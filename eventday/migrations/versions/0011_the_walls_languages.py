"""how the hall's screen shows its two languages"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("screen_tongues", sa.String(), nullable=False, server_default="turns"))


def downgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.drop_column("screen_tongues")
