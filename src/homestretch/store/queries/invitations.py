"""Keeps and reads invitations: to an athlete, to a group, or to the server."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from homestretch.model.rights import GroupRole, Role
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import accounts, athletes, grants
from homestretch.store.tables.saved import group_accounts, invitations


class InvitedTo(NamedTuple):
    """What an invitation is to: an athlete, a group, or (neither) the server."""

    athlete_id: int | None = None
    group_id: int | None = None


class Invitation(NamedTuple):
    """An invitation by an account; see the table."""

    id: int
    public_id: str
    account_id: int
    athlete_id: int | None
    role: Role | None
    sees: str | None
    group_id: int | None
    group_role: GroupRole | None
    many: bool
    hours: int | None
    name: str
    until_ms: int
    created_ms: int
    accepted_ms: int | None
    revoked_ms: int | None

    @property
    def to(self) -> InvitedTo:
        """What it is to."""
        return InvitedTo(self.athlete_id, self.group_id)


_COLUMNS = [invitations.c[name] for name in Invitation._fields]


def add_invitation(session: Writer, token: str, to: InvitedTo, values: Mapping[str, object]) -> None:
    """Keep an invitation, by the hash of its token."""
    session.run(insert(invitations).values(**values, **to._asdict(), token_hash=_hash(token)))


def invitations_of(reader: Reader, to: InvitedTo) -> list[Invitation]:
    """Return the invitations to something, the newest first."""
    query = select(*_COLUMNS).where(_to(to)).order_by(invitations.c.id.desc())
    return [_invitation(row) for row in reader.rows(query)]


def invitation_named(reader: Reader, public_id: str) -> Invitation | None:
    """Return the invitation with a public id, or None."""
    row = reader.row(select(*_COLUMNS).where(invitations.c.public_id == public_id))
    return None if row is None else _invitation(row)


def open_invitations(reader: Reader, to: InvitedTo, now: int) -> int:
    """Return how many invitations to something can be accepted."""
    return int(reader.scalar(select(func.count()).select_from(invitations).where(_to(to), _open(now))) or 0)


def set_invitation(session: Writer, invitation_id: int, values: Mapping[str, object]) -> None:
    """Change an invitation."""
    session.run(update(invitations).where(invitations.c.id == invitation_id).values(**values))


def invitation_of_token(reader: Reader, token: str, now: int) -> Invitation | None:
    """Return the invitation that a token opens, or None.

    It ends once it is accepted, revoked or its time is over, who invited may not any more, or the athlete is gone.
    """
    owning = (grants.c.athlete_id == invitations.c.athlete_id) & (grants.c.account_id == invitations.c.account_id)
    within = (group_accounts.c.group_id == invitations.c.group_id) & (
        group_accounts.c.account_id == invitations.c.account_id
    )
    query = (
        select(*_COLUMNS, accounts.c.is_admin, grants.c.role.label("of_inviter"), athletes.c.removed_ms,
               group_accounts.c.leads)
        .join(accounts, accounts.c.id == invitations.c.account_id)
        .outerjoin(athletes, athletes.c.id == invitations.c.athlete_id)
        .outerjoin(grants, owning)
        .outerjoin(group_accounts, within)
        .where(invitations.c.token_hash == _hash(token), _open(now))
    )  # fmt: skip
    row = reader.row(query)
    if row is None or row.removed_ms is not None:
        return None
    if row.group_id is not None:
        allowed = bool(row.leads)
    else:
        allowed = row.is_admin if row.athlete_id is None else row.of_inviter == "owner"
    return _invitation(row) if allowed else None


def take_invitation(session: Writer, found: Invitation, now: int) -> bool:
    """Accept an invitation, once where it is not for many; return whether it was still open."""
    mine = (invitations.c.id == found.id) & _open(now)
    taken = {"revoked_ms": None} if found.many else {"accepted_ms": now}
    return bool(session.run(update(invitations).where(mine).values(**taken)))


def _invitation(row: Row[tuple[object, ...]]) -> Invitation:
    values = {name: getattr(row, name) for name in Invitation._fields}
    return Invitation(**{**values, "many": bool(row.many)})


def _to(to: InvitedTo) -> ColumnElement[bool]:
    athlete = invitations.c.athlete_id.is_not_distinct_from(to.athlete_id)
    return athlete & invitations.c.group_id.is_not_distinct_from(to.group_id)


def _open(now: int) -> ColumnElement[bool]:
    unused = invitations.c.accepted_ms.is_(None) & invitations.c.revoked_ms.is_(None)
    return unused & (invitations.c.until_ms > now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
