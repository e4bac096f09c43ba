"""what a station was before it got another task, and which a tablet was before it was paired anew"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "former_role",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("station_id", sa.Integer(), sa.ForeignKey("station.id"), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_former_role_station_id", "former_role", ["station_id"])
    op.add_column("station", sa.Column("follows_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("station", "follows_id")
    op.drop_index("ix_former_role_station_id", "former_role")
    op.drop_table("former_role")
