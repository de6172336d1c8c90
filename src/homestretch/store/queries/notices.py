"""Keeps and reads what accounts have seen of their notices, and the channels that send them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, select, union, update

from homestretch.errors import NotFound
from homestretch.model.documents.notices import AddressState, ChannelState, Digest
from homestretch.model.notices.kinds import KINDS, Kind
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.grants import held_by
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, connections, grants
from homestretch.store.tables.ops import notification_states, notifications
from homestretch.store.tables.sinks import notification_channels as channels
from homestretch.store.tables.sinks import notification_deliveries as deliveries
from homestretch.store.tables.sinks import notification_wishes as wishes

type Notices = Sequence[Row[tuple[object, ...]]]
type Values = Mapping[str, object]


class Confirmation(TypedDict):
    """By what an e-mail address is confirmed: a code or a token (kept as hashes), and the wrong ones so far."""

    code: str
    token: str
    until_ms: int
    tries: int


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an account's notices are sent (see the table); `secret` is encrypted and in no repr."""

    id: int
    public_id: str
    account_id: int
    way: str
    settings: Mapping[str, str]
    choices: Mapping[str, bool]
    by_admin: bool
    paused: bool
    stop_token: str
    created_ms: int
    state: ChannelState
    reason: str | None
    retry_at_ms: int | None
    failures: int
    sent_ms: int | None
    device_hash: str | None
    session_hash: str | None
    address_state: AddressState
    confirmation: Confirmation | None = field(default=None, repr=False)
    secret: str | None = field(default=None, repr=False)

    def sends(self, kind: Kind) -> bool:
        """Return whether notices of a kind are sent."""
        return self.choices.get(kind.key, kind.sent)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an account wants its notices sent; quiet hours are minutes of the day (None: no such hours)."""

    quiet_from: int | None = None
    quiet_until: int | None = None
    digest: Digest = "off"
    health_values: bool = False


def shown(reader: Reader, scope: Scope, limit: int = 200) -> Notices:
    """Return the notices of an athlete and of the account, which it has not put away, the newest first.

    `seen` is when the account has seen one, `connection` the public id of the connection it is about.
    """
    seen = notification_states.c.seen_ms if scope.account_id else notifications.c.seen_ms
    query = (
        select(notifications, seen.label("seen"), connections.c.public_id.label("connection"))
        .outerjoin(connections, connections.c.id == notifications.c.connection_id)
        .outerjoin(notification_states, _state_of(scope.account_id))
        .where(_open_to(scope), notification_states.c.dismissed_ms.is_(None))
        .order_by(notifications.c.id.desc())
        .limit(limit)
    )
    return [row for row in reader.rows(query) if _may(scope, row.code)]


def count_unseen(reader: Reader, scope: Scope) -> int:
    """Return how many of the notices that are shown the account has not seen."""
    return sum(row.seen is None for row in shown(reader, scope))


def see(session: Writer, scope: Scope, now: int) -> None:
    """Keep that an account (None: the system) has seen what it is shown."""
    news = [row.id for row in shown(session, scope) if row.seen is None]
    fresh = notifications.c.id.in_(news) & notifications.c.seen_ms.is_(None)
    session.run(update(notifications).where(fresh).values(seen_ms=now))
    if scope.account_id is not None and news:
        rows = [{"notification_id": one, "account_id": scope.account_id, "seen_ms": now} for one in news]
        session.insert_new(notification_states, rows)


def see_one(session: Writer, account_id: int, notice: int, now: int) -> None:
    """Keep that an account has seen a notice."""
    session.insert_new(notification_states, [{"notification_id": notice, "account_id": account_id, "seen_ms": now}])


def dismiss(session: Writer, scope: Scope, notice: int, now: int) -> bool:
    """Put a notice away for an account, or for all where the system does; return whether it was shown."""
    if all(row.id != notice for row in shown(session, scope)):
        return False
    if scope.account_id is None:
        session.run(delete(notifications).where(notifications.c.id == notice))
        return True
    fresh = (notifications.c.id == notice) & notifications.c.seen_ms.is_(None)
    session.run(update(notifications).where(fresh).values(seen_ms=now))
    key = {"notification_id": notice, "account_id": scope.account_id}
    session.insert_new(notification_states, [{**key, "seen_ms": now}])
    mine = [notification_states.c[name] == value for name, value in key.items()]
    session.run(update(notification_states).where(*mine).values(dismissed_ms=now))
    return True


def abouts(reader: Reader, account_id: int, code: str, *, unread: bool = False) -> dict[int, object]:
    """Return what notices of a kind for an account are about, by their ids; only those not seen, if so asked."""
    mine = (notifications.c.account_id == account_id) & (notifications.c.code == code)
    rows = reader.rows(select(notifications.c.id, notifications.c.details, notifications.c.seen_ms).where(mine))
    return {row.id: row.details.get("about") for row in rows if row.seen_ms is None or not unread}


def add_for_account(session: Writer, account_id: int, now: int, code: str, details: Values) -> None:
    """Keep a notice about an account."""
    row = {"account_id": account_id, "at_ms": now, "code": code, "details": dict(details)}
    session.run(insert(notifications).values(row))


def forget(session: Writer, ids: Sequence[int]) -> None:
    """Delete notices."""
    session.run(delete(notifications).where(notifications.c.id.in_(ids)))


def _open_to(scope: Scope) -> ColumnElement[bool]:
    if scope.account_id is None:
        return notifications.c.athlete_id == scope.athlete_id
    # Each by an index of its own: SQLite looks through all notifications for one or the other.
    of_athlete = select(notifications.c.id).where(notifications.c.athlete_id == scope.athlete_id)
    of_account = select(notifications.c.id).where(notifications.c.account_id == scope.account_id)
    return notifications.c.id.in_(union(of_athlete, of_account).scalar_subquery())


def _state_of(account_id: int | None) -> ColumnElement[bool]:
    mine = notification_states.c.account_id == (account_id or 0)
    return and_(notification_states.c.notification_id == notifications.c.id, mine)


def _may(scope: Scope, code: str) -> bool:
    kind = KINDS.get(code)
    return kind is None or kind.right is None or scope.may(kind.right)


def to_send(reader: Reader, channel: Channel, since_ms: int, now: int) -> Notices:
    """Return the notices since an instant that a channel sends and has not been handed, the oldest first.

    Those about athletes that the account may still see, in so far as its role goes, and about itself; none that it has
    seen. `athlete` is the name of the athlete, null for none.
    """
    held = held_by(reader, channel.account_id, now)
    handed = exists().where(deliveries.c.channel_id == channel.id, deliveries.c.notification_id == notifications.c.id)
    seen = exists().where(_state_of(channel.account_id))
    query = (
        select(notifications, athletes.c.name.label("athlete"))
        .outerjoin(athletes, athletes.c.id == notifications.c.athlete_id)
        .where(notifications.c.at_ms >= since_ms, ~handed, ~seen)
    )
    # Each by an index of its own: SQLite looks through all notifications for one or the other.
    of_athletes = reader.rows(query.where(notifications.c.athlete_id.in_(held)))
    of_oneself = reader.rows(query.where(notifications.c.account_id == channel.account_id))

    def is_wanted(row: Row[tuple[object, ...]]) -> bool:
        kind = KINDS.get(row.code)
        if kind is None or not channel.sends(kind):
            return False
        if row.athlete_id is None:
            return True
        scope = held[row.athlete_id].scope(row.athlete_id, channel.account_id)
        return scope.may("notifications: edit") and _may(scope, row.code)

    found = sorted((*of_athletes, *of_oneself), key=lambda row: int(row.id))
    return [row for row in found if is_wanted(row)]


def first_athlete(reader: Reader, account_id: int) -> int | None:
    """Return the first athlete for which an account has a role of its own for good, or None."""
    mine = (grants.c.account_id == account_id) & athletes.c.removed_ms.is_(None)
    first = select(func.min(athletes.c.id)).join(grants, grants.c.athlete_id == athletes.c.id)
    found: int | None = reader.scalar(first.where(mine))
    return found


def claim(session: Writer, channel_id: int, notices: Iterable[int], now: int) -> None:
    """Note that notices are handed to a channel."""
    rows = [{"channel_id": channel_id, "notification_id": one, "at_ms": now} for one in notices]
    session.run(insert(deliveries), rows)


def unclaim(session: Writer, channel_id: int, notices: Sequence[int]) -> None:
    """Note that notices did not reach a channel after all."""
    mine = (deliveries.c.channel_id == channel_id) & deliveries.c.notification_id.in_(notices)
    session.run(delete(deliveries).where(mine))


def channels_of(reader: Reader, account_id: int | None = None) -> list[Channel]:
    """Return an account's channels, or everybody's, the oldest first."""
    where = [] if account_id is None else [channels.c.account_id == account_id]
    return [Channel(**row._mapping) for row in reader.rows(select(channels).where(*where).order_by(channels.c.id))]


def find_channel(reader: Reader, public_id: str, account_id: int | None = None) -> Channel:
    """Return a channel by its public id, of an account or (None) of anybody. Raises NotFound."""
    for one in channels_of(reader, account_id):
        if one.public_id == public_id:
            return one
    raise NotFound(what="channel", id=public_id)


def channel_by_id(reader: Reader, channel_id: int) -> Channel | None:
    """Return a channel, or None once it was removed."""
    row = reader.row(select(channels).where(channels.c.id == channel_id))
    return None if row is None else Channel(**row._mapping)


def channel_of_device(reader: Reader, device_hash: str) -> Channel | None:
    """Return the channel of a device for push, anybody's; None for a device that has none."""
    row = reader.row(select(channels).where(channels.c.device_hash == device_hash))
    return None if row is None else Channel(**row._mapping)


