"""How the athlete is today, and what breaks the rules in a plan: the one module of flow/coach that reads views.

What a plan is made from and checked against is what is shown, so both ask the same question; see decisions 27 and 28.
"""

from homestretch.coach.operations import Advice
from homestretch.flow.runtime.context import Context
from homestretch.store.database import Reader
from homestretch.store.queries.plans import StoredVersion
from homestretch.store.scope import Scope
from homestretch.views.coach.athlete import AthleteToday, athlete_today
from homestretch.views.coach.changes import changed_body
from homestretch.views.coach.check import checked, state_with, violation_documents
from homestretch.views.coach.leaving.sending import Chosen, Difference, changing, differences
from homestretch.views.coach.today import advice_now
from homestretch.views.kit.today import today

__all__ = [
    "AthleteToday",
    "Chosen",
    "Difference",
    "advised",
    "changed_body",
    "changing",
    "checked",
    "state_of",
    "state_with",
    "to_send",
    "violation_documents",
]


def state_of(context: Context, reader: Reader, scope: Scope) -> AthleteToday:
    """Return how the athlete is today."""
    return athlete_today(reader, scope, today(reader, scope, context.clock()))


def advised(context: Context, reader: Reader, scope: Scope) -> tuple[StoredVersion | None, list[Advice]]:
    """Return the version in force, and what the last days advise to change in it."""
    return advice_now(reader, scope, context.clock())


def to_send(context: Context, reader: Reader, scope: Scope, chosen: Chosen) -> list[Difference]:
    """Return the sessions that are chosen beside what is at providers. Raises NotFound."""
    return differences(reader, scope, context.clock(), chosen)
