"""Sends a request to the models of the list, and tries again as each failure asks for."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from homestretch.llm.endpoint import Endpoint, Failure, Reply, Request, Trouble
from homestretch.model.coach.model_reasons import Why

#: Waits before the tries that follow a failure of the server, in seconds.
SERVER_WAITS_S = (2.0, 8.0)
#: So often a service that asks to wait is asked again, if it wants no longer than this.
RATE_TRIES, LONGEST_WAIT_S = 2, 60.0
#: Where a service that asks to wait does not say how long.
USUAL_WAIT_S = 10.0
SLOW_TRIES = 1
#: Why there is no answer, by what happened last.
REASONS: dict[Trouble, Why] = {
    "rate_limited": "later", "credits": "credits", "key": "key", "server": "server", "slow": "slow",
    "unreachable": "unreachable", "address": "address", "unknown_model": "unknown_model", "rejected": "rejected",
    "too_long": "too_long", "filtered": "filtered", "wrong_answer": "no_answer", "limit": "limit",
    "stopped": "interrupted",
}  # fmt: skip
#: After these the next model of the list may do better; after all others it would not.
NEXT: frozenset[Trouble] = frozenset({"server", "slow", "unknown_model", "rejected", "too_long", "wrong_answer"})

type Run[T] = Callable[[Endpoint, Request[T]], Reply[T]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How waiting is done, and how long a single wait may be, in seconds; a door that somebody waits at allows less."""

    longest_s: float = LONGEST_WAIT_S
    sleep: Callable[[float], None] = time.sleep


PATIENT = Patience()


@dataclass(slots=True)
class Attempts[T]:
    """What the requests came to: the last reply, the model that gave it, a line for each, and what all of them took.

    `took` holds for each reply the model, the tokens in and out, and the cost in US dollars where the endpoint says it.
    """

    reply: Reply[T] | None = None
    model: str | None = None
    lines: list[dict[str, str | None]] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)
    took: list[tuple[str, int, int, float | None]] = field(default_factory=list)

    @property
    def last(self) -> Reply[T]:
        """The last reply; there is always one, for a list of models is never empty."""
        if self.reply is None:
            raise ValueError("nothing was sent")
        return self.reply

    @property
    def tokens_in(self) -> int:
        """The tokens that were read."""
        return sum(one[1] for one in self.took)

    @property
    def tokens_out(self) -> int:
        """The tokens that were written."""
        return sum(one[2] for one in self.took)

    def add(self, model: str, reply: Reply[T]) -> None:
        """Add a reply."""
        self.reply, self.model = reply, model
        failure = reply.failure
        line: dict[str, str | None] = {"model": model, "trouble": None if failure is None else failure.trouble}
        if failure is not None:
            line["detail"] = failure.detail
        self.lines.append(line)
        self.rejected += reply.rejected
        self.took.append((model, reply.tokens_in, reply.tokens_out, reply.cost))

    def join(self, later: "Attempts[T]") -> None:
        """Add all replies of later attempts."""
        self.reply, self.model = later.reply, later.model
        self.lines += later.lines
        self.rejected += later.rejected
        self.took += later.took


def send[T](
    endpoint: Endpoint,
    requests: Iterable[Request[T]],
    run: Run[T],
    patience: Patience,
    may_repeat: Callable[[], bool] = lambda: True,
) -> Attempts[T]:
    """Send the first of the requests (one for each model) that gets an answer, and return all replies.

    `may_repeat` says whether another try makes sense: not after a part of the answer was shown.
    """
    attempts = Attempts[T]()
    for request in requests:
        _send_one(endpoint, request, run, patience, attempts, may_repeat)
        failure = attempts.reply.failure if attempts.reply is not None else None
        if failure is None or failure.trouble not in NEXT or not may_repeat() or _used_up(request, attempts):
            break
    return attempts


def _used_up[T](request: Request[T], attempts: Attempts[T]) -> bool:
    """Return whether too little of what was reserved is left for another request."""
    used = attempts.tokens_in + attempts.tokens_out
    return request.token_limit is not None and used > request.token_limit // 2


def _send_one[T](
    endpoint: Endpoint,
    request: Request[T],
    run: Run[T],
    patience: Patience,
    attempts: Attempts[T],
    may_repeat: Callable[[], bool],
) -> None:
    before: list[Trouble] = []
    while True:
        reply = run(endpoint, request)
        attempts.add(request.model, reply)
        if reply.failure is None or not may_repeat():
            return
        wait = wait_after(reply.failure, before)
        if wait is None or wait > patience.longest_s or _used_up(request, attempts):
            return
        before.append(reply.failure.trouble)
        patience.sleep(wait)


def wait_after(failure: Failure, before: Sequence[Trouble]) -> float | None:
    """Return after how many seconds to send a request again, given what happened before; None: not at all."""
    seen = before.count(failure.trouble)
    if failure.trouble == "rate_limited" and seen < RATE_TRIES:
        wait = USUAL_WAIT_S if failure.retry_after_s is None else max(0.0, failure.retry_after_s)
        return wait if wait <= LONGEST_WAIT_S else None
    if failure.trouble == "server" and seen < len(SERVER_WAITS_S):
        return SERVER_WAITS_S[seen]
    return 0.0 if failure.trouble == "slow" and seen < SLOW_TRIES else None
