"""Changes at providers, proposed to a person: made, approved or rejected, undone. Nothing leaves from here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.derive.naming import own_name
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.provider_terms import seen_there
from homestretch.flow.writeback.session_changes import must_be_last
from homestretch.flow.writeback.states import APPLIED, APPROVED, FAILED, OPEN, REJECTED
from homestretch.flow.writeback.waiting import say_what_waits
from homestretch.sources._seen import is_digest, says
from homestretch.sources.base import CORRECTED
from homestretch.sources.registry import sources
from homestretch.store.database import Writer
from homestretch.store.queries import connections as stored
from homestretch.store.queries.open_proposals import newest_open
from homestretch.store.queries.sent_sessions import SESSION
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import connections, identities, proposals

#: Requests besides corrections: to fetch a provider's recording of an activity, to link its key at another source, and
#: to subscribe to webhooks.
FILE, LINK, MESSAGES = "file", "link", "messages"
MOST = 500


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A change that somebody may want: at a connection, of an activity here (both by public id), from and to what."""

    connection: str
    activity: str
    field: str
    provider_key: str
    before: Any
    after: Any


def propose(context: Context, scope: Scope, changes: Sequence[ProposedChange]) -> list[int]:
    """Write down proposals; an open one takes the newest values. Raises BadRequest, NotFound."""
    scope.must("proposals: make")
    if len(changes) > MOST:
        raise BadRequest(reason=f"Propose at most {MOST} changes at once.")
    now = context.clock()
    with context.database.write() as session:
        made = [_propose(session, scope, change, now) for change in changes]
        say_what_waits(session, scope, now)
        return made


def _propose(session: Writer, scope: Scope, change: ProposedChange, now: int) -> int:
    row = stored.find(session, scope, change.connection)
    source = sources()[row.source]
    if kind_of(change.field) not in {*source.writes, FILE} - {MESSAGES, SESSION}:
        raise BadRequest(reason=f"{source.name} can't change {change.field}.")
    named = (identities.c.public_id == change.activity) & (identities.c.athlete_id == scope.athlete_id)
    subject = session.scalar(select(identities.c.key).where(named))
    if subject is None:
        raise NotFound(what="activity", id=change.activity)
    corrects = kind_of(change.field) in CORRECTED
    before = seen_there(row.source, change.before) if corrects else None
    values = {"subject": subject, "provider_key": change.provider_key, "before": before, "after": change.after}
    about = (
        proposals.c.subject == subject if change.field == "upload" else proposals.c.provider_key == change.provider_key
    )
    same = (
        (proposals.c.connection_id == row.id)
        & (proposals.c.field == change.field)
        & (proposals.c.state == OPEN)
        & about
    )
    known = session.scalar(select(proposals.c.id).where(same))
    if known is not None:
        session.run(update(proposals).where(proposals.c.id == known).values(values))
        return int(known)
    fresh = {"athlete_id": scope.athlete_id, "connection_id": row.id, "field": change.field, "state": OPEN}
    return session.add(insert(proposals).values({**fresh, **values, "made_ms": now, "tries": 0}))


def approve(context: Context, scope: Scope, numbers: Iterable[int]) -> None:
    """Let changes be made; a job does. Raises NotFound, and Conflict for what is not open."""
    _decide(context, scope, numbers, APPROVED)


def reject(context: Context, scope: Scope, numbers: Iterable[int]) -> None:
    """Let changes not be made, also what failed. Raises NotFound, Conflict."""
    _decide(context, scope, numbers, REJECTED)


def _decide(context: Context, scope: Scope, numbers: Iterable[int], state: str) -> None:
    scope.must("proposals: approve" if state == APPROVED else "proposals: make")
    now = context.clock()
    with context.database.write() as session:
        for number in dict.fromkeys(numbers):
            row = find_proposal(session, scope, number)
            if row.state not in (OPEN, FAILED):
                raise Conflict(reason=f"Change {number} is already {row.state}.")
            decided = {"state": state, "decided_ms": now, "account_id": scope.account_id, "note": None, "tries": 0}
            session.run(update(proposals).where(proposals.c.id == number).values(decided))
        if newest_open(session, scope.athlete_id, OPEN) is None:
            say_what_waits(session, scope, now)


