"""Delivers to a server of the athlete's own: one attempt, for a repeated one could arrive twice."""

import time
import weakref
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from homestretch.net.budget import Reply, Unreachable, retry_after
from homestretch.net.reach import Reach, ReachTransport
from homestretch.net.send import AGENT

TIMEOUT_S = 60.0

type Words = Mapping[str, str]


class Delivery:
    """A client of one server, by the name that errors call it; `base` is its address, perhaps with a path.

    Every method raises PrivateAddress and ReservedAddress for what is out of its reach.
    """

    def __init__(
        self, name: str, base: str, user: str = "", password: str = "", token: str = "", *, reach: Reach = "public"
    ) -> None:
        self.name, self.base = name, base.rstrip("/")
        marks = {"Authorization": f"Token {token}"} if token else {}
        self._client = httpx.Client(
            transport=ReachTransport(reach),
            timeout=TIMEOUT_S,
            headers={"User-Agent": AGENT, **marks},
            auth=(user, password) if user else None,
            follow_redirects=False,
        )
        weakref.finalize(self, self._client.close)

    def ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        data: Words | None = None,
        params: Words | None = None,
        headers: Words | None = None,
    ) -> Reply:
        """Make a request (a body, or a form as `data`) and return the reply, which may be a refusal.

        Raises Unreachable for 429 and 5xx too, which pass; it says how long to wait where the reply does.
        """
        try:
            got = self._client.request(
                method, f"{self.base}{path}", content=content, data=data, params=params, headers=headers
            )
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(name=self.name, reason=f"{type(error).__name__} at {self._place}") from error
        reply = Reply(got.status_code, {name.lower(): value for name, value in got.headers.items()}, got.content)
        if reply.status >= 500 or reply.status == 429:
            reason = f"{reply.status} at {path}: {got.text[:200].strip()}"
            raise Unreachable(name=self.name, reason=reason, after_s=retry_after(reply, time.time()))
        return reply

    @property
    def _place(self) -> str:
        return urlsplit(self.base).netloc.rpartition("@")[2]
