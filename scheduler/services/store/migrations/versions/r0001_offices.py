"""The first revision: every table begins with its office."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "offices",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_offices")),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "tries",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_tries")),
    )
    with op.batch_alter_table("tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tries_last"), ["last"], unique=False)

    op.create_table(
        "users",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("bureau", sa.Boolean(), nullable=False),
        sa.Column("handed_out", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )
    op.create_table(
        "bodies",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("resource_id", sa.String(length=200), nullable=False),
        sa.Column("variant", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("last_modified", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(length=1073741824), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_bodies_office_offices")
        ),
        sa.PrimaryKeyConstraint(
            "office", "kind", "resource_id", "variant", name=op.f("pk_bodies")
        ),
    )
    op.create_table(
        "comparisons",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("comparison_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_comparisons_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "comparison_id", name=op.f("pk_comparisons")),
    )
    op.create_table(
        "deeds",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_deeds_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "number", name=op.f("pk_deeds")),
    )
    op.create_table(
        "drafts",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("archive", sa.LargeBinary(length=1073741824), nullable=False),
        sa.Column("locked", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_drafts_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "draft_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "facts",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("facts_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_facts_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "facts_id", name=op.f("pk_facts")),
    )
    op.create_table(
        "leaves",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("leave_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("teacher_id", sa.String(length=200), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_leaves_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "leave_id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_leaves_office_term_last"),
            ["office", "term", "last"],
            unique=False,
        )

    op.create_table(
        "links",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("link_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("resource_id", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_links_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "link_id", name=op.f("pk_links")),
        sa.UniqueConstraint(
            "office", "token_hash", name=op.f("uq_links_office_token_hash")
        ),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_links_office_kind_resource_id_person"),
            ["office", "kind", "resource_id", "person"],
            unique=False,
        )

    op.create_table(
        "memberships",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("resource_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["name"],
            ["users.name"],
            name=op.f("fk_memberships_name_users"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_memberships_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "name", name=op.f("pk_memberships")),
    )
    op.create_table(
        "notices",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("notice_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.Column("released_by", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_notices_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "notice_id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notices_office_date"), ["office", "date"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_notices_office_next_at"), ["office", "next_at"], unique=False
        )

    op.create_table(
        "publications",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("timezone", sa.String(length=200), nullable=False),
        sa.Column("archive", sa.LargeBinary(length=1073741824), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(length=1073741824), nullable=True),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_publications_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "version", name=op.f("pk_publications")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["name"],
            ["users.name"],
            name=op.f("fk_sessions_name_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_name"), ["name"], unique=False)

    op.create_table(
        "signed_sheets",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=20), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_signed_sheets_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "month", name=op.f("pk_signed_sheets")),
    )
    op.create_table(
        "usage_log",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("venue_id", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("lesson_id", sa.String(length=200), nullable=False),
        sa.Column("planned_date", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_usage_log_office_offices")
        ),
        sa.PrimaryKeyConstraint(
            "office",
            "term",
            "venue_id",
            "date",
            "lesson_id",
            "planned_date",
            name=op.f("pk_usage_log"),
        ),
    )
    op.create_table(
        "audiences",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("resource_id", sa.String(length=200), nullable=False),
        sa.Column("facts_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "facts_id"],
            ["facts.office", "facts.facts_id"],
            name=op.f("fk_audiences_office_facts_id_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_audiences_office_offices")
        ),
        sa.PrimaryKeyConstraint(
            "office", "kind", "resource_id", "facts_id", name=op.f("pk_audiences")
        ),
    )
    op.create_table(
        "change_batches",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("half", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=True),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "leave_id"],
            ["leaves.office", "leaves.leave_id"],
            name=op.f("fk_change_batches_office_leave_id_leaves"),
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["offices.office"],
            name=op.f("fk_change_batches_office_offices"),
        ),
        sa.PrimaryKeyConstraint("office", "batch_id", name=op.f("pk_change_batches")),
    )
    with op.batch_alter_table("change_batches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_batches_office_term"),
            ["office", "term"],
            unique=False,
        )

    op.create_table(
        "draft_operations",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "draft_id"],
            ["drafts.office", "drafts.draft_id"],
            name=op.f("fk_draft_operations_office_draft_id_drafts"),
        ),
        sa.ForeignKeyConstraint(
            ["office"],
            ["offices.office"],
            name=op.f("fk_draft_operations_office_offices"),
        ),
        sa.PrimaryKeyConstraint(
            "office", "draft_id", "number", name=op.f("pk_draft_operations")
        ),
    )
    op.create_table(
        "entries",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("school_id", sa.String(length=200), nullable=False),
        sa.Column("requirement_id", sa.String(length=200), nullable=False),
        sa.Column("lesson_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("original_date", sa.Date(), nullable=False),
        sa.Column("planned_date", sa.Date(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("facts_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("off", sa.String(length=20), nullable=True),
        sa.Column("restored", sa.Boolean(), nullable=False),
        sa.Column("former_date", sa.Date(), nullable=True),
        sa.Column("former_facts_id", sa.String(length=64), nullable=True),
        sa.Column("planned_facts_id", sa.String(length=64), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office", "facts_id"],
            ["facts.office", "facts.facts_id"],
            name=op.f("fk_entries_office_facts_id_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "former_facts_id"],
            ["facts.office", "facts.facts_id"],
            name=op.f("fk_entries_office_former_facts_id_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "planned_facts_id"],
            ["facts.office", "facts.facts_id"],
            name=op.f("fk_entries_office_planned_facts_id_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["office", "version"],
            ["publications.office", "publications.version"],
            name=op.f("fk_entries_office_version_publications"),
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_entries_office_offices")
        ),
        sa.PrimaryKeyConstraint(
            "office",
            "term",
            "school_id",
            "requirement_id",
            "lesson_index",
            "original_date",
            name=op.f("pk_entries"),
        ),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entries_office_facts_id"),
            ["office", "facts_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_entries_office_former_facts_id"),
            ["office", "former_facts_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_entries_office_planned_facts_id"),
            ["office", "planned_facts_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_entries_office_term_date"),
            ["office", "term", "date"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_entries_office_term_planned_date"),
            ["office", "term", "planned_date"],
            unique=False,
        )

    op.create_table(
        "entry_lines",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("school_id", sa.String(length=200), nullable=False),
        sa.Column("requirement_id", sa.String(length=200), nullable=False),
        sa.Column("lesson_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("original_date", sa.Date(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("planned_date", sa.Date(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("facts_id", sa.String(length=64), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("off", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "facts_id"],
            ["facts.office", "facts.facts_id"],
            name=op.f("fk_entry_lines_office_facts_id_facts"),
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_entry_lines_office_offices")
        ),
        sa.PrimaryKeyConstraint(
            "office",
            "term",
            "school_id",
            "requirement_id",
            "lesson_index",
            "original_date",
            "until",
            name=op.f("pk_entry_lines"),
        ),
    )
    op.create_table(
        "jobs",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("draft_seen", sa.Integer(), nullable=True),
        sa.Column("work", sa.LargeBinary(length=1073741824), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("curve", sa.Text(), nullable=False),
        sa.Column("best", sa.LargeBinary(length=1073741824), nullable=True),
        sa.Column("result", sa.LargeBinary(length=1073741824), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("stop_asked_at", sa.DateTime(), nullable=True),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("beat_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "draft_id"],
            ["drafts.office", "drafts.draft_id"],
            name=op.f("fk_jobs_office_draft_id_drafts"),
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_jobs_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "job_id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_jobs_office_fingerprint"),
            ["office", "fingerprint"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_jobs_office_state_asked_at"),
            ["office", "state", "asked_at"],
            unique=False,
        )

    op.create_table(
        "dated_changes",
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("change_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("lesson_id", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["office", "batch_id"],
            ["change_batches.office", "change_batches.batch_id"],
            name=op.f("fk_dated_changes_office_batch_id_change_batches"),
        ),
        sa.ForeignKeyConstraint(
            ["office"], ["offices.office"], name=op.f("fk_dated_changes_office_offices")
        ),
        sa.PrimaryKeyConstraint("office", "change_id", name=op.f("pk_dated_changes")),
    )
    with op.batch_alter_table("dated_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dated_changes_office_batch_id"),
            ["office", "batch_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dated_changes_office_term_date"),
            ["office", "term", "date"],
            unique=False,
        )
