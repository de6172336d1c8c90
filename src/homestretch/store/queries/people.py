"""Keeps and reads who may see an athlete, invitations, and which athletes are removed."""

import hashlib
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from homestretch.model.moment import DAY_MS
from homestretch.model.rights import Role, Seen
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.grants import Held, seen_of, seen_words
from homestretch.store.tables.kept import accounts, athletes, demos, grants
from homestretch.store.tables.saved import invitations

#: For how many days a removed athlete can be restored.
GRACE_DAYS = 7


class Grant(NamedTuple):
    """An account, its role for an athlete, and what it sees as a viewer."""

    account_id: int
    username: str
    role: Role
    sees: frozenset[Seen]


class Invitation(NamedTuple):
    """An invitation to an athlete, or (no athlete, no role) to the server, by an account; see the table."""

    id: int
    public_id: str
    account_id: int
    athlete_id: int | None
    role: Role | None
    sees: str | None
    name: str
    until_ms: int
    created_ms: int
    accepted_ms: int | None
    revoked_ms: int | None


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


type Record = Row[tuple[object, ...]]
_INVITATION = [invitations.c[name] for name in Invitation._fields]


def grants_of(reader: Reader, athlete_id: int) -> list[Grant]:
    """Return who may see an athlete, by name."""
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


def add_invitation(session: Writer, token: str, values: Mapping[str, object]) -> None:
    """Keep an invitation, by the hash of its token."""
    session.run(insert(invitations).values(**values, token_hash=_hash(token)))


def invitations_of(reader: Reader, athlete_id: int | None, public_id: str | None = None) -> list[Invitation]:
    """Return the invitations to an athlete (None: to the server), the newest first; with a public id only that one."""
    mine = invitations.c.athlete_id.is_not_distinct_from(athlete_id)
    query = select(*_INVITATION).where(mine).order_by(invitations.c.id.desc())
    if public_id is not None:
        query = query.where(invitations.c.public_id == public_id)
    return [_invitation(row) for row in reader.rows(query)]


def open_invitations(reader: Reader, athlete_id: int | None, now: int) -> int:
    """Return how many invitations to an athlete (None: to the server) can be accepted."""
    mine = invitations.c.athlete_id.is_not_distinct_from(athlete_id) & _open(now)
    return int(reader.scalar(select(func.count()).select_from(invitations).where(mine)) or 0)


def set_invitation(session: Writer, invitation_id: int, values: Mapping[str, object]) -> None:
    """Change an invitation."""
    session.run(update(invitations).where(invitations.c.id == invitation_id).values(**values))


def invitation_of_token(reader: Reader, token: str, now: int) -> Invitation | None:
    """Return the invitation that a token opens, or None.

    It ends once it is accepted, revoked or its time is over, who invited may not any more, or the athlete is gone.
    """
    query = (
        select(*_INVITATION, accounts.c.is_admin, grants.c.role.label("of_inviter"), athletes.c.removed_ms)
        .join(accounts, accounts.c.id == invitations.c.account_id)
        .outerjoin(athletes, athletes.c.id == invitations.c.athlete_id)
        .outerjoin(
            grants,
            (grants.c.athlete_id == invitations.c.athlete_id) & (grants.c.account_id == invitations.c.account_id),
        )
        .where(invitations.c.token_hash == _hash(token), _open(now))
    )
    row = reader.row(query)
    if row is None or row.removed_ms is not None:
        return None
    allowed = row.is_admin if row.athlete_id is None else row.of_inviter == "owner"
    return _invitation(row) if allowed else None


def take_invitation(session: Writer, invitation_id: int, now: int) -> bool:
    """Accept an invitation, once; return whether it was still open."""
    mine = (invitations.c.id == invitation_id) & _open(now)
    return bool(session.run(update(invitations).where(mine).values(accepted_ms=now)))


def _invitation(row: Record) -> Invitation:
    return Invitation(
        row.id,
        row.public_id,
        row.account_id,
        row.athlete_id,
        row.role,
        row.sees,
        row.name,
        row.until_ms,
        row.created_ms,
        row.accepted_ms,
        row.revoked_ms,
    )


def _open(now: int) -> ColumnElement[bool]:
    unused = invitations.c.accepted_ms.is_(None) & invitations.c.revoked_ms.is_(None)
    return unused & (invitations.c.until_ms > now)


def _of(account_id: int, athlete_id: int) -> ColumnElement[bool]:
    return (grants.c.account_id == account_id) & (grants.c.athlete_id == athlete_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
