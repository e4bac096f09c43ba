"""a print at a desk has an id, so that one whose answer was lost makes no second badge"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("badge", sa.Column("print_id", sa.String(), nullable=True))
    op.create_index("ix_badge_print_id", "badge", ["print_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_badge_print_id", "badge")
    op.drop_column("badge", "print_id")
