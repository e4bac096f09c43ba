"""a receiver's phone asks every few seconds whether a guest has come"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_delegate_receiver_id", "delegate", ["receiver_id"])


def downgrade() -> None:
    op.drop_index("ix_delegate_receiver_id", "delegate")
