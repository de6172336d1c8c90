"""What goes wrong when it is told to: by path, so many times or by chance."""

import time
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from random import Random
from threading import Lock

from tests.fakes.garmin.asked import HTML, Reply, page, told

_CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head>"
    "<body><div id='challenge-error-text'>Enable JavaScript and cookies to continue</div></body></html>"
)
_TOO_MANY = "<html><head><title>429 Too Many Requests</title></head><body><h1>429</h1></body></html>"
#: These happen after the request was carried out: only the answer suffers.
_SPOILS = ("slow", "cut", "lost", "empty", "garbage", "null")


@dataclass(slots=True)
class Fault:
    """A fault: `pattern` is a path with `*`, or method and path; `kind` a status or one of `KINDS`.

    It strikes `times` times (None: for ever), each with `probability`, after `after` requests went well.
    """

    pattern: str
    kind: str
    times: int | None = None
    probability: float = 1.0
    after: int = 0
    retry_after: str | None = None
    delay_s: float = 0.2
    seed: int = 1
    struck: int = 0
    _luck: Random = field(init=False)

    def __post_init__(self) -> None:
        self.kind = str(self.kind)
        if self.kind not in KINDS and not self.kind.isdecimal():
            raise ValueError(f"no such fault: {self.kind}")
        self._luck = Random(self.seed)

    def strikes(self, method: str, path: str) -> bool:
        """Return whether it strikes this request, and count it."""
        text = f"{method} {path}" if " " in self.pattern else path
        if not fnmatchcase(text, self.pattern) or (self.times is not None and self.struck >= self.times):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self._luck.random() >= self.probability:
            return False
        self.struck += 1
        return True

    @property
    def spoils(self) -> bool:
        """Whether the request is carried out all the same."""
        return self.kind in _SPOILS

    def reply(self) -> Reply:
        """Return the answer in place of the real one."""
        retry = (("Retry-After", self.retry_after),) if self.retry_after is not None else ()
        if self.kind == "429html":
            return page(_TOO_MANY, 429, *retry)
        if self.kind == "cloudflare":
            return page(_CLOUDFLARE, 403, ("cf-mitigated", "challenge"))
        if self.kind == "html":
            return page("<html><head><title>Garmin Connect</title></head><body>maintenance</body></html>")
        status = int(self.kind.removesuffix("json"))
        if status == 401:
            return inactive()
        if status >= 500:
            text = f"<html><head><title>{status}</title></head><body>upstream</body></html>"
            return Reply(status, text.encode(), HTML, retry)
        names = {403: "ForbiddenException", 404: "NotFoundException", 409: "ConflictException",
                 429: "TooManyRequestsException"}  # fmt: skip
        document = {"message": f"HTTP {status}", "error": names.get(status, "BadRequestException")}
        return told(document, status, *retry)

    def spoil(self, reply: Reply) -> Reply:
        """Return the real answer, spoiled."""
        if self.kind == "slow":
            time.sleep(self.delay_s)
            return reply
        if self.kind in ("cut", "lost"):
            return replace(reply, how=self.kind)
        bodies = {"empty": b"", "garbage": b'{"truncated": [1, 2', "null": b"null"}
        return replace(reply, status=200, body=bodies[self.kind])


KINDS = (*_SPOILS, "429html", "429json", "cloudflare", "html")


def inactive() -> Reply:
    """Return the answer to a token that is not (or no longer) good."""
    words = 'Bearer error="invalid_token", error_description="Token is not active"'
    document = {"error": "invalid_token", "error_description": "Token is not active"}
    return told(document, 401, ("WWW-Authenticate", words))


class Faults:
    """All faults that are set; the first that strikes a request is it."""

    def __init__(self) -> None:
        self._all: list[Fault] = []
        self._lock = Lock()

    def add(self, fault: Fault) -> Fault:
        """Set a fault."""
        with self._lock:
            self._all.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._all = []

    def find(self, method: str, path: str) -> Fault | None:
        """Return the fault that strikes a request, or None."""
        with self._lock:
            return next((fault for fault in self._all if fault.strikes(method, path)), None)
