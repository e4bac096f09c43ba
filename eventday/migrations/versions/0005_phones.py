"""phones: bound to badges, contact details offered, notes on meetings, standby; the screen's address"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "phone_binding",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_phone_binding_event_id_event"),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_phone_binding_delegate_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_phone_binding"),
        sa.UniqueConstraint("token_digest", name="uq_phone_binding_token_digest"),
    )
    op.create_index("ix_phone_binding_event_id", "phone_binding", ["event_id"])
    op.create_index("ix_phone_binding_delegate_id", "phone_binding", ["delegate_id"])
    op.create_table(
        "bind_attempt",
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_bind_attempt_delegate_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_bind_attempt"),
    )
    op.create_index("ix_bind_attempt_delegate_id", "bind_attempt", ["delegate_id"])
    op.create_table(
        "desk_code",
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegate_id"], ["delegate.id"], name="fk_desk_code_delegate_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_code"),
        sa.UniqueConstraint("delegate_id", name="uq_desk_code_delegate_id"),
    )
    op.create_table(
        "contact_offer",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_contact_offer_event_id_event"),
        sa.ForeignKeyConstraint(["giver_id"], ["delegate.id"], name="fk_contact_offer_giver_id_delegate"),
        sa.ForeignKeyConstraint(["taker_id"], ["delegate.id"], name="fk_contact_offer_taker_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_offer"),
        sa.UniqueConstraint("giver_id", "taker_id", name="uq_contact_offer_giver_id_taker_id"),
    )
    op.create_index("ix_contact_offer_event_id", "contact_offer", ["event_id"])
    op.create_index("ix_contact_offer_taker_id", "contact_offer", ["taker_id"])
    op.create_table(
        "meeting_note",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_meeting_note_event_id_event"),
        sa.ForeignKeyConstraint(["host_id"], ["company.id"], name="fk_meeting_note_host_id_company"),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_meeting_note_company_id_company"),
        sa.ForeignKeyConstraint(["noted_by_id"], ["delegate.id"], name="fk_meeting_note_noted_by_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_note"),
        sa.UniqueConstraint(
            "event_id", "host_id", "company_id", "side", name="uq_meeting_note_event_id_host_id_company_id_side"
        ),
    )
    op.create_index("ix_meeting_note_event_id", "meeting_note", ["event_id"])
    op.create_index("ix_meeting_note_company_id", "meeting_note", ["company_id"])
    with op.batch_alter_table("event") as batch:
        batch.add_column(sa.Column("screen_key", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("wish") as batch:
        batch.add_column(sa.Column("standby_at", MOMENT, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wish") as batch:
        batch.drop_column("standby_at")
    with op.batch_alter_table("event") as batch:
        batch.drop_column("screen_key")
    for table in ("meeting_note", "contact_offer", "desk_code", "bind_attempt", "phone_binding"):
        op.drop_table(table)
