"""work on plans: edits of drafts, scenarios, versions seen, seats offered"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

OPEN = sa.text("state = 'offered'")


def upgrade() -> None:
    with op.batch_alter_table("plan") as batch:
        batch.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "plan_edit",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_edit_plan_id_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_edit"),
    )
    op.create_index("ix_plan_edit_plan_id", "plan_edit", ["plan_id"])
    op.create_table(
        "plan_seen",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_seen_plan_id_plan"),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_plan_seen_delegate_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_seen"),
        sa.UniqueConstraint("plan_id", "delegate_id", name="uq_plan_seen_plan_id_delegate_id"),
    )
    op.create_index("ix_plan_seen_plan_id", "plan_seen", ["plan_id"])
    op.create_table(
        "seat_offer",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_seat_offer_event_id_event"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_seat_offer_plan_id_plan"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_seat_offer_company_id_company"),
        sa.ForeignKeyConstraint(["table_id"], ["forum_table.id"], name="fk_seat_offer_table_id_forum_table"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_seat_offer_round_id_round"),
        sa.PrimaryKeyConstraint("id", name="pk_seat_offer"),
    )
    op.create_index("ix_seat_offer_event_id", "seat_offer", ["event_id"])
    op.create_index(
        "uq_seat_offer_open",
        "seat_offer",
        ["event_id", "company_id", "round_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("seat_offer")
    op.drop_table("plan_seen")
    op.drop_table("plan_edit")
    with op.batch_alter_table("plan") as batch:
        batch.drop_column("changes")
