"""Ops tables: work in progress, by what people sign in and who has; kept beside the truth, never in a rebuild."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from homestretch.store.tables.columns import Document, Key, kept_metadata
from homestretch.store.tables.sinks import notification_deliveries

#: One import: `state` is receiving, running, done or undone.
batches = Table(
    "batches",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("account_id", Key),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("started_ms", BigInteger),
    Column("finished_ms", BigInteger),
    Column("note", Text),
    sqlite_autoincrement=True,
)

#: One file of a batch, its to-do list: `waiting` rows are what is left to import.
items = Table(
    "items",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("batch_id", Key, ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("place", Text),
    Column("digest", Text),
    Column("notes", Document, nullable=False),
    UniqueConstraint("batch_id", "path"),
    Index(None, "batch_id", "status"),
    sqlite_autoincrement=True,
)

#: A provider that an administrator set up: `key` is its name in addresses, `secret` is encrypted, `settings` are the
#: rest (see `store.queries.sign_in.Provider`).
oidc_providers = Table(
    "oidc_providers",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("secret", Text),
    Column("settings", Document, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

#: Who signs in to an account from elsewhere: a `subject` of an issuer, byte for byte as it says. `gave_admin`: a group
#: there made the account an administrator's, and takes that away again.
logins = Table(
    "logins",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("gave_admin", Boolean, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,
)

#: Who is signed in: `kind` is password, oidc or half (the second factor is still to come), by the login `login_id` in
#: the provider's session `sid`. `id_token` is encrypted. A session ends at `expires_ms`, or when nothing was asked
#: since `seen_ms` for too long. `strong_ms`: when the person last showed who it is. `agent` is the browser's name,
#: `address` its network.
sessions = Table(
    "sessions",
    kept_metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("kind", Text, nullable=False, server_default="password"),
    Column("login_id", Key),
    Column("sid", Text),
    Column("id_token", Text),
    Column("agent", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("seen_ms", BigInteger, nullable=False, server_default="0"),
    Column("strong_ms", BigInteger, nullable=False, server_default="0"),
)

#: An authenticator app: `secret` is encrypted, null until a first code of the `offered` one was right. Codes up to that
#: of `last_step` are worth nothing any more.
second_factors = Table(
    "second_factors",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("secret", Text),
    Column("offered", Text),
    Column("last_step", BigInteger, nullable=False, server_default="0"),
    Column("since_ms", BigInteger),
)

#: Codes in the place of an app's, each good for once; what is kept is their hash.
recovery_codes = Table(
    "recovery_codes",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("code_hash", Text, primary_key=True),
)

#: A passkey: an account signs in with it alone. Its id, its key and the account's handle are in base64url, as browsers
#: send them. It was made for the host `rp_id`, and works there only. `sign_count` is 0 for one that is synced.
passkeys = Table(
    "passkeys",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("credential_id", Text, nullable=False, unique=True),
    Column("public_key", Text, nullable=False),
    Column("user_handle", Text, nullable=False),
    Column("rp_id", Text, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("transports", Document, nullable=False),
    Column("synced", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A link that sets a new password of an account, once; what is kept is its token's hash. `by_account` is the
#: administrator who made it, null: it was made on the server itself.
password_resets = Table(
    "password_resets",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("by_account", Key, ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("until_ms", BigInteger, nullable=False),
)

#: Somebody asked for a link by e-mail that sets a new password, from an `address`: of an account, null where what was
#: typed is no account's, so that both are one row. A job answers and deletes it within seconds.
reset_requests = Table(
    "reset_requests",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("address", Text, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

#: What may be used once, such as the id of a provider's message, and until when that has to be known.
spent = Table(
    "spent",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("until_ms", BigInteger, nullable=False),
)

#: Failed sign-ins per name and per address.
throttles = Table(
    "throttles",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

#: Locks that outlive a transaction: who holds what until when; taken by compare-and-swap.
leases = Table(
    "leases",
    kept_metadata,
    Column("key", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

#: When each server or worker was last alive.
heartbeats = Table(
    "heartbeats",
    kept_metadata,
    Column("executor", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)

#: One thing that a provider has (an activity, a kind of data of some days), and whether we have it: `state` is wanted,
#: have, none (the provider has nothing there), failed or gone (it has it no more). The wanted ones are what a sync has
#: left to do. Sources whose data may only be kept for some days have theirs in `cached.remote_items`.
remote_items = Table(
    "remote_items",
    kept_metadata,
    Column("connection_id", Key, ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("version", Text),
    Column("state", Text, nullable=False),
    Column("form", Text),
    Column("digest", Text),
    Column("tries", Integer, nullable=False),
    Column("note", Text),
    Column("details", Document, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "connection_id", "state", "until"),
)

#: The state of a connection: `state` is ready, question (an answer is awaited), sign_in (needed), purging (removed,
#: with something still to be deleted) or backed_off until `retry_at_ms`; `refusals` counts those in a row; `quota_used`
#: is the used part of the provider's limits. `question` (JSON) is what a person is asked, with its state encrypted.
connection_state = Table(
    "connection_state",
    kept_metadata,
    Column("connection_id", Key, ForeignKey("connections.id", ondelete="CASCADE"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("retry_at_ms", BigInteger),
    Column("refusals", Integer, nullable=False),
    Column("quota_used", Document, nullable=False),
    Column("question", Text),
    Column("next_ms", BigInteger),
    Column("good_ms", BigInteger),
    Column("whole_ms", BigInteger),  # when everything that the provider has was last listed
)

#: One sync: `state` is waiting, running, done, stopped or failed; `reason` is schedule, hand or first.
runs = Table(
    "runs",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("connection_id", Key, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("asked", Document, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("fetched", Integer, nullable=False),
    Column("empty", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    Column("began_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("note", Text),
    Index(None, "connection_id", "id"),
    sqlite_autoincrement=True,
)

#: What a sync did and met, a line each; `level` is info, warning or error, `code` says which sentence it is.
sync_lines = Table(
    "sync_lines",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("connection_id", Key, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("level", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("details", Document, nullable=False),
    Index(None, "connection_id", "id"),
    sqlite_autoincrement=True,
)

#: What somebody should know of without having looked: `code` is a kind of notices. It is about an athlete,
#: and for every account that may edit it, or (`account_id`) about an account, and for this one only. `seen_ms`: since
#: when somebody has seen it, so that the next one of its kind about the same is news.
notifications = Table(
    "notifications",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), index=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
    Column("connection_id", Key, ForeignKey("connections.id", ondelete="CASCADE")),
    Column("at_ms", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("details", Document, nullable=False),
    Column("seen_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: That an account has seen a notification, or put it away.
notification_states = Table(
    "notification_states",
    kept_metadata,
    Column(
        "notification_id",
        Key,
        ForeignKey("notifications.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "account_id",
        Key,
        ForeignKey("accounts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("seen_ms", BigInteger, nullable=False),
    Column("dismissed_ms", BigInteger),
)

#: One call of the MCP server: `door` is stdio or http, `kind` is tool, resource or prompt, `arguments` what was asked.
#: `outcome` is done, failed or refused; `bytes` and `ms` are of the answer.
tool_calls = Table(
    "tool_calls",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("account_id", Key),
    Column("token_id", Key),
    Column("door", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("arguments", Document, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("bytes", Integer),
    Column("ms", Integer),
    Column("at_ms", BigInteger, nullable=False),
    Index(None, "token_id", "at_ms"),
    sqlite_autoincrement=True,
)

#: A `kind` of run: a backup into the chosen folder, or a drill, which restores one to see whether that works. `state`
#: is waiting, running, done, unchanged (there was nothing new to back up) or failed, `reason` is schedule or hand.
#: `file` of `size` bytes lies in the folder `place` until `removed_ms`; `content` is a digest of its tables. `done` of
#: `total` steps are over. `missing` originals could not be backed up; of `compared` recordings `differing` came out
#: otherwise.
backup_runs = Table(
    "backup_runs",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("asked_ms", BigInteger, nullable=False),
    Column("began_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("removed_ms", BigInteger),
    Column("copied_to", Text),
    Column("place", Text),
    Column("file", Text),
    Column("content", Text),
    Column("size", BigInteger),
    Column("originals", Integer),
    Column("missing", Integer),
    Column("compared", Integer),
    Column("differing", Integer),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("note", Text),
    sqlite_autoincrement=True,
)

#: Of no use once their moment has passed, or not ours to hand on: never in a backup.
PASSING = (
    items, password_resets, reset_requests, sessions, spent, throttles, leases, heartbeats, runs, sync_lines,
    notification_states, notification_deliveries, notifications, tool_calls, backup_runs,
)  # fmt: skip

#: The last change of a day's health data: `revision` grows with each change of any day of the athlete, `digest` is of
#: what the day says, so that a rebuild, which makes the same again, is no change.
day_revisions = Table(
    "day_revisions",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "athlete_id", "revision"),
)
