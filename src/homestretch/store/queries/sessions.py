"""Keeps and reads who is signed in."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, and_, delete, exists, insert, or_, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import accounts
from homestretch.store.tables.ops import logins, second_factors, sessions
from homestretch.store.tables.sinks import notification_channels

type Kind = Literal["password", "passkey", "oidc", "proxy"]
HOUR_MS = 3_600_000
#: How long a session lasts without a request, and at most.
IDLE_MS: dict[Kind, int] = {
    "password": 14 * 24 * HOUR_MS, "passkey": 14 * 24 * HOUR_MS, "oidc": 24 * HOUR_MS, "proxy": 24 * HOUR_MS,
}  # fmt: skip
LONGEST_MS: dict[Kind, int] = {
    "password": 30 * 24 * HOUR_MS, "passkey": 30 * 24 * HOUR_MS, "oidc": 7 * 24 * HOUR_MS,
    "proxy": 7 * 24 * HOUR_MS,
}  # fmt: skip
#: Half a session: the password was right, the second factor is still to come. `_lasts` knows no such kind, so that
#: nothing here takes one for a session.
HALF = "half"
HALF_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to begin: how the person signed in, and from where."""

    account_id: int
    kind: Kind = "password"
    agent: str = ""
    address: str = ""
    login_id: int | None = None
    sid: str | None = None
    id_token: str | None = None


class Session(NamedTuple):
    """A session that lasts."""

    token_hash: str
    account_id: int
    username: str
    is_admin: bool
    kind: Kind
    login_id: int | None
    id_token: str | None
    agent: str
    address: str
    created_ms: int
    seen_ms: int
    strong_ms: int
    has_factor: bool


_HAS_FACTOR = exists().where(second_factors.c.account_id == sessions.c.account_id, second_factors.c.secret.is_not(None))
_COLUMNS = [
    *(accounts.c[name] if name in ("username", "is_admin") else sessions.c[name] for name in Session._fields[:-1]),
    _HAS_FACTOR.label("has_factor"),
]


def _lasts(now: int) -> ColumnElement[bool]:
    idle = [and_(sessions.c.kind == kind, sessions.c.seen_ms > now - wait) for kind, wait in IDLE_MS.items()]
    return and_(sessions.c.expires_ms > now, or_(*idle))


def _found(now: int, *where: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [_lasts(now), *where]


def session_of(reader: Reader, token_hash: str, now: int) -> Session | None:
    """Return a session by the hash of its token; None when it has ended."""
    query = select(*_COLUMNS).join(accounts, accounts.c.id == sessions.c.account_id)
    row = reader.row(query.where(*_found(now, sessions.c.token_hash == token_hash)))
    return None if row is None else Session(**row._mapping)


def sessions_of(reader: Reader, account_id: int, now: int) -> list[Session]:
    """Return the sessions of an account, the last used first."""
    query = select(*_COLUMNS).join(accounts, accounts.c.id == sessions.c.account_id)
    query = query.where(*_found(now, sessions.c.account_id == account_id))
    return [Session(**row._mapping) for row in reader.rows(query.order_by(sessions.c.seen_ms.desc()))]


def add_session(session: Writer, token_hash: str, new: NewSession, now: int) -> None:
    """Begin a session, whose person has just shown who it is; not so by a proxy, which is not asked again."""
    session.run(delete(sessions).where(sessions.c.expires_ms < now))
    row = {name: getattr(new, name) for name in NewSession.__slots__}
    times = {"created_ms": now, "seen_ms": now, "expires_ms": now + LONGEST_MS[new.kind]}
    times["strong_ms"] = 0 if new.kind == "proxy" else now
    session.run(insert(sessions), {**row, **times, "token_hash": token_hash})


def add_half(session: Writer, token_hash: str, account_id: int, now: int) -> None:
    """Begin half a session of somebody whose password was right."""
    session.run(delete(sessions).where(sessions.c.expires_ms < now))
    row = {"token_hash": token_hash, "account_id": account_id, "kind": HALF}
    session.run(insert(sessions), {**row, "created_ms": now, "expires_ms": now + HALF_MS})


def half_of(reader: Reader, token_hash: str, now: int) -> int | None:
    """Return whose half a session is; None when it has ended."""
    mine = [sessions.c.token_hash == token_hash, sessions.c.kind == HALF, sessions.c.expires_ms > now]
    found: int | None = reader.scalar(select(sessions.c.account_id).where(*mine))
    return found


def end_half(session: Writer, token_hash: str) -> bool:
    """End half a session; return whether it was there."""
    mine = [sessions.c.token_hash == token_hash, sessions.c.kind == HALF]
    return bool(session.run(delete(sessions).where(*mine)))


def see_session(session: Writer, token_hash: str, now: int) -> None:
    """Keep that a session was used."""
    session.run(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_ms=now))


def renew_session(session: Writer, old_hash: str, new_hash: str, now: int) -> bool:
    """Give a session a new token, as its person has just shown who it is; return whether it still lasted."""
    mine = _found(now, sessions.c.token_hash == old_hash)
    device = notification_channels.c.session_hash == old_hash
    session.run(update(notification_channels).where(device).values(session_hash=new_hash))
    return bool(session.run(update(sessions).where(*mine).values(token_hash=new_hash, seen_ms=now, strong_ms=now)))


def end_session(session: Writer, token_hash: str) -> None:
    """End a session; the device that turned on push in it gets no more."""
    session.run(delete(notification_channels).where(notification_channels.c.session_hash == token_hash))
    session.run(delete(sessions).where(sessions.c.token_hash == token_hash))


def end_sessions(session: Writer, account_id: int, *, begins: str = "", but: str | None = None) -> int:
    """End an account's sessions whose hash begins so, all but one, with the push of their devices; return how many.

    A session that expired is gone, and the push of its device is not: it ends here too.
    """

    def mine(account: Column[int], name: Column[str]) -> list[ColumnElement[bool]]:
        found = [account == account_id, name.startswith(begins, autoescape=True)]
        return [*found, name != but] if but is not None else found

    devices = notification_channels.c
    session.run(delete(notification_channels).where(*mine(devices.account_id, devices.session_hash)))
    return session.run(delete(sessions).where(*mine(sessions.c.account_id, sessions.c.token_hash)))


def end_sessions_of_login(session: Writer, login_id: int) -> int:
    """End the sessions that began by a login; return how many."""
    return _end(session, sessions.c.login_id == login_id)


def end_sessions_at(session: Writer, issuer: str, subject: str | None, sid: str | None) -> list[int]:
    """End the sessions of a person or of one session at an issuer; return of each whose it was."""
    theirs = [logins.c.issuer == issuer, *([logins.c.subject == subject] if subject else [])]
    mine = [sessions.c.login_id.in_(select(logins.c.id).where(*theirs))]
    which = [*mine, *([sessions.c.sid == sid] if sid else [])]
    whose = [row.account_id for row in session.rows(select(sessions.c.account_id).where(*which))]
    _end(session, *which)
    return whose


def _end(session: Writer, *which: ColumnElement[bool]) -> int:
    ended = select(sessions.c.token_hash).where(*which)
    session.run(delete(notification_channels).where(notification_channels.c.session_hash.in_(ended)))
    return session.run(delete(sessions).where(*which))


def forget_id_tokens(session: Writer) -> None:
    """Forget what providers said of who is signed in: its key is no more."""
    session.run(update(sessions).values(id_token=None))
