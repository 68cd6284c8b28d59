"""Every table of the store.

Keys are made by the program, not by the database, so that a write that was not acknowledged
can be sent again without being kept twice. Times are ISO 8601 in UTC, as text: the same on
both databases, and the same in the log. What has versions keeps them all.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEY = String(36)
TIME = String(32)
DIGEST = String(64)


def _key() -> Column[str]:
    return Column("id", KEY, primary_key=True)


def _to(table: str, name: str | None = None, *, nullable: bool = False) -> Column[str]:
    """A column that points to a row of another table."""
    own = name or f"{table.removesuffix('s')}_id"
    return Column(own, KEY, ForeignKey(f"{table}.id"), nullable=nullable, index=True)


def _time(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, TIME, nullable=nullable)


#: What happened, each with the hash of the one before: see `toolkit.store.event_log`.
EVENTS = Table(
    "events",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _time("at"),
    Column("actor", String(36), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False, unique=True),
)

PEOPLE = Table(
    "people",
    METADATA,
    _key(),
    Column("name", String(200), nullable=False),
    Column("sign_in", String(320), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password", String(300)),
    Column("active", Boolean, nullable=False, default=True),
    Column("failed", Integer, nullable=False, default=0),
    _time("locked_until", nullable=True),
    _time("made_at"),
)

#: An invitation to somebody with an account lets them choose another password.
INVITATIONS = Table(
    "invitations",
    METADATA,
    _key(),
    Column("token", DIGEST, nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("sign_in", String(320), nullable=False),
    _to("people", "invited_by"),
    _to("people", "person_id", nullable=True),
    _time("expires_at"),
    _time("used_at", nullable=True),
)

#: Who is signed in, in which browser: see `toolkit.store.sessions`.
SESSIONS = Table(
    "sessions",
    METADATA,
    _key(),
    Column("token", DIGEST, nullable=False, unique=True),
    _to("people", "person_id"),
    _time("made_at"),
    _time("seen_at"),
    _time("expires_at"),
)

REQUISITIONS = Table(
    "requisitions",
    METADATA,
    _key(),
    Column("title", String(200), nullable=False),
    Column("criteria", Text, nullable=False, default=""),
    _time("made_at"),
    _time("closed_at", nullable=True),
    _time("retain_until", nullable=True),
    Column("legal_hold", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
)

#: Files as they were read, secrets refused, with the hash of what was uploaded.
COHORTS = Table(
    "cohorts",
    METADATA,
    _key(),
    _to("requisitions"),
    Column("version", Integer, nullable=False),
    Column("files", Text, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("tables", LargeBinary, nullable=False),
    _time("made_at"),
    UniqueConstraint("requisition_id", "version"),
)

CANDIDATES = Table(
    "candidates",
    METADATA,
    _key(),
    _to("requisitions"),
    Column("code", String(200), nullable=False),
    Column("name", String(10_000)),
    # When an upload left the candidate out; a later one may bring them back.
    _time("withdrawn_at", nullable=True),
    _time("erased_at", nullable=True),
    UniqueConstraint("requisition_id", "code"),
)

SCREENS = Table(
    "screens",
    METADATA,
    _key(),
    _to("requisitions"),
    Column("version", Integer, nullable=False),
    Column("toml", Text, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    _time("made_at"),
    UniqueConstraint("requisition_id", "version"),
)

#: A rubric is frozen by its first rating; whoever wants another makes another version.
RUBRICS = Table(
    "rubrics",
    METADATA,
    _key(),
    _to("requisitions"),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    _time("made_at"),
    _time("frozen_at", nullable=True),
    UniqueConstraint("requisition_id", "version"),
)

ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    _key(),
    _to("requisitions"),
    _to("candidates"),
    _to("people", "reviewer_id"),
    _to("rubrics"),
    Column("position", Integer, nullable=False),
    _time("locked_at", nullable=True),
    # When a conflict of interest took it away, or a recruiter took it back.
    _time("withdrawn_at", nullable=True),
    Column("abstained", Text),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("candidate_id", "reviewer_id"),
)

#: Every version of every rating. The highest version of a criterion counts.
RATINGS = Table(
    "ratings",
    METADATA,
    _key(),
    _to("assignments"),
    Column("criterion", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("rating", Float),
    Column("no_basis", Boolean, nullable=False, default=False),
    Column("note", Text, nullable=False, default=""),
    Column("confidence", Integer),
    Column("stage", String(20), nullable=False),
    _time("made_at"),
    UniqueConstraint("assignment_id", "criterion", "version"),
    CheckConstraint("rating IS NULL OR NOT no_basis", name="rated_or_no_basis"),
)

#: Who must not review whom; the kind of tie, and what was said about it.
CONFLICTS = Table(
    "conflicts",
    METADATA,
    _key(),
    _to("candidates"),
    _to("people", "reviewer_id"),
    Column("tie", String(20), nullable=False),
    Column("note", Text, nullable=False, default=""),
    _to("people", "person_id"),
    _time("made_at"),
    UniqueConstraint("candidate_id", "reviewer_id"),
)

#: Reviewers who saw a candidate's social scores after locking, and the hash of what they saw.
REVEALS = Table(
    "reveals",
    METADATA,
    _key(),
    _to("assignments"),
    Column("sha256", DIGEST, nullable=False),
    _time("made_at"),
    UniqueConstraint("assignment_id"),
)

#: What the panel agreed on. The highest version of a criterion counts.
AGREED = Table(
    "agreed_ratings",
    METADATA,
    _key(),
    _to("candidates"),
    Column("criterion", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("rating", Float, nullable=False),
    Column("reason", Text, nullable=False),
    _to("people", "person_id"),
    _time("made_at"),
    UniqueConstraint("candidate_id", "criterion", "version"),
)

#: A piece of work that reviewers rate first, with the ratings agreed for it and why.
EXAMPLES = Table(
    "reference_examples",
    METADATA,
    _key(),
    _to("requisitions"),
    _to("rubrics"),
    Column("version", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("content", Text, nullable=False),
    Column("ratings", Text, nullable=False),
    _time("made_at"),
    UniqueConstraint("requisition_id", "version"),
)

EXAMPLE_RATINGS = Table(
    "reference_ratings",
    METADATA,
    _key(),
    _to("reference_examples", "example_id"),
    _to("people", "reviewer_id"),
    Column("ratings", Text, nullable=False),
    _time("made_at"),
    UniqueConstraint("example_id", "reviewer_id"),
)

TASKS = Table(
    "tasks",
    METADATA,
    _key(),
    _to("requisitions"),
    Column("name", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    _time("made_at"),
    UniqueConstraint("requisition_id", "name", "version"),
)

#: What a candidate handed in for a task, and under which conditions.
SUBMISSIONS = Table(
    "submissions",
    METADATA,
    _key(),
    _to("candidates"),
    _to("tasks"),
    Column("version", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("content", Text, nullable=False),
    Column("file", LargeBinary),
    Column("sha256", DIGEST, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("conditions", Text, nullable=False),
    Column("adjustments", Text, nullable=False),
    Column("minutes", Float),
    Column("authorship", String(20), nullable=False),
    Column("authorship_note", Text, nullable=False),
    _to("people", "person_id"),
    _time("made_at"),
    UniqueConstraint("candidate_id", "task_id", "version"),
)

#: Portfolios: the file and its text for recruiters, the blinded copy for reviewers.
DOCUMENTS = Table(
    "documents",
    METADATA,
    _key(),
    _to("candidates"),
    Column("name", String(300), nullable=False),
    Column("file", LargeBinary, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("content", Text, nullable=False),
    Column("blinded", Text, nullable=False),
    Column("removed", Text, nullable=False),
    Column("shown", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False),
    _to("people", "person_id"),
    _time("made_at"),
    UniqueConstraint("candidate_id", "sha256"),
)

DISMISSALS = Table(
    "dismissals",
    METADATA,
    _key(),
    _to("candidates"),
    Column("detectors", Text, nullable=False),
    Column("reason", Text, nullable=False),
    _to("people", "person_id"),
    _time("made_at"),
    _time("withdrawn_at", nullable=True),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    _key(),
    _to("candidates"),
    Column("version", Integer, nullable=False),
    Column("selected", Boolean, nullable=False),
    Column("proposed", Boolean),
    # What proposed it, the screen or the ranking, and the digest of that rule.
    Column("basis", String(20)),
    Column("basis_sha256", DIGEST),
    Column("reason", Text, nullable=False),
    _to("people", "person_id"),
    _time("made_at"),
    UniqueConstraint("candidate_id", "version"),
)

SHEETS = Table(
    "sheets",
    METADATA,
    _key(),
    _to("requisitions"),
    # A sheet about all candidates together names none.
    _to("candidates", nullable=True),
    Column("kind", String(20), nullable=False),
    Column("sha256", DIGEST, nullable=False, index=True),
    _to("people", "person_id"),
    _time("made_at"),
)
