"""Keeps and reads groups: who is in one, and whose data it shows."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, insert, select, update

from homestretch.model.rights import GroupRole, Seen
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.grants import in_order, owner_is_in, seen_of
from homestretch.store.tables.kept import accounts, athletes
from homestretch.store.tables.saved import group_accounts, group_athletes, groups


class StoredGroup(NamedTuple):
    """A group, its public id and its name."""

    id: int
    public_id: str
    name: str


class GroupAccount(NamedTuple):
    """An account that is in a group, as what, whether it leads it, and since when (UTC ms)."""

    account_id: int
    username: str
    role: GroupRole
    leads: bool
    joined_ms: int


class GroupAthlete(NamedTuple):
    """An athlete whose data a group shows, and what members see besides activities; None: nothing at all."""

    athlete_id: int
    name: str
    members_see: frozenset[Seen] | None


def groups_of(reader: Reader, account_id: int | None = None) -> list[StoredGroup]:
    """Return the groups that an account is in, or (no account) all, by name."""
    query = select(groups.c.id, groups.c.public_id, groups.c.name).order_by(groups.c.name, groups.c.id)
    if account_id is not None:
        query = query.join(group_accounts, group_accounts.c.group_id == groups.c.id)
        query = query.where(group_accounts.c.account_id == account_id)
    return [StoredGroup(row.id, row.public_id, row.name) for row in reader.rows(query)]


def groups_showing(reader: Reader, athlete_id: int) -> list[StoredGroup]:
    """Return the groups that show an athlete, by name."""
    query = (
        select(groups.c.id, groups.c.public_id, groups.c.name)
        .join(group_athletes, group_athletes.c.group_id == groups.c.id)
        .where(group_athletes.c.athlete_id == athlete_id, owner_is_in())
        .order_by(groups.c.name, groups.c.id)
    )
    return [StoredGroup(row.id, row.public_id, row.name) for row in reader.rows(query)]


def group_named(reader: Reader, public_id: str) -> StoredGroup | None:
    """Return the group with a public id, or None."""
    row = reader.row(select(groups.c.id, groups.c.public_id, groups.c.name).where(groups.c.public_id == public_id))
    return None if row is None else StoredGroup(row.id, row.public_id, row.name)


def group_name(reader: Reader, group_id: int) -> str:
    """Return what a group is called; empty where it is gone."""
    return str(reader.scalar(select(groups.c.name).where(groups.c.id == group_id)) or "")


def accounts_in(reader: Reader, group_id: int) -> list[GroupAccount]:
    """Return who is in a group, by name."""
    query = (
        select(accounts.c.id, accounts.c.username, group_accounts.c.role, group_accounts.c.leads,
               group_accounts.c.joined_ms)
        .join(group_accounts, group_accounts.c.account_id == accounts.c.id)
        .where(group_accounts.c.group_id == group_id)
        .order_by(accounts.c.username)
    )  # fmt: skip
    return [GroupAccount(row.id, row.username, row.role, bool(row.leads), row.joined_ms) for row in reader.rows(query)]


def athletes_in(reader: Reader, group_id: int) -> list[GroupAthlete]:
    """Return whose data a group shows, by name: each has an owner who is in it."""
    query = (
        select(athletes.c.id, athletes.c.name, group_athletes.c.members_see)
        .join(group_athletes, group_athletes.c.athlete_id == athletes.c.id)
        .where(group_athletes.c.group_id == group_id, athletes.c.removed_ms.is_(None), owner_is_in())
        .order_by(athletes.c.name, athletes.c.id)
    )
    return [_athlete(row.id, row.name, row.members_see) for row in reader.rows(query)]


def lock_group(session: Writer, group_id: int) -> None:
    """Let no one else change who is in a group until the end of the transaction."""
    session.rows(select(groups.c.id).where(groups.c.id == group_id).with_for_update())


def add_group(session: Writer, public_id: str, name: str, now: int) -> int:
    """Make a group; return its id."""
    return session.add(insert(groups), {"public_id": public_id, "name": name, "created_ms": now})


def rename_group(session: Writer, group_id: int, name: str) -> None:
    """Give a group another name."""
    session.run(update(groups).where(groups.c.id == group_id).values(name=name))


def delete_group(session: Writer, group_id: int) -> None:
    """Delete a group; what it gave ends with it."""
    session.run(delete(groups).where(groups.c.id == group_id))


def put_account(session: Writer, group_id: int, account_id: int, role: GroupRole, *, leads: bool, now: int) -> None:
    """Put an account into a group, or change as what it is there."""
    mine = _account(group_id, account_id)
    if not session.run(update(group_accounts).where(mine).values(role=role, leads=leads)):
        row = {"group_id": group_id, "account_id": account_id, "role": role, "leads": leads, "joined_ms": now}
        session.run(insert(group_accounts).values(**row))


def remove_account(session: Writer, group_id: int, account_id: int) -> None:
    """Take an account out of a group, and the athletes that have no other owner there."""
    session.run(delete(group_accounts).where(_account(group_id, account_id)))
    session.run(delete(group_athletes).where(group_athletes.c.group_id == group_id, ~owner_is_in()))


def put_athlete(session: Writer, group_id: int, athlete_id: int, see: Collection[Seen] | None, now: int) -> None:
    """Let a group show an athlete, or change what members see; None: nothing."""
    words = None if see is None else " ".join(in_order(see))
    mine = _athlete_of(group_id, athlete_id)
    if not session.run(update(group_athletes).where(mine).values(members_see=words)):
        row = {"group_id": group_id, "athlete_id": athlete_id, "members_see": words, "added_ms": now}
        session.run(insert(group_athletes).values(**row))


def remove_athlete(session: Writer, group_id: int, athlete_id: int) -> bool:
    """Take an athlete out of a group; return whether it was there."""
    return bool(session.run(delete(group_athletes).where(_athlete_of(group_id, athlete_id))))


def led_by(reader: Reader, account_id: int) -> list[int]:
    """Return the groups that an account leads."""
    mine = (group_accounts.c.account_id == account_id) & group_accounts.c.leads
    return [row.group_id for row in reader.rows(select(group_accounts.c.group_id).where(mine).order_by("group_id"))]


def _athlete(athlete_id: int, name: str, words: str | None) -> GroupAthlete:
    return GroupAthlete(athlete_id, name, None if words is None else seen_of("viewer", words))


def _account(group_id: int, account_id: int) -> ColumnElement[bool]:
    return (group_accounts.c.group_id == group_id) & (group_accounts.c.account_id == account_id)


def _athlete_of(group_id: int, athlete_id: int) -> ColumnElement[bool]:
    return (group_athletes.c.group_id == group_id) & (group_athletes.c.athlete_id == athlete_id)
