"""Calls to a provider within its limits: its limits kept, faults waited out, refusals taken for an answer."""

import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any

from homestretch.errors import HomestretchError

#: A call that failed for the moment is repeated so often, after so many seconds and twice as many each time.
TRIES, FIRST_WAIT_S = 3, 1.0
#: Longer waits are the schedule's business: they are written down, and outlive the process.
LONGEST_WAIT_S = 20.0
#: After so many refusals in a row a connection rests for at least so long.
PATIENCE, REST_S = 3, 3600.0
#: Calls are counted over a day of UTC, whether or not the provider does.
DAY_S = 86_400
_BLOCKED = frozenset({403, 427, 429})


class SignInAgain(HomestretchError):
    """{name} no longer accepts the stored sign-in ({reason}). Sign in again."""

    status = 409
    exit_code = 3


class WrongCredentials(HomestretchError):
    """{name} rejected the user name or password. Check both and try again."""

    status = 422
    exit_code = 3


class WrongCode(HomestretchError):
    """{name} rejected the code: it is wrong or has expired. Enter the newest one."""

    status = 422
    exit_code = 3


class Blocked(HomestretchError):
    """{name} is blocking sign-ins from this server ({reason}). Try again in an hour or more. Or use a token file made
    on another machine, or a ticket from your browser.
    """

    status = 429
    exit_code = 4


class RateLimited(HomestretchError):
    """{name} asks us to wait ({reason})."""

    status = 429
    exit_code = 4

    @property
    def after_s(self) -> float | None:
        """Return how long to wait, where the reply says it."""
        after: float | None = self.details.get("after_s")
        return after


class Unreachable(HomestretchError):
    """{name} can't be reached ({reason})."""

    status = 502
    exit_code = 5

    @property
    def after_s(self) -> float | None:
        """Return how long to wait, where the reply says it."""
        after: float | None = self.details.get("after_s")
        return after


class UnexpectedResponse(HomestretchError):
    """{name} sent an unexpected response to {what}: {reason}."""

    status = 502


class WebPage(UnexpectedResponse):
    """{name} sent a web page ({reason}) instead of data in response to {what}. It may be a sign-in page, a proxy or a
    maintenance notice.
    """


class QuotaExhausted(HomestretchError):
    """{name} rate limit reached; resuming in {after_s:.0f} s."""

    status = 429
    exit_code = 4


class AccessDenied(HomestretchError):
    """{name} denies access to everything ({reason}). If that lasts, sign in again."""

    status = 502
    exit_code = 3


class NotGranted(HomestretchError):
    """{name} was not allowed to hand on {what}. Sign in again and tick every box."""

    status = 403
    exit_code = 3


class NotApproved(HomestretchError):
    """{what} would change data at {name} and has not been approved."""

    status = 403


class ChangeRejected(HomestretchError):
    """{name} rejected the change: {reason}"""

    status = 422


class Question(Exception):
    """One more answer is needed: `fields` say which, `state` (JSON, a secret) is what `resume` goes on from."""

    def __init__(self, text: str, fields: tuple[Any, ...], state: Mapping[str, Any]) -> None:
        super().__init__(text)
        self.text, self.fields, self.state = text, fields, state


@dataclass(frozen=True, slots=True)
class Limits:
    """What a provider bears: `windows` are (seconds, calls), `pause_s` the least time between two calls.

    A first sync goes in steps of `step_days`, with `step_pause_s` between them. No schedule goes below `least_ms`.
    """

    windows: tuple[tuple[int, int], ...] = ()
    pause_s: float = 1.0
    step_days: int = 10
    step_pause_s: float = 30.0
    least_ms: int = 15 * 60_000
    #: The same of a place on this server (`RemoteAccount.here`), where it differs.
    least_here_ms: int | None = None
    #: Reads from an answer's headers what is allowed and spent, as the provider counts: {seconds: (most, spent)}.
    read_quota: Callable[[Mapping[str, str]], Mapping[int, tuple[int, int]]] | None = None

    def with_daily(self, most: int) -> "Limits":
        """Return the same limits with this number of calls a day."""
        return replace(self, windows=(*(one for one in self.windows if one[0] != DAY_S), (DAY_S, most)))

    def __post_init__(self) -> None:
        if not all(seconds > 0 and most > 0 for seconds, most in self.windows):
            raise ValueError("windows are (seconds, calls), both above 0")
        if self.pause_s < 0 or self.step_pause_s < 0:
            raise ValueError("pause_s and step_pause_s are 0 or more")
        if self.step_days < 1:
            raise ValueError("step_days is 1 or more")


