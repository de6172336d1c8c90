"""Kept tables: what people and providers gave us, and people's edits. Times are UTC milliseconds."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from homestretch.store.tables.columns import Document, Key, kept_metadata

accounts = Table(
    "accounts",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("username", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("preferences", Document, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

#: `removed_ms`: since when an athlete is removed: no one sees it, and some days later all its data are deleted.
athletes = Table(
    "athletes",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("home_zone", Text),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: Athletes that are made up, from the number `seed`. `equipped_ms`: since when gear, segments and the rest are there.
demos = Table(
    "demos",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("seed", BigInteger, nullable=False),
    Column("equipped_ms", BigInteger),
)

#: Which account may do what with whose data; `role` is one of those in model/rights.py. `sees` are words for what a
#: viewer sees besides activities; without them it is the usual.
grants = Table(
    "grants",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("sees", Text),
)

tokens = Table(
    "tokens",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

#: What the web app may change; the environment wins.
settings = Table(
    "settings",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("value", Document, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
)

#: One row for each distinct content in the archive, wherever it came from.
originals = Table(
    "originals",
    kept_metadata,
    Column("digest", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("kept_ms", BigInteger, nullable=False),
)

#: Whose an original is and how it came; `undone_ms` takes it back, a second arrival brings it again.
arrivals = Table(
    "arrivals",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("digest", Text, ForeignKey("originals.digest"), nullable=False),
    Column("batch_id", Key, index=True),
    Column("connection_id", Key, index=True),
    Column("container", Text),
    Column("path", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("provider_key", Text),
    Column("provider_version", Text),
    Column("fetched_ms", BigInteger, nullable=False),
    Column("terms", Text),
    Column("undone_ms", BigInteger),
    Column("purged_ms", BigInteger),
    Index(None, "athlete_id", "digest"),
    Index(None, "athlete_id", "provider", "provider_key"),
    sqlite_autoincrement=True,
)

#: Mints an id once per recording key, forever; the number orders the minting, the public id is shown.
identities = Table(
    "identities",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("minted_ms", BigInteger, nullable=False),
    # Another recording of the same workout, while this one is gone: it has this one's address and edits.
    Column("successor_id", Key, index=True),
    UniqueConstraint("athlete_id", "key"),
    sqlite_autoincrement=True,
)

#: A person's edit of a recording, in total order (at_ms, id); the last value per field wins.
edits = Table(
    "edits",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Column("subject", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("field", Text),
    Column("value", Document),
    Index(None, "athlete_id", "subject"),
    sqlite_autoincrement=True,
)

#: Originals deleted for good: never shown, decoded or restored again for this athlete.
tombstones = Table(
    "tombstones",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("account_id", Key),
)

#: What holds of an athlete from a day on (FTP, maximum heart rate, weight, …): the word set last for a day wins,
#: null takes the others of that day back. `family` is the sport family that it is of, empty for all.
thresholds = Table(
    "thresholds",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("value", Document),
    Column("set_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Index(None, "athlete_id", "key"),
    sqlite_autoincrement=True,
)

#: A stretch of road drawn once and timed ever since; `revision` goes up over all segments when one is drawn.
segments = Table(
    "segments",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("deleted_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: Circles that are hidden from other people. By the `secret`, made once, the cut is another circle around it.
privacy_zones = Table(
    "privacy_zones",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("radius_m", Float, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    Column("secret", Text, nullable=False),
    sqlite_autoincrement=True,
)

#: An account of the athlete's at a provider. `secret` is sealed (flow/vault.py); its revision goes up with each change,
#: so that of two processes that renew a token only one can write. `schedule`: a cron line or `every 6h`; null: by hand.
connections = Table(
    "connections",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("remote_account", Document, nullable=False),  # what the provider says of who this is: name, zone, …
    Column("settings", Document, nullable=False),
    Column("secret", Text),
    Column("secret_revision", Integer, nullable=False),
    Column("schedule", Text),
    Column("paused", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A provider's answer exactly as received, zstd-packed: an original that needs no file of its own. Of the answers about
#: one thing (connection, kind, key) the last one holds; while its days are not over only that one stays.
payloads = Table(
    "payloads",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("connection_id", Key, ForeignKey("connections.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("until", Text),
    Column("digest", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("fetched_ms", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index(None, "connection_id", "kind", "key"),
    sqlite_autoincrement=True,
)

#: A change that somebody may make at a provider: `field` of the activity whose recording is `subject`, from `before` to
#: `after`. `state` is open, approved, applied, rejected, failed or undone (by the proposal `undoes`). Nothing leaves
#: without one that is approved; `answer` is the provider's reply, `task` what it was still at.
proposals = Table(
    "proposals",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("connection_id", Key, ForeignKey("connections.id"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("provider_key", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Document),
    Column("after", Document),
    Column("state", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("decided_ms", BigInteger),
    Column("account_id", Key),
    Column("applied_ms", BigInteger),
    Column("tries", Integer, nullable=False),
    Column("task", Text),
    Column("answer", LargeBinary),
    Column("note", Text),
    Column("undoes", Key),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

#: A bike, a pair of shoes: what it had done before (`distance_m`, `time_s`), and the sport families that it is used for
#: where neither a person nor a source says otherwise.
gear = Table(
    "gear",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("note", Text),
    Column("families", Document, nullable=False),
    Column("distance_m", Float, nullable=False),
    Column("time_s", Float, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("retired_ms", BigInteger),
    Column("removed_ms", BigInteger),
    #: The local day from which on it is the usual one of its families; none: always.
    Column("usual_since", Text),
    sqlite_autoincrement=True,
)

#: What a source calls an item of gear, by its key.
gear_aliases = Table(
    "gear_aliases",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("gear_id", Key, ForeignKey("gear.id"), nullable=False, index=True),
)

#: A part of an item of gear from a day on: a chain, a tyre. It is due for service after so many metres, seconds of use
#: or days since it was serviced last.
components = Table(
    "components",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("gear_id", Key, ForeignKey("gear.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text),
    Column("distance_m", Float, nullable=False),
    Column("time_s", Float, nullable=False),
    Column("every_m", Float),
    Column("every_s", Float),
    Column("every_days", Integer),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: That a component was serviced on a day.
services = Table(
    "services",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("component_id", Key, ForeignKey("components.id"), nullable=False, index=True),
    Column("day", Text, nullable=False),
    Column("note", Text),
    Column("made_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A measurement that the athlete entered: `at_ms` null is the day's own value. An entry that was changed is removed and
#: another `replaces` it; taking the change back brings the one before again.
health_entries = Table(
    "health_entries",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("at_ms", BigInteger),
    Column("value", Float, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Column("replaces", Key),
    Column("removed_ms", BigInteger),
    Index(None, "athlete_id", "day"),
    sqlite_autoincrement=True,
)

#: A note of a day or of days up to `until`: ill, injured, travel, alcohol, mood, soreness or free text; `level` is from
#: 1 to 5 where the kind has one. Changes are kept as those of `health_entries` are.
health_notes = Table(
    "health_notes",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("level", Integer),
    Column("text", Text),
    Column("created_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Column("replaces", Key),
    Column("removed_ms", BigInteger),
    Index(None, "athlete_id", "day"),
    sqlite_autoincrement=True,
)

#: Which sources the athlete believes most of a kind of measurement, in order; of the kind "" for all kinds.
health_priorities = Table(
    "health_priorities",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sources", Document, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
)