def add_channel(session: Writer, values: Values) -> None:
    """Keep a channel that nothing was sent to so far."""
    session.run(insert(channels).values(**values, state="ready", failures=0))


def set_channel(session: Writer, channel_id: int, values: Values) -> None:
    """Set columns of a channel."""
    session.run(update(channels).where(channels.c.id == channel_id).values(**values))


def pause_by_token(session: Writer, token: str) -> bool:
    """Pause the channel that a token of an e-mail ends; return whether there is one."""
    return bool(session.run(update(channels).where(channels.c.stop_token == token).values(paused=True)))


def remove_channel(session: Writer, channel_id: int) -> None:
    """Remove a channel."""
    session.run(delete(channels).where(channels.c.id == channel_id))


def wishes_of(reader: Reader, account_id: int) -> Wishes:
    """Return how an account wants its notices sent."""
    query = select(*(wishes.c[name] for name in Wishes.__slots__)).where(wishes.c.account_id == account_id)
    row = reader.row(query)
    return Wishes() if row is None else Wishes(**row._mapping)


def put_wishes(session: Writer, account_id: int, new: Wishes) -> None:
    """Keep how an account wants its notices sent."""
    row = {name: getattr(new, name) for name in Wishes.__slots__}
    session.put(wishes, [{"account_id": account_id, **row}])
