"""The endpoint that the settings describe, as it is asked."""

from typing import cast

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import keys
from homestretch.flow.sinks.reach import reach_of_admins
from homestretch.llm.endpoint import Endpoint, Kind, OutputMode
from homestretch.store.queries.model_settings import ModelSettings


def endpoint_of(context: Context, settings: ModelSettings) -> Endpoint:
    """Return the endpoint with its key. Raises KeyMissing."""
    key = None if settings.key is None else keys(context.settings).open(settings.key)
    return Endpoint(
        settings.url,
        key,
        cast(Kind, settings.kind),
        cast(OutputMode, settings.output),
        reach_of_admins(context),
        float(settings.timeout_s),
    )
