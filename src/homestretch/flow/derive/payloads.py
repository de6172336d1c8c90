"""Payloads about days, gear and names of activities, derived: again for each day that changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import batched
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from homestretch.flow.derive.activities import refresh
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.model.health.measurement import Title, Wellness
from homestretch.sources.registry import sources
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.payloads import LISTING, current, read_payloads
from homestretch.store.queries.wellness import days_said, forget_wellness, put_wellness
from homestretch.store.tables.derived import payload_outcomes, recordings, remote_gear, titles
from homestretch.store.tables.derived_days import intraday, measurements, nights
from homestretch.store.tables.kept import arrivals, connections, payloads
from homestretch.store.tables.ops import remote_items

#: The kind of payload that lists gear; what answers about one item has a kind that begins with it and a colon.
GEAR = "gear"
#: So many payloads are taken up at once.
PORTION = 500


def _stale(*columns: Any) -> Select[Any]:
    """Return the query for payloads without an outcome of today's code."""
    fresh = (payload_outcomes.c.payload_id == payloads.c.id) & payload_outcomes.c.version.in_(
        [source.version for source in sources().values()]
    )
    return (
        select(*columns)
        .select_from(payloads.join(connections, connections.c.id == payloads.c.connection_id))
        .where(~select(payload_outcomes.c.payload_id).where(fresh).exists())
    )


def stale_athletes(context: Context, *, whole: bool = True) -> list[int]:
    """Return the athletes with payloads to decode; without `whole` only those with new payloads."""
    with context.database.read() as reader:
        last = reader.scalar(select(func.max(payload_outcomes.c.payload_id)))
        if last is not None and not whole:
            new = select(payloads.c.athlete_id).where(payloads.c.id > last).distinct()
            return [row.athlete_id for row in reader.rows(new)]
        return [row.athlete_id for row in reader.rows(_stale(payloads.c.athlete_id).distinct())]


def decode_stale(context: Context, athlete_id: int, wait_s: float = 0.0) -> int:
    """Decode what is to be decoded for the athlete; return how many payloads that was. Raises Occupied.

    This ends: each payload that was looked at has an outcome of today's code then, whether it still holds or not.
    """
    done = 0
    with lease(context, f"tell:{athlete_id}", wait_s=wait_s) as held:
        while True:
            with context.database.read() as reader:
                mine = payloads.c.athlete_id == athlete_id
                columns = [column for column in payloads.c if column.name != "data"]
                query = _stale(*columns, connections.c.source).where(mine).order_by(payloads.c.id)
                stale = reader.rows(query.limit(PORTION))
                if not stale:
                    return done
                holds = reader.rows(current().where(mine))
                job = _Decoding(athlete_id, stale, holds)
                job.read(reader)
            with context.database.write() as session:
                job.write(session)
            done += len(stale)
            held.renew()


