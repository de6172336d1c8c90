"""Keeps and reads who may see an athlete, and which athletes are removed."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select, update

from homestretch.model.moment import DAY_MS
from homestretch.model.rights import Role, Seen
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.grants import Held, seen_of, seen_words
from homestretch.store.tables.kept import accounts, athletes, demos, grants
from homestretch.store.tables.saved import temporary_roles

#: For how many days a removed athlete can be restored.
GRACE_DAYS = 7


class Grant(NamedTuple):
    """An account, its role for an athlete, what it sees as a viewer, and until when (UTC ms), or None for good."""

    account_id: int
    username: str
    role: Role
    sees: frozenset[Seen]
    until_ms: int | None = None


class RemovedAthlete(NamedTuple):
    """An athlete that is removed, since when (UTC ms), and whether it is made up."""

    id: int
    name: str
    removed_ms: int
    is_demo: bool

    @property
    def deleted_ms(self) -> int:
        """When all its data are deleted (UTC ms); a demo athlete's at once."""
        return self.removed_ms + (0 if self.is_demo else GRACE_DAYS * DAY_MS)


def grants_of(reader: Reader, athlete_id: int) -> list[Grant]:
    """Return who may see an athlete for good, by name."""
    query = select(grants, accounts.c.username).join(accounts, accounts.c.id == grants.c.account_id)
    rows = reader.rows(query.where(grants.c.athlete_id == athlete_id).order_by(accounts.c.username))
    return [Grant(row.account_id, row.username, row.role, seen_of(row.role, row.sees)) for row in rows]


def grant_of(reader: Reader, account_id: int, athlete_id: int) -> Held | None:
    """Return what an account was given for an athlete, or None."""
    row = reader.row(select(grants.c.role, grants.c.sees).where(_of(account_id, athlete_id)))
    return None if row is None else Held(row.role, seen_of(row.role, row.sees))


def locked_owners(session: Writer, athlete_id: int) -> list[int]:
    """Return the accounts that own an athlete; until the end of the transaction none becomes one or ceases to be."""
    session.rows(select(athletes.c.id).where(athletes.c.id == athlete_id).with_for_update())
    mine = (grants.c.athlete_id == athlete_id) & (grants.c.role == "owner")
    return [row.account_id for row in session.rows(select(grants.c.account_id).where(mine))]


def put_grant(
    session: Writer, account_id: int, athlete_id: int, role: Role, sees: Collection[Seen] | None = None
) -> None:
    """Give an account a role for an athlete, in place of the one that it has; None: a viewer sees what is usual."""
    row = {"account_id": account_id, "athlete_id": athlete_id, "role": role, "sees": seen_words(role, sees)}
    session.put(grants, [row])


def delete_grant(session: Writer, account_id: int, athlete_id: int) -> None:
    """Take away what an account may do with an athlete."""
    session.run(delete(grants).where(_of(account_id, athlete_id)))


def temporary_roles_of(reader: Reader, athlete_id: int, now: int) -> list[Grant]:
    """Return who may see an athlete for a while, by name."""
    query = (
        select(temporary_roles, accounts.c.username)
        .join(accounts, accounts.c.id == temporary_roles.c.account_id)
        .where(temporary_roles.c.athlete_id == athlete_id, temporary_roles.c.until_ms > now)
        .order_by(accounts.c.username)
    )
    rows = reader.rows(query)
    return [Grant(row.account_id, row.username, row.role, seen_of(row.role, row.sees), row.until_ms) for row in rows]


def put_temporary_role(session: Writer, athlete_id: int, account_id: int, held: Held, until_ms: int, now: int) -> None:
    """Give an account a role for a while, in place of the one for a while that it has; forget those that are over."""
    over = (temporary_roles.c.athlete_id == athlete_id) & (temporary_roles.c.until_ms <= now)
    session.run(delete(temporary_roles).where(over))
    row = {"account_id": account_id, "athlete_id": athlete_id, "role": held.role, "until_ms": until_ms}
    session.put(temporary_roles, [{**row, "sees": seen_words(held.role, held.sees)}])


def end_temporary_role(session: Writer, athlete_id: int, account_id: int) -> bool:
    """Take away a role for a while; return whether there was one."""
    mine = (temporary_roles.c.athlete_id == athlete_id) & (temporary_roles.c.account_id == account_id)
    return bool(session.run(delete(temporary_roles).where(mine)))


def owned_by(reader: Reader, account_id: int) -> list[int]:
    """Return the athletes that an account owns, demo athletes too."""
    mine = (grants.c.account_id == account_id) & (grants.c.role == "owner")
    return [row.athlete_id for row in reader.rows(select(grants.c.athlete_id).where(mine).order_by("athlete_id"))]


def add_athlete(session: Writer, name: str, now: int) -> int:
    """Make an athlete; return its id."""
    return session.add(insert(athletes), {"name": name, "created_ms": now})


def set_athlete(session: Writer, athlete_id: int, values: Mapping[str, object]) -> None:
    """Change an athlete's name, or since when it is removed."""
    session.run(update(athletes).where(athletes.c.id == athlete_id).values(**values))


def athlete_name(reader: Reader, athlete_id: int) -> str:
    """Return an athlete's name; empty where it is gone."""
    return str(reader.scalar(select(athletes.c.name).where(athletes.c.id == athlete_id)) or "")


def removed_athletes(reader: Reader, account_id: int | None = None) -> list[RemovedAthlete]:
    """Return the athletes that are removed and not yet deleted; with an account those that it owns."""
    query = select(
        athletes.c.id, athletes.c.name, athletes.c.removed_ms, demos.c.athlete_id.is_not(None).label("is_demo")
    ).outerjoin(demos, demos.c.athlete_id == athletes.c.id)
    if account_id is not None:
        query = query.join(grants, (grants.c.athlete_id == athletes.c.id) & (grants.c.role == "owner")).where(
            grants.c.account_id == account_id
        )
    rows = reader.rows(query.where(athletes.c.removed_ms.is_not(None)).order_by(athletes.c.id))
    return [RemovedAthlete(row.id, row.name, row.removed_ms, bool(row.is_demo)) for row in rows]


def delete_account(session: Writer, account_id: int) -> None:
    """Delete an account, with its sessions, tokens and roles."""
    session.run(delete(accounts).where(accounts.c.id == account_id))


def _of(account_id: int, athlete_id: int) -> ColumnElement[bool]:
    return (grants.c.account_id == account_id) & (grants.c.athlete_id == athlete_id)
