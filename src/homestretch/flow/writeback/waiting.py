"""Notifies of changes at providers that wait for somebody to approve them."""

from homestretch.flow.runtime.notifications import announce, withdraw
from homestretch.flow.writeback.states import OPEN
from homestretch.store.database import Writer
from homestretch.store.queries.open_proposals import newest_open
from homestretch.store.scope import Scope

CODE, ABOUT = "approval_waiting", "changes"


def say_what_waits(session: Writer, scope: Scope, now: int) -> None:
    """Leave a notice where changes wait, again when one more does, and take it back once all are decided.

    Whoever proposed them knows.
    """
    newest = newest_open(session, scope.athlete_id, OPEN)
    if newest is None:
        withdraw(session, scope.athlete_id, CODE, ABOUT)
    else:
        announce(session, scope.athlete_id, now, CODE, ABOUT, {"newest": newest}, by=scope.account_id)