@dataclass(frozen=True, slots=True)
class Permit:
    """That a person approved a change: by the number of the proposal. Without one, nothing but questions goes out."""

    proposal: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP: status, headers with names in lower case, and the body's bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class RateLimitedClient:
    """Makes a connection's calls. `quota_used` counts them per window ({seconds: [window, calls]}) and is stored.

    `rested` is called while a call has to wait, so that locks are held. With `allow_error_bodies` a refused call
    returns its reply, for the token endpoint says why in the body.
    """

    name: str
    limits: Limits
    pause_s: float = 1.0
    quota_used: dict[str, list[int]] = field(default_factory=dict)
    #: Where tests let a provider's addresses lead.
    base: str | None = None
    rested: Callable[[], None] = lambda: None
    allow_error_bodies: bool = False
    #: What the athlete set of the connection, by key, with defaults, and the zone of their days (`home_zone`); at a
    #: sign-in there is nothing yet.
    settings: Mapping[str, Any] = field(default_factory=dict)
    count: int = 0
    #: The limits in the provider's last reply, over those in the description.
    most: dict[int, int] = field(default_factory=dict)
    _last: float = field(default=-1e9, repr=False)

    def make(
        self, what: str, exchange: Callable[[], Reply], reads: Collection[int] = (), *, once: bool = False
    ) -> Reply:
        """Make a call and return the reply: 2xx, 404 for nothing, or a status that the caller `reads`.

        What is wrong for a moment (a cut answer, a 5xx) is tried again, unless it may be made `once` only: it may have
        been carried out. Raises SignInAgain (401), RateLimited (429, 427 and 403 from a gate-keeper), Unreachable,
        UnexpectedResponse and QuotaExhausted.
        """
        tries = 1 if once else TRIES
        for attempt in range(tries):
            self._wait_turn()
            try:
                reply = exchange()
            except OSError as error:
                reason = f"{type(error).__name__} at {what}"
                last: HomestretchError = Unreachable(name=self.name, reason=reason)
            else:
                self._learn(reply)
                if reply.status < 500:
                    return reply if reply.status in reads else self._judged(what, reply)
                last = _unexpected(self.name, reply, what)
            if attempt + 1 < tries:
                self.rest(FIRST_WAIT_S * 2**attempt * random.uniform(0.7, 1.3))  # noqa: S311
        raise last

    def _learn(self, reply: Reply) -> None:
        """Take the provider's own count for true: others may spend of the same."""
        if self.limits.read_quota is None:
            return
        for seconds, (most, quota_used) in self.limits.read_quota(reply.headers).items():
            self.most[seconds] = most
            self.quota_used[str(seconds)] = [int(time.time() // seconds), quota_used]

    def rest(self, seconds: float) -> None:
        """Wait, holding on to what is held."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 5.0))
            self.rested()

    def _judged(self, what: str, reply: Reply) -> Reply:
        if reply.status < 300 and is_page(reply):
            raise WebPage(name=self.name, reason=reply.status, what=what)
        if reply.status < 400 or reply.status == 404 or (self.allow_error_bodies and reply.status in (400, 401, 403)):
            return reply
        if reply.status == 401:
            raise SignInAgain(name=self.name, reason="401")
        if reply.status in _BLOCKED and (reply.status != 403 or _is_gate(reply)):
            raise RateLimited(
                name=self.name, reason=f"{reply.status} at {what}", after_s=retry_after(reply, time.time())
            )
        raise _unexpected(self.name, reply, what)

    def _wait_turn(self) -> None:
        now = time.time()
        for seconds, most in {**dict(self.limits.windows), **self.most}.items():
            window, calls = self.quota_used.get(str(seconds), (0, 0))
            if window == int(now // seconds) and calls >= most:
                raise QuotaExhausted(name=self.name, after_s=(window + 1) * seconds - now)
        wait = self._last + self.pause_s - time.monotonic()
        if wait > 0:
            self.rest(wait)
        self._last = time.monotonic()
        self.count += 1
        for seconds in {DAY_S, *dict(self.limits.windows)}:
            window, calls = self.quota_used.get(str(seconds), (0, 0))
            this = int(now // seconds)
            self.quota_used[str(seconds)] = [this, calls + 1 if window == this else 1]


def retry_after(reply: Reply, now: float) -> float | None:
    """Return the seconds that a reply asks to wait: a number or a date (RFC 9110 §10.2.3), or None."""
    said = reply.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError):
        return None


def is_page(reply: Reply) -> bool:
    """Return whether a reply is a web page, which no interface gives an answer as."""
    begins = reply.body[:200].lstrip().lower()
    said = "text/html" in reply.headers.get("content-type", "") and begins[:1] == b"<"
    return begins.startswith((b"<!doctype html", b"<html")) or (said and not begins.startswith(b"<?xml"))


def status_of(reply: Reply) -> str:
    """Return a status in words for a person."""
    return f"{reply.status} with a web page" if is_page(reply) else str(reply.status)


def _unexpected(name: str, reply: Reply, what: str) -> UnexpectedResponse:
    return (WebPage if is_page(reply) else UnexpectedResponse)(name=name, reason=reply.status, what=what)


def _is_gate(reply: Reply) -> bool:
    """Return whether a 403 is a gate-keeper's and not the provider's own word (JSON) on what was asked for."""
    begins = reply.body.lstrip()[:1]
    return begins == b"<" or ("cf-ray" in reply.headers and begins not in (b"{", b"["))
