"""Planned sessions at providers: each sending is a proposal, and what is there is kept once it was applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from homestretch.analysis.zone import offset_at
from homestretch.errors import BadRequest, Conflict
from homestretch.flow.writeback.states import APPROVED, OPEN, REJECTED
from homestretch.flow.writeback.waiting import say_what_waits
from homestretch.model.documents.coach_sending import SentDocument
from homestretch.model.moment import instant
from homestretch.net.budget import ChangeRejected
from homestretch.sources.base import Change
from homestretch.sources.registry import sources
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.measurements import home_zone
from homestretch.store.queries.sent_sessions import (
    SESSION,
    Record,
    change_session_proposals,
    find_sent,
    put_sent,
    put_session_proposal,
    session_proposals,
    set_taken_away,
)
from homestretch.store.scope import Scope

#: So far behind UTC no clock is: a day is over everywhere then.
_LATEST = timedelta(hours=12)
_SAME = "The values are now the same."


@dataclass(frozen=True, slots=True)
class ProposedSession:
    """A session to send to a connection (its row): from what is there to what is to be there; None is nothing."""

    connection_id: int
    source: str
    session: str
    remote_key: str
    before: SentDocument | None
    after: SentDocument | None


def propose_sessions(session: Writer, scope: Scope, changes: Sequence[ProposedSession], now: int) -> list[int]:
    """Write down proposals; an open one takes the newest values. Return their numbers. Raises BadRequest."""
    scope.must("proposals: make")
    known = {(row.connection_id, row.subject): row.id for row in session_proposals(session, scope.athlete_id, (OPEN,))}
    made = []
    for change in changes:
        if SESSION not in sources()[change.source].writes:
            raise BadRequest(reason=f"{sources()[change.source].name} takes no planned sessions.")
        values = {"provider_key": change.remote_key, "before": change.before, "after": change.after, "made_ms": now}
        number = known.get((change.connection_id, change.session))
        if number is not None:
            change_session_proposals(session, [number], OPEN, values)
            made.append(int(number))
            continue
        keys = (scope.athlete_id, change.connection_id, change.session)
        made.append(put_session_proposal(session, *keys, OPEN, values))
    say_what_waits(session, scope, now)
    return made


def drop_open(session: Writer, numbers: Sequence[int]) -> None:
    """Reject open proposals that would change nothing any more."""
    change_session_proposals(session, numbers, OPEN, {"state": REJECTED, "note": _SAME})


def session_change(reader: Reader, proposal: Record, now: int) -> Change:
    """Return what a proposal makes of a session at a provider. Raises ChangeRejected where its day is over."""
    sent = find_sent(reader, proposal.connection_id, proposal.subject)
    there = None if sent is None or sent.removed_ms is not None else sent
    after: SentDocument | None = proposal.after
    document: SentDocument | None = after or proposal.before
    if document is None:
        raise ChangeRejected(name="Homestretch", reason="there is nothing to send.")
    day = there.day if after is None and there is not None else document["date"]
    if day < _earliest_today(reader, proposal.athlete_id, now):
        raise ChangeRejected(name="Homestretch", reason=f"{day} is over, and days in the past stay as they are.")
    details = {
        "external_id": f"homestretch:{document['plan']}:{proposal.subject}",
        "digest": document["digest"][:12],
        "date": day,
        "start": document["start"],
        "was": None if there is None else there.day,
        "name": document["title"],
        "note": document["note"],
        "sport": document["sport"],
        "minutes": document["minutes"],
        "indoor": document["indoor"],
    }
    key = "" if there is None else there.remote_key
    return Change("session", key, document["title"], b"" if after is None else after["body"].encode(), details)


def keep_sent(session: Writer, proposal: Record, remote_key: str, now: int) -> None:
    """Keep what is at the provider, now that a proposal was applied."""
    if proposal.after is None:
        set_taken_away(session, proposal.connection_id, proposal.subject, now)
        return
    put_sent(session, proposal.athlete_id, proposal.connection_id, proposal.subject, remote_key, proposal.after, now)


def must_be_last(reader: Reader, proposal: Record) -> None:
    """Raise Conflict where a session was sent again, or taken away, since a proposal was applied."""
    sent = find_sent(reader, proposal.connection_id, proposal.subject)
    there = None if sent is None or sent.removed_ms is not None else sent.digest
    if there != (None if proposal.after is None else proposal.after["digest"]):
        raise Conflict(reason="This session was changed there again since then. Undo the last change.")
    waiting = session_proposals(reader, proposal.athlete_id, (APPROVED,))
    if any((one.connection_id, one.subject) == (proposal.connection_id, proposal.subject) for one in waiting):
        raise Conflict(reason="Another change of this session is on its way. Try again in a moment.")


def _earliest_today(reader: Reader, athlete_id: int, now: int) -> str:
    """Return the athlete's local day; without a home zone the day where it begins last."""
    zone = home_zone(reader, athlete_id)
    offset = offset_at(zone, now) if zone else None
    behind = -_LATEST if offset is None else timedelta(seconds=offset)
    return (instant(now) + behind).date().isoformat()
