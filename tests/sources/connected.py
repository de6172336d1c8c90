"""A connection to the fake Garmin, signed in to by a ticket, and a clock that goes where it is set."""

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Table, select

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.back_off import due_connections
from homestretch.flow.sync.sync import sync
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import notifications, remote_items, runs, sync_lines
from tests.fakes.garmin import Account, FakeGarmin, files
from tests.fakes.garmin.day import Day
from tests.fakes.garmin.wellness_files import wellness_zip

TODAY = date(2026, 11, 20)
#: Nothing waits, so that tests do not.
AT_ONCE = {"pause_s": 0, "step_pause_s": 0}
MOST_SLICES = 60


@dataclass(eq=False)
class Clock:
    """A clock that stands still until it is moved (UTC ms)."""

    ms: int

    @classmethod
    def at(cls, day: date, hour: float = 12, zone: str = "Europe/Helsinki") -> "Clock":
        """Return a clock that stands at an hour of a day in a zone."""
        made = cls(0)
        made.set(day, hour, zone)
        return made

    def __call__(self) -> int:
        """Return the time; each look takes a millisecond."""
        self.ms += 1
        return self.ms

    def set(self, day: date, hour: float = 12, zone: str = "Europe/Helsinki") -> None:
        """Set it to an hour of a day in a zone."""
        begun = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
        self.ms = int((begun.astimezone(UTC) + timedelta(hours=hour)).timestamp() * 1000)

    def ahead(self, **by: float) -> None:
        """Move it by a timedelta's arguments."""
        self.ms += int(timedelta(**by).total_seconds() * 1000)


def small(activities: int = 3, days: int = 3, **more: Any) -> Account:
    """Return a small account up to TODAY, whose watch was always worn."""
    return Account(
        activity_count=activities, days=days, last_day=TODAY, **dict[str, Any]({"wear": 1.1, "odd": {}} | more)
    )


def _members(content: bytes | None) -> dict[str, bytes]:
    """Return the files of a zip by their digests."""
    with zipfile.ZipFile(io.BytesIO(content or b"")) as archive:
        read = [archive.read(name) for name in archive.namelist()]
    return {hashlib.sha256(data).hexdigest(): data for data in read}


def originals(account: Account) -> dict[str, dict[str, bytes]]:
    """Return every file that the account has, by activity or day, then by digest."""
    found = {}
    for _, _, number in account.newest():
        details = account.facts(number)
        tcx = files.tcx(account, details)
        found[str(number)] = (
            {hashlib.sha256(tcx).hexdigest(): tcx}
            if details.original == "none"
            else _members(files.original(account, details))
        )
    for offset in range(account.days):
        day = account.first + timedelta(days=offset)
        if account.is_worn(day):
            found[day.isoformat()] = _members(wellness_zip(Day(account, day)))
    return found


@dataclass(eq=False)
class Connected:
    """A signed-in connection and what can be seen of it."""

    context: Context
    scope: Scope
    fake: FakeGarmin
    clock: Clock
    id: str
    table: Table = remote_items

    @classmethod
    def to(
        cls,
        context: Context,
        scope: Scope,
        fake: FakeGarmin,
        email: str | None = None,
        day: date = TODAY,
        **settings: Any,
    ) -> "Connected":
        """Sign in to the fake by a ticket, at noon of a day; settings are AT_ONCE with these."""
        clock = context.clock if isinstance(context.clock, Clock) else Clock.at(day)
        urls = context.settings.model_copy(update={"provider_urls": {"garmin": fake.url}})
        here = replace(context, settings=urls, clock=clock)
        name = flow.sign_in(here, scope, "garmin", "ticket", {"ticket": fake.browser_ticket(email)})
        flow.change(here, scope, name, settings=AT_ONCE | settings)
        fake.counts.reset()
        return cls(here, scope, fake, clock, name)

    @property
    def row(self) -> Row[Any]:
        """The connection with its standing."""
        with self.context.database.read() as reader:
            return stored.find(reader, self.scope, self.id)

    @property
    def due(self) -> bool:
        """Whether it is its turn."""
        return self.row.id in due_connections(self.context)

    def slice(self, **how: Any) -> None:
        """Let one slice of a sync go by."""
        sync(self.context, self.row.id, **how)

    def run(self) -> dict[str, int]:
        """Sync until it is nobody's turn; return the requests by route."""
        self.fake.counts.reset()
        for _ in range(MOST_SLICES):
            if not self.due:
                return self.fake.counts.routes()
            self.slice()
        raise AssertionError("it never ends")

    def next_turn(self) -> None:
        """Move the clock on to when it is due by its schedule."""
        due = self.row.next_ms
        assert due is not None
        self.clock.ms = max(self.clock.ms, due)

    def rows(self, table: Table, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """Return what is of this connection in a table, in the order in which it was written."""
        with self.context.database.read() as reader:
            found = select(table).where(table.c.connection_id == self.row.id, *where)
            return reader.rows(found.order_by(*table.primary_key.columns))

    def entry(self, kind: str, key: object) -> Row[Any]:
        """Return an entry."""
        [found] = self.rows(self.table, self.table.c.kind == kind, self.table.c.key == str(key))
        return found

    def states(self, *where: ColumnElement[bool]) -> dict[str, int]:
        """Return how many entries are in each state."""
        return dict(Counter(row.state for row in self.rows(self.table, *where)))

    def said(self, *codes: str) -> list[dict[str, Any]]:
        """Return the details of the lines of the log with these codes."""
        return [row.details for row in self.rows(sync_lines, sync_lines.c.code.in_(codes))]

    def told(self) -> list[str]:
        """Return the codes of the notices."""
        return [row.code for row in self.rows(notifications)]

    def runs(self) -> list[tuple[str, str]]:
        """Return reason and state of each run."""
        return [(row.reason, row.state) for row in self.rows(runs)]

    def asked(self, pattern: str) -> list[str]:
        """Return the URLs that were asked with this in them, since the last run began, in order."""
        return [hit.url for hit in self.fake.counts.hits if pattern in hit.url]
