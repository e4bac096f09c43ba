"""a line of the programme names its room in English too, as tables do"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("programme_item", sa.Column("room_en", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("programme_item", "room_en")  # not in a batch: SQLite would make the table anew
