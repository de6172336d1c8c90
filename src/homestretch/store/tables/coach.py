"""Tables of the coach, all kept: rules and plans in versions that never change, workouts, planned routes. UTC ms."""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: The athlete's rules: each change saves all of them as the next version (from 1).
rule_versions = Table(
    "rule_versions",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("parent", Integer),
    Column("rules", Document, nullable=False),
    Column("author", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    UniqueConstraint("athlete_id", "version"),
    sqlite_autoincrement=True,
)

plans = Table(
    "plans",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A version of a plan: `document` is what was asked for and the weeks. `status` alone changes, with `decided_ms`.
#: `rules_version` is the version of the rules that it was checked against; `thresholds` those of the day it was made.
#: `author` is person, planner, model:<name> or mcp:<token>; `digest` is of the document.
plan_versions = Table(
    "plan_versions",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("plan_id", Key, ForeignKey("plans.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("parent", Integer),
    Column("status", Text, nullable=False),
    Column("rules_version", Integer),
    Column("thresholds", Document, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("cause", Document, nullable=False),
    Column("document", Document, nullable=False),
    Column("digest", Text, nullable=False),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    Column("decided_ms", BigInteger),
    Column("decided_by", Key),
    Column("decided_why", Text),
    UniqueConstraint("plan_id", "version"),
    sqlite_autoincrement=True,
)

#: What an athlete says of a planned session: which activity did it (`subject`, an identity's key), or why none did.
session_links = Table(
    "session_links",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("session", Text, nullable=False),
    Column("subject", Text),
    Column("skipped", Text),
    Column("account_id", Key),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    Index(None, "athlete_id", "session"),
    sqlite_autoincrement=True,
)

#: The athlete's own workouts, built by hand or read from a file (`original`, the sha256 of its bytes).
workouts = Table(
    "workouts",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sport", Text, nullable=False),
    Column("hard", Boolean, nullable=False),
    Column("document", Document, nullable=False),
    Column("original", Text),
    Column("created_ms", BigInteger, nullable=False),
    Column("replaces", Key),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: What of a plan is at a provider: one row for each connection and session. `remote_key` is the provider's id; `day`
#: and `digest` are those of `document`, what was sent; `sent_ms` is when. `removed_ms`: taken away since then.
sent_sessions = Table(
    "sent_sessions",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("connection_id", Key, ForeignKey("connections.id"), nullable=False),
    Column("session", Text, nullable=False),
    Column("remote_key", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("document", Document, nullable=False),
    Column("sent_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    UniqueConstraint("connection_id", "session"),
    Index(None, "athlete_id", "connection_id", "remote_key"),
    sqlite_autoincrement=True,
)

#: The secret address of an athlete's calendar, of which only the digest is kept; one for each account (null: made on
#: the server). With `notes` it has what the sessions say.
calendar_feeds = Table(
    "calendar_feeds",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("notes", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    UniqueConstraint("account_id", "athlete_id"),
    sqlite_autoincrement=True,
)
#: A planned route: places as an encoded polyline of precision 6, heights as one of decimetres and zeros. It was read
#: from a file (`original`, the sha256 of its bytes; `place` counts its lines) or made from an activity (`subject`, an
#: identity's key). `cuts` are metres from the start; `parameters` what was set for the estimate.
planned_routes = Table(
    "planned_routes",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sport", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("heights", Text),
    Column("length_m", Float, nullable=False),
    Column("gain_m", Float),
    Column("thumb", Text, nullable=False),
    Column("cuts", Document, nullable=False),
    Column("parameters", Document, nullable=False),
    Column("original", Text),
    Column("place", Integer),
    Column("subject", Text),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    UniqueConstraint("athlete_id", "original", "place"),
    sqlite_autoincrement=True,
)

#: Files that draw lines without times: `state` is added, empty, asked (route or activity?), or activity.
route_files = Table(
    "route_files",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("name", Text),
    Column("length_m", Float),
    Column("lines", Integer, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

#: Which planned route a session follows.
session_routes = Table(
    "session_routes",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("session", Text, primary_key=True),
    Column("route_id", Key, ForeignKey("planned_routes.id"), nullable=False, index=True),
    Column("created_ms", BigInteger, nullable=False),
)
