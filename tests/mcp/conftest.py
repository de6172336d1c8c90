"""An athlete with a few runs, for those who ask the MCP server."""

from collections.abc import Iterator

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.mcp._runtime.visitor import Visitor
from homestretch.store.scope import Scope
from tests.formats import golden
from tests.mcp.clients import visitor
from tests.taking import take_in

DAY_MS = 86_400_000


@pytest.fixture
def athlete(sqlite_context: Context, scope: Scope, decoders: Decoders) -> Iterator[Visitor]:
    """Whoever may ask about an athlete with three runs."""
    files = {f"run{n}.fit": encode(golden.run(600 + 60 * n, golden.START_MS + n * DAY_MS)) for n in range(3)}
    take_in(sqlite_context, scope, decoders, files)
    derive_pending(sqlite_context, scope.athlete_id, decoders)
    yield visitor(sqlite_context, scope)
