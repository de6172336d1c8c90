"""What of a plan leaves the house: sessions for providers, which a person approves, and the calendar's address."""

import secrets
from collections.abc import Sequence

from homestretch.flow.coach.athlete_state import Chosen, Difference, changing, to_send
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback.session_changes import ProposedSession, drop_open, propose_sessions
from homestretch.flow.writeback.states import OPEN
from homestretch.store.queries.calendar_feeds import put_feed, remove_feed
from homestretch.store.queries.sent_sessions import sent_of, session_proposals
from homestretch.store.scope import Scope

#: What is at a provider alone: no session of any day besides.
SENT_ONLY = Chosen(days=0)


def propose(context: Context, scope: Scope, chosen: Chosen) -> list[int]:
    """Propose to make what is at providers what the plan in force says; return the numbers of the proposals.

    Those that are open already take what the plan says now, and end where they would change nothing. Raises NotFound.
    """
    scope.must("proposals: make")
    with context.database.read() as reader:
        wanted = _by_key(to_send(context, reader, scope, chosen))
        waiting = session_proposals(reader, scope.athlete_id, (OPEN,))
        besides = [row for row in waiting if (row.connection_id, row.subject) not in wanted]
        every = _by_key(to_send(context, reader, scope, Chosen())) if besides else {}
    over = [row.id for row in besides if (row.connection_id, row.subject) not in every]
    changed = [every[key] for row in besides if (key := (row.connection_id, row.subject)) in every]
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        drop_open(session, over)
        proposed = [_proposed(one) for one in (*wanted.values(), *changed)]
        return propose_sessions(session, scope, proposed, context.clock())[: len(wanted)]


def update_sent(context: Context, scope: Scope) -> None:
    """Propose to change what is at providers where the plan in force says something else by now."""
    with context.database.read() as reader:
        some = sent_of(reader, scope.athlete_id) or session_proposals(reader, scope.athlete_id, (OPEN,))
    if some and scope.may("proposals: make"):
        propose(context, scope, SENT_ONLY)


def _by_key(found: Sequence[Difference]) -> dict[tuple[int, str], Difference]:
    """Return what sending would change, by connection and session."""
    return {(one.target.id, one.session): one for one in changing(found)}


def _proposed(one: Difference) -> ProposedSession:
    return ProposedSession(
        one.target.id,
        one.target.source,
        one.session,
        "" if one.sent is None else one.sent.remote_key,
        None if one.sent is None else one.sent.document,
        one.after,
    )


def make_calendar(context: Context, scope: Scope, notes: bool) -> str:
    """Make the secret address of the calendar, in place of the one before; return its path, which is not kept."""
    scope.must("coach: approve")
    token = secrets.token_urlsafe(32)
    with context.database.write() as session:
        put_feed(session, scope, token, notes, context.clock())
    return f"/calendar/{token}.ics"


def remove_calendar(context: Context, scope: Scope) -> None:
    """Remove the address of the calendar: it leads nowhere from now on."""
    scope.must("coach: approve")
    with context.database.write() as session:
        remove_feed(session, scope)
