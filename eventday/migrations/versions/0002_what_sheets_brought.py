"""what sheets brought: uploads waiting for a decision, who declared a wish, projects apart by their session"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OLD_PROJECT = "uq_project_event_id_name_host_id_supplier_id"
_NEW_PROJECT = "uq_project_event_id_name_host_id_supplier_id_origin"


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_upload_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("token", name=op.f("uq_upload_token")),
    )
    with op.batch_alter_table("upload") as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_event_id"), ["event_id"])
    op.create_table(
        "upload_file",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_upload_file_upload_id_upload")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_file")),
    )
    with op.batch_alter_table("upload_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_file_upload_id"), ["upload_id"])
    with op.batch_alter_table("wish") as batch_op:
        batch_op.add_column(sa.Column("declared_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_wish_declared_by_id_delegate"), "delegate", ["declared_by_id"], ["id"]
        )
    with op.batch_alter_table("project") as batch_op:
        batch_op.drop_constraint(batch_op.f(_OLD_PROJECT), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f(_NEW_PROJECT), ["event_id", "name", "host_id", "supplier_id", "origin"]
        )


def downgrade() -> None:
    with op.batch_alter_table("project") as batch_op:
        batch_op.drop_constraint(batch_op.f(_NEW_PROJECT), type_="unique")
        batch_op.create_unique_constraint(batch_op.f(_OLD_PROJECT), ["event_id", "name", "host_id", "supplier_id"])
    with op.batch_alter_table("wish") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_wish_declared_by_id_delegate"), type_="foreignkey")
        batch_op.drop_column("declared_by_id")
    op.drop_table("upload_file")
    op.drop_table("upload")
