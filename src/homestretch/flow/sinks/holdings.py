"""What we hold for a sink, read as the pages show it: the one module of flow that reads a view.

What is sent on is what is shown, so both ask the same question; see decision 27.
"""

from collections.abc import Collection

from homestretch.flow.runtime.context import Context
from homestretch.model.health.sample import Sample
from homestretch.sinks.base import Latest
from homestretch.store.database import Reader
from homestretch.store.queries import sinks as stored
from homestretch.store.queries.measurements import home_zone
from homestretch.store.queries.sinks import StoredSink
from homestretch.store.scope import Scope
from homestretch.views.sinks import samples as views


def whole_until(reader: Reader, sink: StoredSink, now_ms: int) -> str:
    """Return the newest day that is over for an athlete and their devices."""
    return views.whole_until(reader, Scope(sink.athlete_id), now_ms)


class Holdings:
    """What we hold of an athlete's days, of the kinds that go to one sink (see `sinks.base.Held`)."""

    def __init__(self, context: Context, sink: StoredSink) -> None:
        self.context, self.sink, self.scope = context, sink, Scope(sink.athlete_id)
        self._kinds = sink.sent_kinds
        with context.database.read() as reader:
            self.zone = home_zone(reader, sink.athlete_id)
            self.whole_until = whole_until(reader, sink, context.clock())
            self._bounds = stored.day_bounds(reader, sink.athlete_id, self.whole_until)

    @property
    def kinds(self) -> Collection[str]:
        """The kinds that are sent."""
        return self._kinds

    def samples(self, since: str, until: str, kinds: Collection[str] | None = None) -> list[Sample]:
        """Return the samples of whole days, from one day to another, both included."""
        with self.context.database.snapshot() as reader:
            return views.day_samples(reader, self.scope, self._kinds if kinds is None else kinds, since, until)

    def bounds(self) -> tuple[str, str] | None:
        """Return the first and the last whole day that there is."""
        return self._bounds

    def start_ms(self, day: str) -> int:
        """Return when a local day begins, UTC ms."""
        return views.start_of(self.zone, day)

    def latest(self) -> Latest:
        """Return the newest whole day and today."""
        now = self.context.clock()
        with self.context.database.snapshot() as reader:
            whole = views.newest_samples(reader, self.sink, now)
            return Latest(whole, views.today_samples(reader, self.scope, self._kinds, now))

    def intraday(self, day: str) -> list[Sample]:
        """Return what was measured through a day."""
        with self.context.database.snapshot() as reader:
            return views.intraday_samples(reader, self.scope, self._kinds, day)

    def rewriting(self) -> None:
        """Note that everything is to be compared again, should this push be cut short."""
        with self.context.database.write() as session:
            stored.set_state(session, self.sink.id, {"basis": None})