def look_again(session: Writer, athlete_id: int) -> int:
    """Update open proposals of names, descriptions and sports to our present values; return how many changed.

    One that would change nothing any more is rejected.
    """
    mine = (proposals.c.athlete_id == athlete_id) & (proposals.c.state == OPEN)
    mine &= proposals.c.field.in_(("name", "description", "sport")) & proposals.c.undoes.is_(None)
    here = recordings.join(activities, activities.c.id == recordings.c.activity_id)
    changed = 0
    for one in session.rows(select(proposals).where(mine).order_by(proposals.c.id)):
        of = (recordings.c.athlete_id == athlete_id) & (recordings.c.key == one.subject)
        found = session.row(select(activities).select_from(here).where(of))
        now = None if found is None else getattr(found, one.field)
        if found is not None and one.field == "sport" and found.sub_sport:
            now = f"{now}/{found.sub_sport}"
        if now == one.after:
            continue
        stale = now is None or says(one.field, one.before, str(now)) or (one.field == "name" and not own_name(now))
        values = {"state": REJECTED, "note": "The values are now the same."} if stale else {"after": now}
        changed += session.run(update(proposals).where(proposals.c.id == one.id).values(values))
    return changed


def ask_for_messages(context: Context, scope: Scope, connection: str) -> int:
    """Ask a provider for instant updates (webhooks); return the number of the proposal.

    The request is its own approval. Raises NotFound, BadRequest.
    """
    scope.must("sources: set")
    public = (context.settings.public_url or "").rstrip("/")
    now = context.clock()
    with context.database.write() as session:
        row = stored.find(session, scope, connection)
        if MESSAGES not in sources()[row.source].writes:
            raise BadRequest(reason=f"{sources()[row.source].name} has no instant updates that can be turned on here.")
        if not public.startswith("https://"):
            reason = "Instant updates need a public https:// address of this server. "
            raise BadRequest(reason=f"{reason}Set it as HOMESTRETCH_PUBLIC_URL.")
        return session.add(
            insert(proposals).values(
                {
                    "athlete_id": scope.athlete_id,
                    "connection_id": row.id,
                    "subject": "",
                    "provider_key": "",
                    "field": MESSAGES,
                    "before": None,
                    "after": f"{public}/api/webhooks/{row.source}",
                    "state": APPROVED,
                    "made_ms": now,
                    "decided_ms": now,
                    "account_id": scope.account_id,
                    "tries": 0,
                }
            )
        )


def revert(context: Context, scope: Scope, number: int) -> int:
    """Let what an applied change replaced be put there again; return the number of the proposal that does.

    Raises NotFound, and Conflict where the provider has no way back.
    """
    scope.must("proposals: approve")
    now = context.clock()
    with context.database.write() as session:
        row = find_proposal(session, scope, number)
        known = kind_of(row.field) in CORRECTED and not is_digest(row.before)
        if row.state != APPLIED or not (known or row.field == SESSION):
            raise Conflict(reason="This change can't be reverted here. Change it at the provider.")
        if row.field == SESSION:
            must_be_last(session, row)
        back = {
            "athlete_id": row.athlete_id,
            "connection_id": row.connection_id,
            "subject": row.subject,
            "provider_key": row.provider_key,
            "field": row.field,
            "before": row.after,
            "after": row.before,
            "state": APPROVED,
            "made_ms": now,
            "decided_ms": now,
            "account_id": scope.account_id,
            "tries": 0,
            "undoes": row.id,
        }
        return session.add(insert(proposals).values(back))


def kind_of(field: str) -> str:
    """Return what kind of change one of a field is: `link` of `link_garmin`, else the field."""
    return LINK if field.startswith(f"{LINK}_") else field


def find_proposal(session: Any, scope: Scope, number: int) -> Row[Any]:
    """Return a proposal of the athlete's. Raises NotFound."""
    mine = (proposals.c.id == number) & (proposals.c.athlete_id == scope.athlete_id)
    query = select(proposals, connections.c.source, connections.c.public_id.label("connection"))
    row = session.row(query.join(connections, connections.c.id == proposals.c.connection_id).where(mine))
    if row is None or not scope.may("proposals: make"):
        raise NotFound(what="proposal", id=number)
    found: Row[Any] = row
    return found
