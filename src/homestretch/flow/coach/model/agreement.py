"""The athlete's agreement that data is sent to the endpoint: given once they saw what, and revocable."""

from homestretch.errors import Conflict
from homestretch.flow.runtime.context import Context
from homestretch.store.database import Reader
from homestretch.store.queries.model_calls import Agreement, agreement_of, drop_agreement, put_agreement
from homestretch.store.queries.model_settings import ModelSettings, model_settings
from homestretch.store.scope import Scope


def agreed(reader: Reader, scope: Scope, settings: ModelSettings) -> bool:
    """Return whether the athlete agreed to what would be sent today: to this endpoint, and names only with names."""
    found = agreement_of(reader, scope.athlete_id)
    return found is not None and found.endpoint == settings.url and (found.names or not settings.names)


def agree(context: Context, scope: Scope, endpoint: str, *, names: bool) -> None:
    """Keep that the athlete saw what is sent to an endpoint, and agrees.

    Raises Conflict where the settings are no longer what was shown.
    """
    scope.must("model: agree")
    with context.database.write() as session:
        settings = model_settings(session)
        if settings is None or settings.url != endpoint or (settings.names and not names):
            raise Conflict(reason="The settings of the model have changed. Look again at what would be sent.")
        put_agreement(session, scope, Agreement(endpoint, names, context.clock()))


def revoke(context: Context, scope: Scope) -> None:
    """Take the agreement back: nothing is sent from now on. What was sent cannot be taken back."""
    scope.must("model: agree")
    with context.database.write() as session:
        drop_agreement(session, scope.athlete_id)
