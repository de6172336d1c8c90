"""Keeps and reads links: by the hash of their token, and by athlete."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from homestretch.model.moment import day_of
from homestretch.model.sharing import ASPECTS, HIDDEN_AT_FIRST, Aspect, Subject
from homestretch.settings import OPTIONS, Settings
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.accounts import chosen_option
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, grants
from homestretch.store.tables.saved import share_defaults, share_opens, shares

type Record = Row[tuple[object, ...]]
OPTION = next(option for option in OPTIONS if option.key == "links")


@dataclass(frozen=True, slots=True)
class StoredShare:
    """A link: to what, what it hides, until when (UTC ms, None: no end); `token` is sealed.

    `account_id` is who made it, None once that account is gone.
    """

    id: int
    public_id: str
    athlete_id: int
    account_id: int | None
    subject: Subject
    token: str
    hidden: tuple[Aspect, ...]
    until_ms: int | None
    password_hash: str | None
    created_ms: int
    revoked_ms: int | None


@dataclass(frozen=True, slots=True)
class Opens:
    """How often a link was opened, and the last day (of UTC) on which it was."""

    count: int
    last_day: str


def links_are_on(reader: Reader, settings: Settings) -> bool:
    """Return whether links lead anywhere on this server."""
    return (settings.locked(OPTION) or chosen_option(reader, OPTION.key) or OPTION.default) == "on"


def add_share(session: Writer, scope: Scope, token: str, values: Mapping[str, object]) -> None:
    """Keep a link, by the hash of its token."""
    own = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "token_hash": _hash(token)}
    session.run(insert(shares).values(**values, **own))


def shares_of(reader: Reader, athlete_id: int, public_id: str | None = None) -> list[StoredShare]:
    """Return an athlete's links, the newest first, revoked ones too; with a public id only that one."""
    query = select(shares).where(shares.c.athlete_id == athlete_id).order_by(shares.c.id.desc())
    if public_id is not None:
        query = query.where(shares.c.public_id == public_id)
    return [_stored(row) for row in reader.rows(query)]


def open_shares(reader: Reader, athlete_id: int) -> int:
    """Return how many links of an athlete are not revoked."""
    mine = (shares.c.athlete_id == athlete_id) & shares.c.revoked_ms.is_(None)
    return int(reader.scalar(select(func.count()).select_from(shares).where(mine)) or 0)


def set_share(session: Writer, share_id: int, values: Mapping[str, object]) -> None:
    """Change a link."""
    session.run(update(shares).where(shares.c.id == share_id).values(**values))


def share_of_token(reader: Reader, token: str, now: int) -> StoredShare | None:
    """Return the link that a token opens, or None.

    It ends once it is revoked or its time is over, its maker no longer owns the athlete, or the athlete is gone.
    """
    query = (
        select(shares, grants.c.role)
        .outerjoin(grants, (grants.c.athlete_id == shares.c.athlete_id) & (grants.c.account_id == shares.c.account_id))
        .join(athletes, athletes.c.id == shares.c.athlete_id)
        .where(shares.c.token_hash == _hash(token), athletes.c.removed_ms.is_(None), _in_force(now))
    )
    row = reader.row(query)
    if row is None or (row.account_id is not None and row.role != "owner"):
        return None
    return _stored(row)


def count_open(session: Writer, share_id: int, day: str) -> None:
    """Count that a link was opened on a day."""
    session.insert_new(share_opens, [{"share_id": share_id, "day": day, "opens": 0}])
    mine = (share_opens.c.share_id == share_id) & (share_opens.c.day == day)
    session.run(update(share_opens).where(mine).values(opens=share_opens.c.opens + 1))


def opens_of(reader: Reader, athlete_id: int) -> dict[int, Opens]:
    """Return how often each link of an athlete was opened, by its id."""
    sums = func.sum(share_opens.c.opens).label("total"), func.max(share_opens.c.day).label("last_day")
    counted = select(shares.c.id, *sums).join(share_opens, share_opens.c.share_id == shares.c.id)
    rows = reader.rows(counted.where(shares.c.athlete_id == athlete_id).group_by(shares.c.id))
    return {row.id: Opens(int(row.total), row.last_day) for row in rows}


def old_opens(before_ms: int) -> ColumnElement[bool]:
    """Return the condition that opens were counted on a day before this one."""
    return share_opens.c.day < day_of(before_ms)


def hidden_by_default(reader: Reader, athlete_id: int) -> tuple[Aspect, ...]:
    """Return what an athlete's new links hide."""
    mine = select(share_defaults.c.hidden).where(share_defaults.c.athlete_id == athlete_id)
    chosen: Sequence[str] | None = reader.scalar(mine)
    return HIDDEN_AT_FIRST if chosen is None else _aspects(chosen)


def put_hidden_by_default(session: Writer, athlete_id: int, hidden: Sequence[Aspect], now: int) -> None:
    """Keep what an athlete's new links hide."""
    session.put(share_defaults, [{"athlete_id": athlete_id, "hidden": list(hidden), "set_ms": now}])


def sealed_tokens(reader: Reader) -> list[tuple[int, str]]:
    """Return (id, sealed token) of every link."""
    return [(row.id, row.token) for row in reader.rows(select(shares.c.id, shares.c.token))]


def _in_force(now: int) -> ColumnElement[bool]:
    return shares.c.revoked_ms.is_(None) & (shares.c.until_ms.is_(None) | (shares.c.until_ms > now))


def _stored(row: Record) -> StoredShare:
    return StoredShare(
        row.id,
        row.public_id,
        row.athlete_id,
        row.account_id,
        Subject(row.kind, row.subject),
        row.token,
        _aspects(row.hidden),
        row.until_ms,
        row.password_hash,
        row.created_ms,
        row.revoked_ms,
    )


def _aspects(names: Sequence[str]) -> tuple[Aspect, ...]:
    return tuple(aspect for aspect in ASPECTS if aspect in names)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
