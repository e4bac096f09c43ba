"""what a project went through, with dates and evidence"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "project_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False, server_default=""),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_project_step_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_project_step"),
    )
    op.create_index("ix_project_step_project_id", "project_step", ["project_id"])


def downgrade() -> None:
    op.drop_table("project_step")