@dataclass(slots=True)
class _Decoding:
    """One portion of stale payloads, and the payloads that hold."""

    athlete_id: int
    stale: Sequence[Row[Any]]
    holds: Sequence[Row[Any]]
    decoded: dict[int, Wellness] | None = None

    def read(self, reader: Reader) -> None:
        """Decode the stale ones that hold, and all others about the same days."""
        holding = {row.id for row in self.holds}
        self.decoded = self._decoded(reader, [row for row in self.stale if row.id in holding])
        days = {day for wellness in self.decoded.values() for day in wellness.days} | self._lost(reader, holding)
        near = self._near(reader, days)
        kinds = {_plain(row) for row in self.stale}
        if kinds & {LISTING, GEAR}:
            near += [row for row in self.holds if _plain(row) in (LISTING, GEAR)]
        self.decoded |= self._decoded(reader, [row for row in near if row.id not in self.decoded])

    def _near(self, reader: Reader, days: set[str]) -> list[Row[Any]]:
        """Return the payloads that hold and cover any of these days."""
        outcome = payload_outcomes.c
        mine = (outcome.athlete_id == self.athlete_id) & outcome.since.is_not(None)
        rows = reader.rows(select(outcome.payload_id, outcome.since, outcome.until).where(mine))
        ordered = sorted(days)
        near = {row.payload_id for row in rows if bisect_left(ordered, row.since) < bisect_right(ordered, row.until)}
        return [row for row in self.holds if row.id in near]

    def _lost(self, reader: Reader, holding: set[int]) -> set[str]:
        """Return the days on which a payload that does not hold any more has the word."""
        return days_said(reader, self.athlete_id, self._gone(reader, holding))

    def _gone(self, reader: Reader, holding: set[int]) -> list[str]:
        """Return the digests of payloads that covered days, do not hold any more, and were not forgotten yet."""
        mine = (payload_outcomes.c.athlete_id == self.athlete_id) & payload_outcomes.c.since.is_not(None)
        rows = reader.rows(select(payload_outcomes.c.payload_id, payload_outcomes.c.digest).where(mine))
        still = {row.digest for row in self.holds}
        return sorted({row.digest for row in rows if row.payload_id not in holding} - still)

    def _decoded(self, reader: Reader, rows: Iterable[Row[Any]]) -> dict[int, Wellness]:
        rows = list(rows)
        data = read_payloads(reader, [row.id for row in rows])
        return {row.id: sources()[row.source].decode(row.kind, data[row.id]) for row in rows if row.id in data}

    def write(self, session: Writer) -> None:
        """Put the days' present values, in the order in which they came, and the outcomes."""
        decoded = self.decoded or {}
        holding = {row.id for row in self.holds}
        gone = self._gone(session, holding)
        days = set(forget_wellness(session, self.athlete_id, gone))
        days |= {day for row in self.stale if row.id in decoded for day in decoded[row.id].days}
        for row in self.holds:
            if row.id in decoded:
                put_wellness(session, self.athlete_id, row.source, row.digest, decoded[row.id].within(days))
        mine = payload_outcomes.c.athlete_id == self.athlete_id
        session.run(delete(payload_outcomes).where(mine, payload_outcomes.c.payload_id.not_in(select(payloads.c.id))))
        forgotten = {"since": None, "until": None, "notes": ["superseded"]}
        for portion in batched(gone, PORTION):
            theirs = mine & payload_outcomes.c.digest.in_(portion)
            session.run(update(payload_outcomes).where(theirs).values(forgotten))
        session.put(payload_outcomes, [self._outcome(row, decoded.get(row.id)) for row in self.stale])
        for source in sorted({row.source for row in self.stale if _plain(row) in (LISTING, GEAR)}):
            owned = self._equip(session, source, decoded)
            used = self._used(source, decoded, owned)
            self._call(session, source, decoded, used)
            if any(row.source == source and row.kind != GEAR and _plain(row) == GEAR for row in self.holds):
                note_gear(session, self.athlete_id, source, used)

    def _outcome(self, row: Row[Any], decoded: Wellness | None) -> dict[str, Any]:
        days = decoded.days if decoded is not None else set()
        return {
            "since": min(days, default=None),
            "until": max(days, default=None),
            "payload_id": row.id,
            "athlete_id": self.athlete_id,
            "source": row.source,
            "digest": row.digest,
            "version": sources()[row.source].version,
            "notes": ["superseded"] if decoded is None else list(decoded.notes),
        }

    def _call(self, session: Writer, source: str, decoded: dict[int, Wellness], used: Mapping[str, str]) -> None:
        """Put what a source calls activities now; those that it calls otherwise than before are named again."""
        mine = (titles.c.athlete_id == self.athlete_id) & (titles.c.source == source)
        before = {
            row.key: Title(row.key, row.name, row.description, row.gear)
            for row in session.rows(select(titles).where(mine))
        }
        lists = [row for row in self.holds if row.kind == LISTING and row.source == source and row.id in decoded]
        listed = {title.key: title for row in lists for title in decoded[row.id].titles}
        now = {key: replace(title, gear=used.get(key, title.gear)) for key, title in listed.items()}
        changed = sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))
        if not changed:
            return
        session.run(delete(titles).where(mine))
        of = {"athlete_id": self.athlete_id, "source": source}
        rows = [
            {**of, "key": one.key, "name": one.name, "description": one.description, "gear": one.gear}
            for one in now.values()
        ]
        session.put(titles, rows)
        for portion in batched(changed, PORTION):
            _rename(session, self.athlete_id, source, portion)

    def _used(self, source: str, decoded: dict[int, Wellness], owned: Collection[str]) -> dict[str, str]:
        """Return which gear activities used, by their keys, from answers about single items."""
        rows = [row for row in self.holds if _plain(row) == GEAR and row.source == source and row.id in decoded]
        titles = [title for row in rows for title in decoded[row.id].titles]
        return {title.key: title.gear for title in titles if title.gear in owned and title.gear is not None}

    def _equip(self, session: Writer, source: str, decoded: dict[int, Wellness]) -> Collection[str]:
        """Put a source's present gear, and return its keys."""
        of = {"athlete_id": self.athlete_id, "source": source}
        session.run(
            delete(remote_gear).where(remote_gear.c.athlete_id == self.athlete_id, remote_gear.c.source == source)
        )
        lists = [
            decoded[row.id] for row in self.holds if row.kind == GEAR and row.source == source and row.id in decoded
        ]
        found = {one.key: one for wellness in lists for one in wellness.gear}
        parts = [row for row in self.holds if row.kind != GEAR and _plain(row) == GEAR and row.source == source]
        for one in (one for row in parts if row.id in decoded for one in decoded[row.id].gear):
            if one.key in found:
                found[one.key] = replace(found[one.key], distance_m=one.distance_m)
        session.put(remote_gear, [{**of, **asdict(one)} for one in found.values()])
        return found.keys()


