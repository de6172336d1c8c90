"""Connects to an endpoint at addresses that were checked, and keeps what was sent."""

import asyncio

import httpx2

from homestretch.net.reach import Reach, addresses


class Recorder:
    """Keeps the body of the last request."""

    def __init__(self) -> None:
        self.body = b""

    async def __call__(self, request: httpx2.Request) -> None:
        """Keep the body of a request."""
        self.body = await request.aread()


class ReachTransport(httpx2.AsyncHTTPTransport):
    """Connects to addresses that were checked; certificates are still those of the host's name."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(trust_env=False)
        self._reach: Reach = reach

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Make a request; raises what `addresses` raises, but ConnectError for a host that is not found."""
        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            *others, last = await asyncio.to_thread(addresses, url.host, port, self._reach)
        except OSError as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        for address in others:
            try:
                return await super().handle_async_request(_at(request, address))
            except httpx2.ConnectError:
                continue
        return await super().handle_async_request(_at(request, last))


def _at(request: httpx2.Request, address: str) -> httpx2.Request:
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=f"[{address}]" if ":" in address else address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


class NothingSent(httpx2.AsyncBaseTransport):
    """Sends nothing: for a look at what would be sent."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Refuse a request."""
        raise httpx2.ConnectError("Nothing is sent.", request=request)
