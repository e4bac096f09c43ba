"""who received whose contact details, kept when offers and people are gone"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# Details that were exchanged before: an offer in either direction.
AGREED = """
    INSERT INTO contact_receipt (event_id, giver_id, taker_id, received_at)
    SELECT one.event_id, one.giver_id, one.taker_id,
           CASE WHEN one.offered_at > two.offered_at THEN one.offered_at ELSE two.offered_at END
    FROM contact_offer one JOIN contact_offer two ON two.giver_id = one.taker_id AND two.taker_id = one.giver_id
"""


def upgrade() -> None:
    op.create_table(
        "contact_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_contact_receipt_event_id_event"),
        sa.ForeignKeyConstraint(["giver_id"], ["delegate.id"], name="fk_contact_receipt_giver_id_delegate"),
        sa.ForeignKeyConstraint(["taker_id"], ["delegate.id"], name="fk_contact_receipt_taker_id_delegate"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_receipt"),
    )
    for column in ("event_id", "giver_id", "taker_id"):
        op.create_index(f"ix_contact_receipt_{column}", "contact_receipt", [column])
    op.execute(AGREED)


def downgrade() -> None:
    op.drop_table("contact_receipt")
