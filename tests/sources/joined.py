"""A connection to any fake provider, signed in to, on a clock that stands still."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from tests.fakes._site import Site
from tests.sources.connected import AT_ONCE, TODAY, Clock, Connected


def joined(
    context: Context, scope: Scope, fake: Site, key: str, way: str, answers: Mapping[str, str], **settings: Any
) -> Connected:
    """Sign in to a fake by one of the source's ways, at noon of TODAY; the settings are those that wait for nothing."""
    clock = context.clock if isinstance(context.clock, Clock) else Clock.at(TODAY)
    urls = context.settings.model_copy(update={"provider_urls": {key: fake.url}})
    here = replace(context, settings=urls, clock=clock)
    name = flow.sign_in(here, scope, key, way, answers)
    connected = Connected(here, scope, cast(Any, fake), clock, name)
    if connected.row.question is not None:
        name = flow.answer(here, scope, name, {"redirect": cast(Any, fake).allow(address_in(connected))})
    flow.change(here, scope, name, settings=AT_ONCE | settings)
    fake.counts.reset()
    return Connected(here, scope, cast(Any, fake), clock, name)


def address_in(connected: Connected) -> str:
    """Return the address that a connection's open question leads to."""
    with connected.context.database.read() as reader:
        row = stored.find(reader, connected.scope, connected.id)
    found = re.search(r"https://\S+", row.question.encode().decode("unicode_escape"))
    assert found is not None
    return found[0]


def again(connected: Connected) -> Connected:
    """Return the connection as a process sees it that was started just now."""
    return Connected(replace(connected.context), connected.scope, connected.fake, connected.clock, connected.id)
