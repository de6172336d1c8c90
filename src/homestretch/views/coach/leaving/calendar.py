"""The plan in force as a calendar at a secret address, for other programs: the same bytes for the same plan."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from homestretch.coach.workouts.wording import in_words
from homestretch.formats.ical import CalendarEvent, encode_calendar
from homestretch.model.coach.plan import EventDocument, sessions_of
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_sending import CalendarFeed
from homestretch.model.moment import DAY_MS, instant, iso
from homestretch.store.database import Reader
from homestretch.store.queries.calendar_feeds import feed_of_token, find_feed
from homestretch.store.queries.measurements import home_zone
from homestretch.store.queries.plans import StoredVersion, approved_version, versions_left
from homestretch.store.scope import Scope

#: So long a session that is not planned any more is still sent, as cancelled, so that calendars remove it.
CANCELLED_MS = 30 * DAY_MS


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar's bytes, and the tag that says which they are."""

    data: bytes
    tag: str


def calendar_feed(reader: Reader, scope: Scope, path: str | None = None) -> CalendarFeed:
    """Return the state of the calendar's address; its `path` is known only where it was just made."""
    found = find_feed(reader, scope)
    made, notes = (None, False) if found is None else (iso(found[0]), found[1])
    return CalendarFeed(made=made, notes=notes, path=path)


def calendar_of(reader: Reader, token: str, now_ms: int, public_url: str | None) -> CalendarFile | None:
    """Return the calendar that a token opens, or None. What is in it is the plan in force, whoever asks."""
    feed = feed_of_token(reader, token, now_ms)
    if feed is None:
        return None
    scope = feed.scope
    if not scope.may("coach: read"):
        return None
    maker = _Maker(home_zone(reader, scope.athlete_id), feed.notes, (public_url or "").rstrip("/"))
    version = approved_version(reader, scope)
    events = [] if version is None else list(maker.planned(version))
    there = {event.uid for event in events}
    for left, ended_ms in versions_left(reader, scope, now_ms - CANCELLED_MS):
        for event in maker.cancelled(left, ended_ms):
            if event.uid not in there:
                there.add(event.uid)
                events.append(event)
    data = encode_calendar(f"{feed.name}: training", sorted(events, key=lambda one: (one.day, one.uid)))
    return CalendarFile(data, hashlib.sha256(data).hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes events of sessions, in a zone, with or without notes."""

    zone: str | None
    notes: bool
    public_url: str

    def planned(self, version: StoredVersion) -> Iterator[CalendarEvent]:
        """Yield what a version in force has."""
        stamp = version.decided_ms or version.created_ms
        for session in sessions_of(version.document["weeks"]):
            yield self._session(session, version, version.version, stamp)
        for event in version.document["events"]:
            yield self._race(event, version, version.version, stamp)

    def cancelled(self, version: StoredVersion, ended_ms: int) -> Iterator[CalendarEvent]:
        """Yield what a version had still ahead when it was in force no more."""
        day = instant(ended_ms).date().isoformat()
        number = version.version + 1
        for session in sessions_of(version.document["weeks"]):
            if session.date >= day:
                yield self._session(session, version, number, ended_ms, cancelled=True)
        for event in version.document["events"]:
            if event["date"] >= day:
                yield self._race(event, version, number, ended_ms, cancelled=True)

    def _session(
        self, session: Session, version: StoredVersion, number: int, stamp: int, *, cancelled: bool = False
    ) -> CalendarEvent:
        hours, minutes = divmod(session.minutes, 60)
        lines = [f"{hours} h {minutes:02} min" if hours else f"{minutes} min"]
        if self.notes:
            lines += [words for words in (in_words(session.steps), session.why, session.fuel, session.note) if words]
        return CalendarEvent(
            uid=session.id,
            day=date.fromisoformat(session.date),
            summary=session.title or session.sport,
            sequence=number,
            stamp_ms=stamp,
            start=session.start if self.zone else None,
            zone=self.zone,
            minutes=session.minutes,
            categories=(session.sport,),
            lines=() if cancelled else tuple(lines),
            url=self._url(version.plan),
            cancelled=cancelled,
        )

    def _race(
        self, event: EventDocument, version: StoredVersion, number: int, stamp: int, *, cancelled: bool = False
    ) -> CalendarEvent:
        return CalendarEvent(
            uid=f"{version.plan}-{event['date']}",
            day=date.fromisoformat(event["date"]),
            summary=event["name"],
            sequence=number,
            stamp_ms=stamp,
            categories=(event["sport"], f"{event['priority']} event"),
            url=self._url(version.plan),
            cancelled=cancelled,
        )

    def _url(self, plan: str) -> str | None:
        return f"{self.public_url}/coach/plan/{plan}" if self.public_url else None
