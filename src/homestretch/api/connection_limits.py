"""A connection to the server: the head of each request has a time and a size, so that none is held half-sent."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from homestretch.api.context import PEER

#: So long the head of a request may take, and so long a new connection may stay silent.
HEAD_S = 20.0
#: Longer than any browser's, with every cookie of this host.
MOST_HEAD_BYTES = 64 << 10


class Connection(HttpToolsProtocol):
    """uvicorn's connection, but closed when a request's head does not come to its end."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._closing_at: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect the first request."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Take what came; what follows a whole answer is the head of the next request."""
        if self._closing_at is None and self.cycle.response_complete:
            self._expect_head()
        super().data_received(data)
        if self._closing_at is not None and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD_BYTES:
                self.send_400_response("The headers of this request are too long.")

    def on_headers_complete(self) -> None:
        """Go on with the request: its head is whole."""
        self._stop_waiting()
        # Before what proxies say takes its place.
        self.scope[PEER] = self.client[0] if self.client else ""  # type: ignore[literal-required]
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._head_bytes = 0
        self._closing_at = self.loop.call_later(HEAD_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._closing_at is not None:
            self._closing_at.cancel()
            self._closing_at = None
