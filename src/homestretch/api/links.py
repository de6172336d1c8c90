"""Opening a link without a sign-in: how often an address may, and what it is shown."""

import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock

from fastapi import Request

from homestretch.api.context import address_of
from homestretch.app import App
from homestretch.errors import Conflict, ForbiddenByTerms, NotFound
from homestretch.flow.accounts import shares as flow
from homestretch.flow.accounts.accounts import TooManyTries
from homestretch.model.documents.sharing import Shared
from homestretch.model.sharing import Aspect, Subject
from homestretch.views.sharing.subjects import shown as shown_of

#: No search engine keeps what a link shows, and no browser.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
#: So many in so many seconds, counted for so many addresses at most; a process counts its own.
MOST, WITHIN_S, ADDRESSES = 60, 60.0, 10_000
_opened: OrderedDict[str, deque[float]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link shows, whose it is, who made it if that account is still there, what it leads to and hides."""

    shown: Shared
    athlete_id: int
    account_id: int | None
    subject: Subject
    hidden: tuple[Aspect, ...]


class TooManyOpens(TooManyTries):
    """Too many links were opened from your address. Try again in {retry_after_s} seconds."""


def read_link(app: App, request: Request, token: str, password: str | None = None, *, counts: bool = True) -> Opened:
    """Return what a link shows, and count that it was opened unless only its card is wanted.

    Raises NoShare, also where what it leads to is gone or may no longer be shared; PasswordNeeded, WrongSharePassword,
    TooManyTries, TooManyOpens.
    """
    address = address_of(request)
    count_opening(address)
    share = flow.opened(app.context, token, password, address=address)
    try:
        with app.database.read() as reader:
            found = shown_of(reader, share.athlete_id, share.subject, share.hidden)
    except (NotFound, Conflict, ForbiddenByTerms) as gone:
        raise flow.NoShare from gone
    if counts:
        flow.count_open(app.context, share)
    return Opened(found, share.athlete_id, share.account_id, share.subject, share.hidden)


def count_opening(address: str) -> None:
    """Count that an address opens a link, so that it has not the server compute without end. Raises TooManyOpens."""
    now = time.monotonic()
    with _lock:
        times = _opened.setdefault(address, deque())
        _opened.move_to_end(address)
        while len(_opened) > ADDRESSES:
            _opened.popitem(last=False)
        while times and times[0] <= now - WITHIN_S:
            times.popleft()
        if len(times) >= MOST:
            raise TooManyOpens(retry_after_s=int(times[0] + WITHIN_S - now) + 1)
        times.append(now)
