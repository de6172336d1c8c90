"""Payloads about days, gear and names of activities, derived: a report for each day that one says something of."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import batched
from typing import Any

from sqlalchemy import Row, delete, exists, or_, select, update

from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.flow.runtime.watermarks import set_watermark, touch
from homestretch.model.health.day_report import day_reports
from homestretch.model.health.measurement import Title, Wellness
from homestretch.sources.registry import sources
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.day_reports import (
    PAYLOAD,
    devices_of_payloads,
    forget_reports,
    originals_of_payloads,
    put_devices,
    put_reports,
    supersede,
)
from homestretch.store.queries.payloads import LISTING, about_the_same, current, new_outcome, read_payloads
from homestretch.store.queries.watermarks import marks_of_all, watermark
from homestretch.store.tables.derived import payload_outcomes, recordings, remote_gear, titles
from homestretch.store.tables.kept import arrivals, athletes, connections, payloads
from homestretch.store.tables.ops import remote_items

#: The kind of payload that lists gear; what answers about one item has a kind that begins with it and a colon.
GEAR = "gear"
#: The mark of the versions by which all of an athlete's payloads were looked at.
JOB = "payloads"
#: So many payloads are taken up at once.
PORTION = 500


def stale_athletes(context: Context) -> list[int]:
    """Return the athletes with payloads to decode, or to look at after an update or a rebuild."""
    with context.database.read() as reader:
        stale = exists().where(payload_outcomes.c.athlete_id == athletes.c.id, payload_outcomes.c.stale)
        due = {row.id for row in reader.rows(select(athletes.c.id).where(stale))}
        having = select(athletes.c.id).where(exists().where(payloads.c.athlete_id == athletes.c.id))
        looked, today = marks_of_all(reader, JOB), _versions()
        return sorted(due | {row.id for row in reader.rows(having) if looked.get(row.id) != today})


def _versions() -> str:
    """Return what is another one where some source decodes otherwise than before."""
    every = " ".join(f"{key}.{source.version}" for key, source in sorted(sources().items()))
    return hashlib.blake2b(every.encode(), digest_size=8).hexdigest()


def _look_at_all(session: Writer, athlete_id: int) -> None:
    """Write down of every payload whether it is to be decoded, unless that was done with today's code."""
    if watermark(session, athlete_id, JOB) == _versions():
        return
    mine = payload_outcomes.c.athlete_id == athlete_id
    current_version = or_(*(
        (payload_outcomes.c.source == key) & (payload_outcomes.c.version == source.version)
        for key, source in sources().items()
    ))  # fmt: skip
    gone = payload_outcomes.c.payload_id.not_in(select(payloads.c.id).where(payloads.c.athlete_id == athlete_id))
    session.run(update(payload_outcomes).where(mine, ~current_version | gone).values(stale=True))
    known = exists().where(payload_outcomes.c.payload_id == payloads.c.id)
    query = select(payloads.c.id, payloads.c.digest, connections.c.source).join(
        connections, connections.c.id == payloads.c.connection_id
    )
    rows = session.rows(query.where(payloads.c.athlete_id == athlete_id, ~known))
    session.put(payload_outcomes, [new_outcome(row.id, athlete_id, row.source, row.digest) for row in rows])
    set_watermark(session, athlete_id, JOB, _versions())


def decode_stale(context: Context, athlete_id: int, wait_s: float = 0.0) -> int:
    """Decode what is to be decoded for the athlete; return how many payloads that was. Raises Occupied.

    This ends: each payload that was looked at has an outcome of today's code then, whether it still holds or not.
    """
    done = 0
    with lease(context, f"tell:{athlete_id}", wait_s=wait_s) as held:
        with context.database.write() as session:
            _look_at_all(session, athlete_id)
        while True:
            with context.database.read() as reader:
                job = _Decoding.of(reader, athlete_id)
                if not job.stale and not job.gone:
                    return done
                job.read(reader)
            with context.database.write() as session:
                job.write(session)
            done += len(job.stale)
            held.renew()


