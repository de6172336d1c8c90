"""What the security log has, as tests compare it."""

from typing import NamedTuple

from homestretch.app import App
from homestretch.store.queries.security_events import Which, events_before


class Seen(NamedTuple):
    """An event: its kind, how and by whom it was done, to which account, and how often."""

    kind: str
    method: str
    by: str | None
    about: str | None
    times: int = 1


def logged(app: App, which: Which | None = None) -> list[Seen]:
    """Return all events, the oldest first."""
    with app.database.read() as reader:
        rows = events_before(reader, which or Which(), None, 1000)
    return [Seen(row.kind, row.method, row.by_name, row.about_name, row.count) for row in reversed(rows)]
