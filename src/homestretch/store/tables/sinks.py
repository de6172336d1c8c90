"""Tables of what is sent out: days to sinks, and notifications to channels. Times are UTC milliseconds."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text, false

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: Where an athlete's days are sent: `sink` is a description's key, `kinds` the chosen ones (null: all that are not
#: private). `secret` is encrypted; `token_hash` is of the token that a sink is fetched with. `by_admin`: an
#: administrator, or a command on the server, set its address.
sinks = Table(
    "sinks",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("sink", Text, nullable=False),
    Column("user_label", Text, nullable=False),
    Column("settings", Document, nullable=False),
    Column("kinds", Document),
    Column("secret", Text),
    Column("token_hash", Text, unique=True),
    Column("paused", Boolean, nullable=False),
    Column("by_admin", Boolean, nullable=False, server_default=false()),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: How far a sink is: every change of a whole day up to revision `cursor` is there, and every whole day up to
#: `whole_until`. `basis` is the digest of what decides which samples these are (null: compare everything again).
#: `state` is ready, backed_off until `retry_at_ms` or stopped, for a `reason`; `failures` counts those in a row.
sink_state = Table(
    "sink_state",
    kept_metadata,
    Column("sink_id", Key, ForeignKey("sinks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("cursor", BigInteger, nullable=False),
    Column("whole_until", Text),
    Column("basis", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("retry_at_ms", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("pushed_ms", BigInteger),
    Column("samples", BigInteger, nullable=False),
)

#: Where an account's notifications are sent: `way` is a description's key, `secret` is encrypted. `choices` are kinds
#: that were switched on or off ({kind: bool}; others are as the kind says). `state` is ready, backed_off until
#: `retry_at_ms` or stopped, for a `reason`; `failures` counts those in a row. `stop_token` ends it from an e-mail.
#: A device for push: `device_hash` is of the address at which its browser takes messages, `session_hash` the session
#: that turned it on, with whose end it goes. `address_state` of an e-mail address: unconfirmed (nothing is sent but the
#: code that `confirmation` has the hash of), confirmed, or open (of before addresses were confirmed; others always).
notification_channels = Table(
    "notification_channels",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("way", Text, nullable=False),
    Column("settings", Document, nullable=False),
    Column("secret", Text),
    Column("choices", Document, nullable=False),
    Column("by_admin", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("stop_token", Text, nullable=False, unique=True),
    Column("created_ms", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("retry_at_ms", BigInteger),
    Column("failures", Integer, nullable=False),
    Column("sent_ms", BigInteger),
    Column("device_hash", Text, unique=True),
    Column("session_hash", Text),
    Column("address_state", Text, nullable=False, server_default="open"),
    Column("confirmation", Document),
    sqlite_autoincrement=True,
)

#: That a notification was handed to a channel. The row is there before it goes out: what is cut off in between is not
#: sent twice, and is in the app all the same.
notification_deliveries = Table(
    "notification_deliveries",
    kept_metadata,
    Column(
        "channel_id",
        Key,
        ForeignKey("notification_channels.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "notification_id",
        Key,
        ForeignKey("notifications.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("at_ms", BigInteger, nullable=False),
)

#: How an account wants its notifications sent: not from `quiet_from` to `quiet_until` (minutes of the day), as
#: they come or in a `digest` (daily, weekly), with or without `health_values`.
notification_wishes = Table(
    "notification_wishes",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
    Column("digest", Text, nullable=False),
    Column("health_values", Boolean, nullable=False),
)