@dataclass(slots=True)
class _Decoding:
    """One portion of stale payloads and of payloads that are gone, and the lists that hold."""

    athlete_id: int
    stale: Sequence[Row[Any]]
    gone: Sequence[int]
    lists: Sequence[Row[Any]] = ()
    decoded: dict[int, Wellness] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "_Decoding":
        """Return the next portion."""
        mine = (payload_outcomes.c.athlete_id == athlete_id) & payload_outcomes.c.stale
        query = select(payload_outcomes.c.payload_id).where(mine).order_by(payload_outcomes.c.payload_id)
        ids = [row.payload_id for row in reader.rows(query.limit(PORTION))]
        columns = [column for column in payloads.c if column.name != "data"]
        joined = select(*columns, connections.c.source).join(connections, connections.c.id == payloads.c.connection_id)
        stale = reader.rows(joined.where(payloads.c.id.in_(ids)).order_by(payloads.c.id))
        return cls(athlete_id, stale, sorted(set(ids) - {row.id for row in stale}))

    def read(self, reader: Reader) -> None:
        """Decode the stale ones, and with a list of activities or of gear all such lists that hold."""
        rows = list(self.stale)
        if {_plain(row) for row in rows} & {LISTING, GEAR}:
            self.lists = reader.rows(current(self.athlete_id, LISTING, GEAR))
            rows += self.lists
        data = read_payloads(reader, [row.id for row in rows])
        self.decoded = {row.id: sources()[row.source].decode(row.kind, data[row.id]) for row in rows if row.id in data}

    def write(self, session: Writer) -> None:
        """Put what the stale ones say of days, names and gear, and their outcomes."""
        session.run(delete(payload_outcomes).where(payload_outcomes.c.payload_id.in_(self.gone)))
        derive_days(session, self.athlete_id, self._keep_days(session))
        session.put(payload_outcomes, [self._outcome(row) for row in self.stale])
        for source in sorted({row.source for row in self.stale if _plain(row) in (LISTING, GEAR)}):
            owned = self._equip(session, source, self.decoded)
            used = self._used(source, self.decoded, owned)
            self._call(session, source, self.decoded, used)
            if any(row.source == source and row.kind != GEAR and _plain(row) == GEAR for row in self.lists):
                note_gear(session, self.athlete_id, source, used)

    def _keep_days(self, session: Writer) -> set[str]:
        """Keep what the stale payloads say of days; return the days that may have changed.

        Payloads that are gone say nothing any more. Those that a later answer supersedes fill in what it leaves out.
        """
        ids = [row.id for row in self.stale]
        superseded = {one for thing in about_the_same(session, ids) for one in thing[:-1]}
        days = forget_reports(session, self.athlete_id, {_name(one) for one in [*ids, *self.gone]})
        days |= supersede(session, self.athlete_id, sorted(_name(one) for one in superseded - set(ids)))
        for row in self.stale:
            if row.id in self.decoded:
                days |= self._keep_day(session, row, superseded=row.id in superseded)
        return days

    def _keep_day(self, session: Writer, row: Row[Any], *, superseded: bool) -> set[str]:
        wellness, name = self.decoded[row.id], _name(row.id)
        reports = day_reports(wellness, name, row.source, row.fetched_ms, place=row.id, superseded=superseded)
        put_reports(session, self.athlete_id, list(reports))
        if not superseded:
            put_devices(session, self.athlete_id, name, row.source, row.fetched_ms, wellness.devices)
        return wellness.days

    def _outcome(self, row: Row[Any]) -> dict[str, Any]:
        decoded = self.decoded.get(row.id)
        return {
            "payload_id": row.id,
            "athlete_id": self.athlete_id,
            "source": row.source,
            "digest": row.digest,
            "version": sources()[row.source].version,
            "notes": list(decoded.notes) if decoded is not None else ["superseded"],
            "stale": False,
        }

    def _call(self, session: Writer, source: str, decoded: dict[int, Wellness], used: Mapping[str, str]) -> None:
        """Put what a source calls activities now; those that it calls otherwise than before are named again."""
        mine = (titles.c.athlete_id == self.athlete_id) & (titles.c.source == source)
        before = {
            row.key: Title(row.key, row.name, row.description, row.gear)
            for row in session.rows(select(titles).where(mine))
        }
        lists = [row for row in self.lists if row.kind == LISTING and row.source == source and row.id in decoded]
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
        rows = [row for row in self.lists if _plain(row) == GEAR and row.source == source and row.id in decoded]
        titles = [title for row in rows for title in decoded[row.id].titles]
        return {title.key: title.gear for title in titles if title.gear in owned and title.gear is not None}

    def _equip(self, session: Writer, source: str, decoded: dict[int, Wellness]) -> Collection[str]:
        """Put a source's present gear, and return its keys."""
        of = {"athlete_id": self.athlete_id, "source": source}
        session.run(
            delete(remote_gear).where(remote_gear.c.athlete_id == self.athlete_id, remote_gear.c.source == source)
        )
        lists = [
            decoded[row.id] for row in self.lists if row.kind == GEAR and row.source == source and row.id in decoded
        ]
        found = {one.key: one for wellness in lists for one in wellness.gear}
        parts = [row for row in self.lists if row.kind != GEAR and _plain(row) == GEAR and row.source == source]
        for one in (one for row in parts if row.id in decoded for one in decoded[row.id].gear):
            if one.key in found:
                found[one.key] = replace(found[one.key], distance_m=one.distance_m)
        session.put(remote_gear, [{**of, **asdict(one)} for one in found.values()])
        return found.keys()


def _name(payload_id: int) -> str:
    """Return what a payload is called among the originals of reports."""
    return f"{PAYLOAD}{payload_id}"


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
    gone = originals_of_payloads(session, athlete_id) | devices_of_payloads(session, athlete_id)
    derive_days(session, athlete_id, forget_reports(session, athlete_id, gone))
    for table in (payload_outcomes, remote_gear, titles):
        from_payloads = table.c.source.in_(list(sources()))  # lists of archives are not payloads
        session.run(delete(table).where(table.c.athlete_id == athlete_id, from_payloads))
    touch(session, athlete_id, JOB)
    return named
