"""Sends one request within its budget: the one way out, which only reads unless there is a permit."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import httpx

from homestretch.net.budget import NotApproved, Permit, RateLimitedClient, Reply

TIMEOUT_S = 60.0
AGENT = "Homestretch (self-hosted)"


def client() -> httpx.Client:
    """Return the client that exchanges requests and answers; it follows no redirect."""
    return httpx.Client(timeout=TIMEOUT_S, headers={"User-Agent": AGENT}, follow_redirects=False)


def send(
    calls: RateLimitedClient,
    asking: httpx.Client,
    method: str,
    url: str,
    permit: Permit | None = None,
    reads: Collection[int] = (),
    *,
    question: bool = False,
    once: bool = False,
    **how: Any,
) -> Reply:
    """Make a call and return the reply as bytes, of a status that the caller `reads` too; logs name the path only.

    A `question` changes nothing there, although it is a POST. What is sent `once` is not tried again. Raises
    NotApproved for anything but a question, unless there is a permit or it is the token endpoint.
    """
    parts = urlsplit(url)
    if method != "GET" and not question and permit is None and not calls.allow_error_bodies:
        raise NotApproved(name=calls.name, what=f"{method} {parts.path}")
    place = f"{calls.base}{parts.path}{'?' if parts.query else ''}{parts.query}" if calls.base else url

    def exchange() -> Reply:
        try:
            got = asking.request(method, place, **how)
        except httpx.TransportError as error:
            raise ConnectionError(type(error).__name__) from error
        return Reply(got.status_code, {name.lower(): value for name, value in got.headers.items()}, got.content)

    return calls.make(parts.path, exchange, reads, once=once)
