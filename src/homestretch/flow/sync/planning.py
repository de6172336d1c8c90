"""What a run wants of a provider: every day from the first on, blocks of days, and again what was not over yet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, delete, exists, func, or_, select, update

from homestretch.sources.base import Kind, RemoteAccount, Source, Status
from homestretch.store.database import Writer
from homestretch.store.queries.payloads import keep_payload
from homestretch.store.queries.remote_items import (
    UNFINISHED,
    WHOLE,
    first_day_with_data,
    has_items_left,
    known_status,
    leave_out_before,
    put_status,
)
from homestretch.store.tables.ops import remote_items

#: How far back an account goes if there are no activities to show it.
NEW_ACCOUNT_DAYS = 30
#: What failed so often is left alone until somebody asks for it.
MOST_TRIES = 10
#: Kinds that one answer holds completely are read again after so many days without activities.
WHOLE_DAYS = 7
#: Blocks of days that ended longer ago stay as they are.
RECENT_DAYS = 60
#: A provider that has no news is asked for everything all the same after so long: what is new may not show there.
QUIET_MS = 6 * 3_600_000
#: What a provider was not done with is asked for again up to so many days later.
UNFINISHED_DAYS = 3
#: No device was worn before: earlier days come from a wrong clock or a typing mistake.
EARLIEST = date(1990, 1, 1)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a run is about, on the clock of the provider's account."""

    zone: str | None
    today: date
    reread_today: bool

    @classmethod
    def at(cls, now: int, zone: str | None, settings: Mapping[str, Any]) -> "Days":
        """Return the days as they are at an instant."""
        local = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone or "UTC"))
        return cls(zone, local.date(), settings.get("reread") != "yesterday")

    @property
    def yesterday(self) -> date:
        """The day before today."""
        return self.today - timedelta(days=1)

    @property
    def last(self) -> date:
        """The last day that is asked for."""
        return self.today if self.reread_today else self.yesterday

    def midnight_ms(self, day: date) -> int:
        """Return when a day is over, UTC ms."""
        after = day + timedelta(days=1)
        return int(datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(self.zone or "UTC")).timestamp() * 1000)


def plan(
    session: Writer,
    connection_id: int,
    source: Source,
    settings: Mapping[str, Any],
    days: Days,
    now: int,
    asked: Mapping[str, Any],
    account: RemoteAccount,
) -> None:
    """Write down what is wanted by today: new days, days that were read before they were over, what failed lately.

    The days that somebody asked for (`since`, `until`) are wanted again.
    """
    mine = remote_items.c.connection_id == connection_id
    first = _first_day(session, connection_id, source, account, settings, days)
    if asked.get("since"):
        first = max(EARLIEST, min(first, date.fromisoformat(asked["since"])))
    kinds = active(source, settings, account.lacks)
    known = _known(session, mine)
    rows = [row for kind in kinds for row in _rows(kind, first, days, known.get(kind.key, frozenset()))]
    fresh: dict[str, Any] = {
        "connection_id": connection_id,
        "version": None,
        "state": "wanted",
        "form": None,
        "digest": None,
        "tries": 0,
        "note": None,
        "details": {},
        "at_ms": now,
    }
    session.insert_new(remote_items, [{**fresh, **row} for row in rows])
    left = (
        mine & remote_items.c.kind.not_in([kind.key for kind in kinds]) & remote_items.c.state.in_(("wanted", "failed"))
    )
    session.run(delete(remote_items).where(left))
    daily = [kind.key for kind in kinds if kind.span in ("day", "block")]
    _fit_blocks(session, mine, source, rows, days)
    again = {"state": "wanted", "tries": 0}
    read = mine & remote_items.c.kind.in_(daily) & remote_items.c.state.in_(("have", "none"))
    _doubt_clock(session, read, days, now)
    lately = and_(
        remote_items.c.until >= _again_from(source, days, asked), remote_items.c.since <= days.last.isoformat()
    )
    recent = (days.today - timedelta(days=UNFINISHED_DAYS)).isoformat()
    unfinished_lately = and_(remote_items.c.note == UNFINISHED, remote_items.c.until >= recent)
    session.run(update(remote_items).where(read, or_(lately, unfinished_lately)).values(again))
    if asked.get("since") or asked.get("until"):
        of = and_(remote_items.c.until >= asked.get("since", ""), remote_items.c.since <= asked.get("until", "9999"))
        session.run(update(remote_items).where(read, of).values(again))
    # Days that were read on their own day, before a week without a network, say.
    unfinished = [(day, days.midnight_ms(day)) for day in _unread(session, read, days)]
    for day, midnight in unfinished:
        early = and_(remote_items.c.until == day.isoformat(), remote_items.c.at_ms < midnight)
        session.run(update(remote_items).where(read, early).values(again))
    _ask_whole(session, mine, [kind.key for kind in kinds if kind.span == "once"], days, asked)
    failed = mine & (remote_items.c.state == "failed") & (remote_items.c.tries < MOST_TRIES)
    session.run(update(remote_items).where(failed).values(state="wanted"))


