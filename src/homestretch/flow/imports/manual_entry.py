"""Enters an activity by hand: the values typed become an original of its own, imported like any other."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.compute.athlete_inputs import person_of
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask, decode_original, recording_key
from homestretch.flow.runtime.context import Context
from homestretch.formats import manual
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, identities

EARLIEST, LATEST = 1900, 2199
#: So many are kept in one transaction: many more would keep others from writing.
PORTION = 50
RENAMED = {"start_local": "start", "avg_hr_bpm": "avg_heart_rate_bpm"}


def enter(context: Context, scope: Scope, typed: Mapping[str, Any], idempotency_key: str | None = None) -> str:
    """Keep what was typed as an original and return the public id of its activity. Raises BadRequest."""
    scope.must("activities: edit")
    context.must_have_room()
    fields = {RENAMED.get(name, name): value for name, value in typed.items() if value is not None}
    _check_time(context, scope, fields)
    # The nonce separates two equal activities, and makes the same request twice one activity.
    fields["nonce"] = idempotency_key or secrets.token_hex(8)
    return keep_entry(context, scope, manual.encode(**fields), "entered manually")


def keep_entry(context: Context, scope: Scope, data: bytes, path: str) -> str:
    """Keep an activity without a file (`formats.manual.encode`) and return its public id. Raises BadRequest."""
    entries = Entries(context, scope)
    entries.add(data, path)
    entries.keep()
    digest = hashlib.sha256(data).hexdigest()
    mine = (identities.c.athlete_id == scope.athlete_id) & (identities.c.key == recording_key(digest, 0))
    with context.database.read() as reader:
        found = reader.scalar(select(identities.c.public_id).where(mine))
    if found is None:
        raise NotFound(what="recording", id=digest)
    return str(found)


class Entries:
    """Activities without a file on their way in: kept a portion at a time, each portion whole or not at all."""

    def __init__(self, context: Context, scope: Scope) -> None:
        self.context, self.scope = context, scope
        self._waiting: dict[str, tuple[Arrival, DecodeResult]] = {}
        with context.database.read() as reader:
            self._person = person_of(reader, scope.athlete_id)

    def add(self, data: bytes, path: str, batch_id: int | None = None) -> None:
        """Prepare one (`formats.manual.encode`), and keep those before it if they make a portion. Raises BadRequest."""
        digest = hashlib.sha256(data).hexdigest()
        task = DecodeTask(digest, path, data, person=self._person)
        prepared = decode_original(self.context.archive, task)
        if not prepared.recordings:
            raise BadRequest(reason=f"This can't be an activity: {', '.join(prepared.notes)}.")
        self._waiting[digest] = (Arrival(digest, len(data), path, batch_id, provider="manual"), prepared)
        if len(self._waiting) >= PORTION:
            self.keep()

    def keep(self) -> None:
        """Keep those that wait."""
        if self._waiting:
            arrivals, prepared = zip(*self._waiting.values(), strict=True)
            with self.context.database.write() as session:
                keep_arrivals(self.context, session, self.scope.athlete_id, arrivals)
                keep_outcomes(self.context, session, self.scope.athlete_id, prepared)
            self._waiting.clear()


def _check_time(context: Context, scope: Scope, fields: dict[str, Any]) -> None:
    try:
        start = datetime.fromisoformat(fields["start"])
    except ValueError as error:
        raise BadRequest(reason=f"{fields['start']} is not a time. Write it like 2026-11-20T07:30.") from error
    if not EARLIEST <= start.year <= LATEST:
        raise BadRequest(reason=f"{fields['start']} can't be the start of an activity.")
    if start.tzinfo is not None:
        return
    if "zone" not in fields:
        with context.database.read() as reader:
            home = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == scope.athlete_id))
        fields["zone"] = home or context.settings.home_zone or "UTC"
    if fields["zone"] not in available_timezones():
        raise BadRequest(reason=f"{fields['zone']} is not a time zone. Use a name such as Europe/Prague.")
