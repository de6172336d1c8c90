"""Tables of signing in: providers of OpenID Connect and who is who there. Times are UTC milliseconds."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text, UniqueConstraint

from homestretch.store.tables.columns import Document, Key, kept_metadata

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