def _ask_whole(session: Writer, mine: Any, kinds: Sequence[str], days: Days, asked: Mapping[str, Any]) -> None:
    """Ask again for kinds that are answered completely: on a day after one with activities, and weekly.

    That may be many answers. Also asks when somebody wants that very kind.
    """
    today = {"since": days.today.isoformat(), "until": days.today.isoformat()}
    zone = ZoneInfo(days.zone or "UTC")
    for row in session.rows(
        select(remote_items.c.kind, remote_items.c.at_ms).where(mine, remote_items.c.kind.in_(kinds))
    ):
        read = datetime.fromtimestamp(row.at_ms / 1000, UTC).astimezone(zone).date()
        fresh = or_(remote_items.c.since.between(read.isoformat(), today["until"]), remote_items.c.state == "wanted")
        did = session.scalar(select(exists().where(mine, remote_items.c.kind == "activity", fresh)))
        old = not timedelta() <= days.today - read < timedelta(days=WHOLE_DAYS)
        due = old or (did and read != days.today) or row.kind == asked.get("kind")
        again = {"state": "wanted", "tries": 0} if due else {}
        session.run(update(remote_items).where(mine, remote_items.c.kind == row.kind).values(**again, **today))


def _again_from(source: Source, days: Days, asked: Mapping[str, str | None]) -> str:
    """Return the first day that is read again: yesterday, or the first one that may have changed since."""
    found = {days.yesterday.isoformat(), asked.get("changed_since") or days.yesterday.isoformat()}
    if source.reread_days and asked.get("floor") == "":
        found.add((days.today - timedelta(days=source.reread_days)).isoformat())
    return min(found)


def has_news(
    session: Writer,
    connection: Row[Any],
    source: Source,
    status: Status,
    days: Days,
    now: int,
    asked: Mapping[str, object],
    settings: Mapping[str, object],
) -> bool:
    """Return whether a run is to go on after what the provider said of its state; if so keep that.

    It goes on where anything changed there or in the settings, on another day, after QUIET_MS, where an earlier run
    left something, and where somebody signed in or wants everything.
    """
    kind, today = source.status_kind, days.today.isoformat()
    known = known_status(session, connection.id, kind)
    set_up = ",".join(
        [str(settings.get("since")), *(one.key for one in active(source, settings, status.account.lacks))]
    )
    mark = status.mark and f"{status.mark} {set_up}"
    quiet = known is not None and (known.mark, known.day) == (mark, today) and mark != ""
    lately = known is not None and 0 <= now - known.at_ms < QUIET_MS
    wants = asked.get("signed_in") or asked.get("whole") or has_items_left(session, connection.id)
    if quiet and lately and not wants:
        return False
    put_status(session, connection.id, kind, today, mark, status.details, now)
    if status.answer is not None:
        keep_payload(session, connection, kind, WHOLE, None, status.answer.data, now, closed_ms=None)
    return True


def may_end(source: Source, settings: Mapping[str, object], account: RemoteAccount, days: Days, until: str) -> bool:
    """Return whether a backfill that has come to a day might be past all data.

    It goes on to the account's first day where that is known, whatever lies between.
    """
    if not source.empty_days or account.since or settings.get("since"):
        return False
    return until < (days.today - timedelta(days=source.empty_days)).isoformat()


def end_backfill(session: Writer, connection_id: int, source: Source, days: Days, until: str, now: int) -> bool:
    """Want nothing from a day on back if for `empty_days` after it there was nothing; return whether that is so."""
    kinds = [kind.key for kind in source.kinds if kind.span in ("day", "block")]
    first = first_day_with_data(session, connection_id, kinds) or days.today.isoformat()
    if until >= (date.fromisoformat(first) - timedelta(days=source.empty_days)).isoformat():
        return False
    leave_out_before(session, connection_id, kinds, until, now)
    return True


def _first_day(
    session: Writer,
    connection_id: int,
    source: Source,
    account: RemoteAccount,
    settings: Mapping[str, Any],
    days: Days,
) -> date:
    given = settings.get("since") or account.since or source.oldest
    if given:
        return max(EARLIEST, min(date.fromisoformat(str(given)), days.last))
    of = (remote_items.c.connection_id == connection_id) & (remote_items.c.kind == "activity")
    oldest = session.scalar(
        select(func.min(remote_items.c.since)).where(of, remote_items.c.since >= EARLIEST.isoformat())
    )
    return min(date.fromisoformat(oldest), days.last) if oldest else days.today - timedelta(days=NEW_ACCOUNT_DAYS)