def _plain(row: Row[Any]) -> str:
    """Return the kind of a payload without the item that it is about."""
    kind: str = row.kind
    return kind.partition(":")[0]


def note_gear(session: Writer, athlete_id: int, source: str, used: Mapping[str, str]) -> None:
    """Write down in what is known of a source's activities which gear they used; those not among these used none."""
    mine = (connections.c.athlete_id == athlete_id) & (connections.c.source == source)
    query = select(remote_items.c.connection_id, remote_items.c.key, remote_items.c.details)
    joined = remote_items.join(connections, connections.c.id == remote_items.c.connection_id)
    for row in session.rows(query.select_from(joined).where(mine, remote_items.c.kind == "activity")):
        if row.details.get("gear") != used.get(row.key):
            this = (remote_items.c.connection_id == row.connection_id) & (remote_items.c.kind == "activity")
            details = {**row.details, "gear": used.get(row.key)}
            session.run(update(remote_items).where(this, remote_items.c.key == row.key).values(details=details))


def _rename(session: Writer, athlete_id: int, source: str, keys: Sequence[str]) -> None:
    came = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == source) & arrivals.c.provider_key.in_(keys)
    digests = select(arrivals.c.digest).where(came, in_force())
    mine = (recordings.c.athlete_id == athlete_id) & recordings.c.digest.in_(digests)
    refresh(session, athlete_id, [row.id for row in session.rows(select(recordings.c.id).where(mine))])


def forget_decoded(session: Writer, athlete_id: int) -> list[str]:
    """Forget everything decoded from an athlete's payloads; those that are still there are then to be decoded again.

    Returns the originals whose name or gear came from them.
    """
    called = select(arrivals.c.digest).join(
        titles,
        (titles.c.athlete_id == arrivals.c.athlete_id)
        & (titles.c.source == arrivals.c.provider)
        & (titles.c.key == arrivals.c.provider_key),
    )
    mine = (arrivals.c.athlete_id == athlete_id) & titles.c.source.in_(list(sources()))
    named = sorted({row.digest for row in session.rows(called.where(mine))})
    for table in (measurements, nights, intraday, payload_outcomes, remote_gear, titles):
        from_payloads = table.c.source.in_(list(sources()))  # lists of archives are not payloads
        session.run(delete(table).where(table.c.athlete_id == athlete_id, from_payloads))
    return named
