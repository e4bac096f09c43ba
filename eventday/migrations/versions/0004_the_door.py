"""the door: where a roster stands, walk-ins, what a station's clock is off by"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("presence") as batch:
        batch.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_presence_event_id_revision", "presence", ["event_id", "revision"])
    op.create_index("ix_scan_undoes", "scan", ["undoes"])
    with op.batch_alter_table("station") as batch:
        batch.add_column(sa.Column("clock_off_ms", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "walk_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_walk_in_event_id_event"),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name="fk_walk_in_station_id_station"),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_walk_in_delegate_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_walk_in"),
    )
    op.create_index("ix_walk_in_event_id", "walk_in", ["event_id"])


def downgrade() -> None:
    op.drop_table("walk_in")
    with op.batch_alter_table("station") as batch:
        batch.drop_column("clock_off_ms")
    op.drop_index("ix_scan_undoes", "scan")
    op.drop_index("ix_presence_event_id_revision", "presence")
    with op.batch_alter_table("presence") as batch:
        batch.drop_column("revision")
