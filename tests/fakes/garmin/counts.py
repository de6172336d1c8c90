"""What was asked: how often, when, and what more than once."""

import time
from collections import Counter
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any, NamedTuple


class Hit(NamedTuple):
    """A request: when it came (s, monotonic), `GET /path/{part}`, its exact method and URL, and the answer's status."""

    at_s: float
    route: str
    url: str
    status: int


class Counts:
    """All requests since the last reset, those of the control door left out."""

    def __init__(self) -> None:
        self._hits: list[Hit] = []
        self._lock = Lock()

    def add(self, route: str, url: str, status: int, at_s: float) -> None:
        """Count a request."""
        with self._lock:
            self._hits.append(Hit(at_s, route, url, status))

    def reset(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._hits = []

    @property
    def hits(self) -> list[Hit]:
        """The requests, in the order of their answers."""
        with self._lock:
            return list(self._hits)

    @property
    def total(self) -> int:
        """How many there were."""
        return len(self._hits)

    def of(self, pattern: str) -> int:
        """Return how many requests were of a route, `GET /activity-service/*` for example."""
        return sum(fnmatchcase(hit.route, pattern) for hit in self.hits)

    def routes(self) -> dict[str, int]:
        """Return the number of requests by route."""
        return dict(Counter(hit.route for hit in self.hits))

    def repeats(self) -> dict[str, int]:
        """Return how often each URL was asked that was asked more than once."""
        return {url: n for url, n in Counter(hit.url for hit in self.hits).items() if n > 1}

    def unknown(self) -> list[str]:
        """Return what was asked that the fake does not know."""
        return sorted({hit.url for hit in self.hits if hit.route == UNKNOWN})

    def busiest(self, window_s: float, pattern: str = "*") -> int:
        """Return the most requests that began within any stretch of so many seconds."""
        times = sorted(hit.at_s for hit in self.hits if fnmatchcase(hit.route, pattern))
        most = first = 0
        for last, at in enumerate(times):
            while at - times[first] >= window_s:
                first += 1
            most = max(most, last - first + 1)
        return most

    def document(self) -> dict[str, Any]:
        """Return all of it for the control door; times are seconds before now."""
        now = time.monotonic()
        hits = [{"ago_s": round(now - hit.at_s, 4), "route": hit.route, "url": hit.url, "status": hit.status}
                for hit in self.hits]  # fmt: skip
        return {"total": self.total, "routes": self.routes(), "repeats": self.repeats(), "unknown": self.unknown(),
                "hits": hits}  # fmt: skip


UNKNOWN = "?"