def active(source: Source, settings: Mapping[str, object], lacks: Collection[str] = ()) -> list[Kind]:
    """Return the kinds that are neither switched off nor among those that the person did not allow."""
    on = (kind for kind in source.kinds if not kind.switch or settings.get(kind.switch))
    return [kind for kind in on if kind.key not in lacks]


def _doubt_clock(session: Writer, read: Any, days: Days, now: int) -> None:
    """Read again what was read at a time that has not been yet: a clock was ahead then, or is behind now.

    It may be either, so this goes but so many days back and ahead.
    """
    today, near = days.today.isoformat(), timedelta(days=RECENT_DAYS)
    late = remote_items.c.until.between((days.today - near).isoformat(), days.last.isoformat())
    session.run(update(remote_items).where(read, late, remote_items.c.at_ms > now).values(state="wanted", tries=0))
    to_come = (remote_items.c.since > today) & (remote_items.c.since <= (days.today + near).isoformat())
    session.run(update(remote_items).where(read, to_come).values(at_ms=0))


def _known(session: Writer, mine: Any) -> dict[str, frozenset[str]]:
    """Return the ends of the planned stretch of days of each kind; stretches with gaps are left out."""
    key = remote_items.c.key
    query = select(remote_items.c.kind, func.min(key).label("a"), func.max(key).label("z"), func.count().label("n"))
    days = mine & (remote_items.c.since == remote_items.c.key) & (remote_items.c.until == remote_items.c.key)
    found = {}
    for row in session.rows(query.where(days).group_by(remote_items.c.kind)):
        if (date.fromisoformat(row.z) - date.fromisoformat(row.a)).days + 1 == row.n:
            found[row.kind] = frozenset((row.a, row.z))
    return found


def _rows(kind: Kind, first: date, days: Days, known: frozenset[str]) -> Iterator[dict[str, str]]:
    if kind.span == "once":
        day = days.today.isoformat()
        yield {"kind": kind.key, "key": "all", "since": day, "until": day}
    if kind.span == "day":
        begun, ended = (min(known), max(known)) if known else ("", "")
        for number in range((days.last - first).days + 1):
            day = (first + timedelta(days=number)).isoformat()
            if known and begun <= day <= ended:
                continue
            yield {"kind": kind.key, "key": day, "since": day, "until": day}
    if kind.span == "block":
        begin = _block_of(first, kind)
        while begin <= days.yesterday:
            end = min(begin + timedelta(days=kind.block_days - 1), days.last)
            if begin <= days.yesterday <= end:
                end = days.last  # so that one question is about yesterday and today
            yield {"kind": kind.key, "key": begin.isoformat(), "since": begin.isoformat(), "until": end.isoformat()}
            begin += timedelta(days=kind.block_days)


def _block_of(day: date, kind: Kind) -> date:
    number = (day - _EPOCH).days
    return _EPOCH + timedelta(days=number - number % kind.block_days)


def _fit_blocks(session: Writer, mine: Any, source: Source, rows: list[dict[str, str]], days: Days) -> None:
    """Let the block that yesterday is in go on to the last day, until the next one has begun."""
    blocks = {kind.key for kind in source.kinds if kind.span == "block"}
    recent = (days.today - timedelta(days=RECENT_DAYS)).isoformat()
    for row in rows:
        if row["kind"] in blocks and row["until"] >= recent:
            this, until = mine & (remote_items.c.kind == row["kind"]) & (remote_items.c.key == row["key"]), row["until"]
            longer = {"until": until, "state": "wanted", "tries": 0}
            session.run(update(remote_items).where(this, remote_items.c.until < until).values(longer))
            session.run(update(remote_items).where(this, remote_items.c.until > until).values(until=until))


def _unread(session: Writer, read: Any, days: Days) -> list[date]:
    """Return the days before yesterday that something was last read of before they were over."""
    query = select(remote_items.c.until, func.min(remote_items.c.at_ms).label("at_ms")).where(
        read, remote_items.c.until < days.yesterday.isoformat()
    )
    found = []
    for row in session.rows(query.group_by(remote_items.c.until)):
        day = date.fromisoformat(row.until)
        if row.at_ms < days.midnight_ms(day):
            found.append(day)
    return found


def wanted(connection_id: int, asked: Mapping[str, Any]) -> Any:
    """Return the query for the items that a run has left to fetch, the newest first."""
    query = select(remote_items).where(remote_items.c.connection_id == connection_id, remote_items.c.state == "wanted")
    if asked.get("since"):
        query = query.where(remote_items.c.until >= asked["since"])
    if asked.get("until"):
        query = query.where(remote_items.c.since <= asked["until"])
    if asked.get("kind"):
        query = query.where(remote_items.c.kind == asked["kind"])
    return query.order_by(remote_items.c.until.desc(), remote_items.c.kind, remote_items.c.key)
