"""Keeps and reads providers of OpenID Connect, and which accounts are whose there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from homestretch.model.documents.sign_in import Policy
from homestretch.settings import Settings
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import accounts
from homestretch.store.tables.ops import logins, oidc_providers, spent

#: The key of the provider that the environment sets.
ENVIRONMENT = "env"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider; its `secret` is sealed. Empty lists of groups and domains let in everybody that it knows.

    `groups_claim` is a path with dots. `policy` is what becomes of somebody without an account: refuse, invited (an
    account for the addresses in `invited`) or create. `end_session`: signing out here signs out there.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str | None = field(default=None, repr=False)
    scopes: str = ""
    groups_claim: str = "groups"
    allowed_groups: Sequence[str] = ()
    allowed_domains: Sequence[str] = ()
    admin_groups: Sequence[str] = ()
    policy: Policy = "refuse"
    invited: Sequence[str] = ()
    end_session: bool = False


class Login(NamedTuple):
    """Somebody at an issuer, and whose account that is."""

    id: int
    account_id: int
    issuer: str
    subject: str
    label: str
    gave_admin: bool
    created_ms: int
    used_ms: int | None


def providers(reader: Reader) -> list[Provider]:
    """Return the providers that administrators set up, in the order in which they were."""
    table = oidc_providers.c
    rows = reader.rows(select(oidc_providers).order_by(table.id))
    return [
        Provider(
            row.key, row.name, row.issuer, row.client_id, row.secret,
            **row.settings,
        )
        for row in rows
    ]  # fmt: skip


def environment_provider(settings: Settings) -> Provider | None:
    """Return the provider that the environment sets, without its secret; None for none."""
    if not settings.oidc_issuer or not settings.oidc_client_id:
        return None
    return Provider(
        ENVIRONMENT,
        settings.oidc_name,
        settings.oidc_issuer,
        settings.oidc_client_id,
        scopes=settings.oidc_scopes,
        groups_claim=settings.oidc_groups_claim,
        allowed_groups=_listed(settings.oidc_allowed_groups),
        allowed_domains=_listed(settings.oidc_allowed_domains),
        admin_groups=_listed(settings.oidc_admin_groups),
        policy=settings.oidc_policy,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def all_providers(reader: Reader, settings: Settings) -> list[Provider]:
    """Return every provider, that of the environment first."""
    given = environment_provider(settings)
    return [*([given] if given else []), *providers(reader)]


def put_provider(session: Writer, provider: Provider, now: int) -> None:
    """Keep a provider under its key."""
    row = {
        "key": provider.key,
        "name": provider.name,
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "secret": provider.secret,
        "settings": {
            "scopes": provider.scopes,
            "groups_claim": provider.groups_claim,
            "allowed_groups": list(provider.allowed_groups),
            "allowed_domains": list(provider.allowed_domains),
            "admin_groups": list(provider.admin_groups),
            "policy": provider.policy,
            "invited": list(provider.invited),
            "end_session": provider.end_session,
        },
    }
    if not session.run(update(oidc_providers).where(oidc_providers.c.key == provider.key).values(row)):
        session.run(insert(oidc_providers), {**row, "created_ms": now})


def remove_provider(session: Writer, key: str) -> bool:
    """Remove a provider; return whether it was there. Whose accounts are whose stays known."""
    return bool(session.run(delete(oidc_providers).where(oidc_providers.c.key == key)))


def login_of(reader: Reader, issuer: str, subject: str) -> Login | None:
    """Return the login of a subject of an issuer, or None."""
    row = reader.row(select(logins).where(logins.c.issuer == issuer, logins.c.subject == subject))
    return None if row is None else Login(**row._mapping)


def logins_of(reader: Reader, account_id: int) -> list[Login]:
    """Return the logins of an account, the oldest first."""
    rows = reader.rows(select(logins).where(logins.c.account_id == account_id).order_by(logins.c.id))
    return [Login(**row._mapping) for row in rows]


def known_issuers(reader: Reader) -> set[str]:
    """Return the issuers at which anybody of this server is known."""
    return {row.issuer for row in reader.rows(select(logins.c.issuer).distinct())}


def add_login(session: Writer, account_id: int, issuer: str, subject: str, label: str, now: int) -> int:
    """Keep that a subject of an issuer is an account's; return its id."""
    row = {"account_id": account_id, "issuer": issuer, "subject": subject, "label": label}
    return session.add(insert(logins), {**row, "gave_admin": False, "created_ms": now, "used_ms": None})


def use_login(session: Writer, login_id: int, label: str, now: int) -> None:
    """Keep that somebody just signed in by a login, and what they are called there now."""
    session.run(update(logins).where(logins.c.id == login_id).values(label=label, used_ms=now))


def remove_login(session: Writer, account_id: int, login_id: int) -> bool:
    """Remove a login of an account; return whether it was there."""
    return bool(session.run(delete(logins).where(logins.c.account_id == account_id, logins.c.id == login_id)))


def locked_admins(session: Writer) -> list[int]:
    """Return the accounts of administrators; which these are stays the same until this transaction ends."""
    found = select(accounts.c.id).where(accounts.c.is_admin).order_by(accounts.c.id).with_for_update()
    return [row.id for row in session.rows(found)]


def set_admin(session: Writer, account_id: int, is_admin: bool) -> None:
    """Make an account an administrator's, or an ordinary one."""
    session.run(update(accounts).where(accounts.c.id == account_id).values(is_admin=is_admin))


def set_gave_admin(session: Writer, login_id: int, gave: bool) -> None:
    """Keep whether it was this login's groups that made the account an administrator's."""
    session.run(update(logins).where(logins.c.id == login_id).values(gave_admin=gave))


def others_gave_admin(reader: Reader, login: Login) -> bool:
    """Return whether the groups of another login make the account an administrator's too."""
    other = (logins.c.account_id == login.account_id) & (logins.c.id != login.id) & logins.c.gave_admin
    return bool(reader.scalar(select(func.count()).select_from(logins).where(other)))


def spend(session: Writer, keys: Sequence[str], until: int, now: int) -> bool:
    """Keep that these were used, until an instant; return whether none of them was used before."""
    session.run(delete(spent).where(spent.c.until_ms < now))
    # Not read first: of two at the same moment each would find nothing.
    return session.insert_new(spent, [{"key": key, "until_ms": until} for key in keys]) == len(keys)
