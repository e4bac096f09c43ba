"""whom a walk-in looked like when they came"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("walk_in") as table:
        table.add_column(sa.Column("maybe", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("walk_in") as table:
        table.drop_column("maybe")
