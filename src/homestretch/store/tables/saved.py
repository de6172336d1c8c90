"""Kept tables of what people save for themselves and share: goals, charts, filters, links, invitations, photos;
and the security log.

Times are UTC milliseconds.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from homestretch.store.tables.columns import Document, Key, kept_metadata

#: So much in each week, month or year (`period`), of a `kind` (distance, time, ascent, load, count) in SI, of a sport
#: or a family of sports, or of all (null). `targets` are [first local day, value], in order of days: the last one that
#: begins by the end of a period is that period's.
goals = Table(
    "goals",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("period", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sport", Text),
    Column("targets", Document, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A chart that an athlete made: what it shows is in `definition` (see views/page/custom_chart.py).
saved_charts = Table(
    "saved_charts",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("definition", Document, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("account_id", Key),
    Column("removed_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A filter of the list of activities that an account keeps under a name: the query of the list's address.
saved_filters = Table(
    "saved_filters",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("account_id", Key),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    Index(None, "athlete_id", "account_id"),
    sqlite_autoincrement=True,
)

#: A link to what `kind` and `subject` name, which hides aspects (see model/sharing.py). It is found by the hash of its
#: token; `token` is sealed, so that its owner can copy it again. One of an account ends with its role of owner.
shares = Table(
    "shares",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False, index=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("kind", Text, nullable=False, server_default="activity"),
    Column("subject", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("token", Text, nullable=False),
    Column("hidden", Document, nullable=False),
    Column("until_ms", BigInteger),
    Column("password_hash", Text),
    Column("created_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: How often a link was opened on a day of UTC.
share_opens = Table(
    "share_opens",
    kept_metadata,
    Column("share_id", Key, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("opens", Integer, nullable=False),
)

#: What an athlete's new links hide.
share_defaults = Table(
    "share_defaults",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True, autoincrement=False),
    Column("hidden", Document, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
)

#: A role for a while, beside the one that an account has for good, if any: to help, or to look after somebody's data.
temporary_roles = Table(
    "temporary_roles",
    kept_metadata,
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("sees", Text),
    Column("until_ms", BigInteger, nullable=False),
    Index(None, "athlete_id"),
)

#: A group, such as a club or a squad: accounts, and athletes of owners among them.
groups = Table(
    "groups",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

#: Who is in a group: as a coach, who coaches its athletes, or as a member. Who leads it decides who is in it.
group_accounts = Table(
    "group_accounts",
    kept_metadata,
    Column("group_id", Key, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("leads", Boolean, nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
    Index(None, "account_id"),
)

#: Whose data a group shows. `members_see` are words for what its members see besides activities; null: they see nothing
#: of this athlete, and coaches alone do.
group_athletes = Table(
    "group_athletes",
    kept_metadata,
    Column("group_id", Key, ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("athlete_id", Key, ForeignKey("athletes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("members_see", Text),
    Column("added_ms", BigInteger, nullable=False),
    Index(None, "athlete_id"),
)

#: An invitation by an account: to an athlete with a `role`, to a group with a `group_role`, or (neither) to have an
#: account with an athlete of one's own. It is found by the hash of its token, which is shown once, and accepted once;
#: one for `many` is accepted until it ends. `name` says for whom it is. A role then lasts for `hours`, or (null) for
#: good.
invitations = Table(
    "invitations",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("account_id", Key, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("athlete_id", Key, ForeignKey("athletes.id"), index=True),
    Column("role", Text),
    Column("sees", Text),
    Column("group_id", Key, ForeignKey("groups.id", ondelete="CASCADE"), index=True),
    Column("group_role", Text),
    Column("many", Boolean),
    Column("hours", Integer),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("until_ms", BigInteger, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
    Column("accepted_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    sqlite_autoincrement=True,
)

#: A photo of the activity with the recording `subject` (an identity's key), or of what was split from it. It is an
#: original in the archive. What it says of itself is as it was read: `clock`, `taken_ms` or `taken_local`, and a place
#: in degrees (see model/media/photos.py). `clock_s` is added to the camera's clock; `pinned`: the map shows it.
photos = Table(
    "photos",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    Column("athlete_id", Key, ForeignKey("athletes.id"), nullable=False),
    Column("account_id", Key),
    Column("subject", Text, nullable=False),
    Column("digest", Text, ForeignKey("originals.digest"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("clock", Text),
    Column("taken_ms", BigInteger),
    Column("taken_local", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("clock_s", Integer, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("caption", Text),
    Column("position", Integer, nullable=False),
    Column("added_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    UniqueConstraint("athlete_id", "subject", "digest"),
    sqlite_autoincrement=True,
)

#: Athletes who want to see the weather. `quota_used` counts calls by window; after a failure the provider is left alone
#: until `retry_at_ms`, and `reason` says why. `seen` is the mark of activities that everything was asked for.
weather_choices = Table(
    "weather_choices",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True, autoincrement=False),
    Column("account_id", Key),
    Column("since_ms", BigInteger, nullable=False),
    Column("quota_used", Document, nullable=False),
    Column("failures", BigInteger, nullable=False, server_default="0"),
    Column("retry_at_ms", BigInteger),
    Column("reason", Text),
    Column("seen", Text),
)

#: The weather of a day of UTC at a place in tenths of a degree, as it was asked at `asked_ms`: 24 `hours` of values.
weather_days = Table(
    "weather_days",
    kept_metadata,
    Column("athlete_id", Key, ForeignKey("athletes.id"), primary_key=True, autoincrement=False),
    Column("latitude", BigInteger, primary_key=True, autoincrement=False),
    Column("longitude", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("hours", Document, nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
)

#: That something happened to who may do what: `kind`, `method` and `details` are as in `model.security.events`. It was
#: done `by_account` (null: by somebody who is not signed in, or on the server) from a network `address`, to an account
#: or an athlete. These three are numbers of rows that may be gone: what is deleted has no name here. Refusals of an
#: hour from one network are one row with a `count`, known by `together`.
security_events = Table(
    "security_events",
    kept_metadata,
    Column("id", Key, primary_key=True),
    Column("at_ms", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("by_account", Key),
    Column("about_account", Key),
    Column("about_athlete", Key),
    Column("address", Text, nullable=False),
    Column("details", Document, nullable=False),
    Column("count", Integer, nullable=False),
    Column("together", Text, unique=True),
    Index(None, "by_account", "id"),
    Index(None, "about_account", "id"),
    Index(None, "about_athlete", "id"),
    sqlite_autoincrement=True,
)

#: An athlete who was deleted for good, by a digest of number and making: restoring an older backup leaves them out.
forgotten = Table(
    "forgotten",
    kept_metadata,
    Column("digest", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)
