"""what keeps a station from working, as it told at its last contact"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("station", sa.Column("troubles", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("station", "troubles")
