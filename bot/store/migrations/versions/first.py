"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _make_what_is_remembered()
    _make_what_is_reviewed()


def _make_what_is_remembered() -> None:
    op.create_table(
        "servers",
        sa.Column("server", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("settings", sa.JSON(), nullable=False),
    )
    op.create_table(
        "introduced",
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "quoted",
        sa.Column("channel", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("person", sa.String()),
        sa.Column("at", sa.DateTime(), nullable=False),
    )


def _make_what_is_reviewed() -> None:
    op.create_table(
        "asked",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("group", sa.String()),
        sa.Column("nearest", sa.String()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False, index=True),
        sa.Column("server", sa.BigInteger()),
        sa.Column("at", sa.DateTime(), nullable=False, index=True),
    )
    op.create_table(
        "feedback",
        sa.Column("message", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("person", sa.String(), primary_key=True, index=True),
        sa.Column("topic", sa.String()),
        sa.Column("group", sa.String()),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("question", sa.String()),
        sa.Column("meant_topic", sa.String()),
        sa.Column("meant_text", sa.String()),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("server", sa.BigInteger()),
        sa.Column("at", sa.DateTime(), nullable=False, index=True),
    )
