"""what merging a walk-in changed, so that it can be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("walk_in", sa.Column("merge", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("walk_in", "merge")
