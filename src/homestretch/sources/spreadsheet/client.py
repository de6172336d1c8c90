"""A sheet as a source: a file on the server, or one of Google's that is shared by its link."""

import errno
import getpass
import hashlib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from homestretch import files
from homestretch.errors import HomestretchError
from homestretch.net.budget import (
    ChangeRejected,
    RateLimitedClient,
    SignInAgain,
    UnexpectedResponse,
    Unreachable,
    WrongCredentials,
)
from homestretch.net.secret import Secret, SecretStore
from homestretch.sources import _disk as disk
from homestretch.sources.base import Answer, ItemPage, RemoteAccount, RemoteItem
from homestretch.sources.spreadsheet._rows import Reading, Row, packed
from homestretch.sources.spreadsheet.reading.table import NoSheet, is_workbook, table

NAME = "The spreadsheet"
GOOGLE = "https://docs.google.com"
MOST_BYTES = 60_000_000
#: What a sheet may leave open, and the setting that decides it.
QUESTIONS = {
    "decimal_sign": ("whether the comma in 1,234 is a decimal separator", "decimal=comma|point"),
    "date_order": ("whether days or months come first in its dates", "order=dmy|mdy"),
    "distance_unit": ("whether its distances are in kilometres or miles", "distance=km|miles|m"),
}
_SHEET = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(e/)?([\w-]{8,200})(?:/|$)")
_CONTENT_HOST = ".googleusercontent.com"
_REDIRECTS = (301, 302, 303, 307, 308)


class NoFile(WrongCredentials):
    """The server has no spreadsheet {path} ({reason}). Enter the full path, such as /srv/training.xlsx. In a container,
    mount the file first.
    """


class MayNotRead(WrongCredentials):
    """The server runs as {user} and may not read {path}, which belongs to {owner}. Allow it, for example with: chmod
    o+r {path}
    """


class NoTable(WrongCredentials):
    """{path} can't be read as a spreadsheet: {reason}."""


class NoLink(WrongCredentials):
    """This is not a link to a Google sheet. Copy the address from your browser; it begins with
    https://docs.google.com/spreadsheets/d/.
    """


class NotShared(WrongCredentials):
    """This Google sheet is not shared. In Google Sheets choose Share, General access, “Anyone with the link”. Then try
    again.
    """


class SharedNoMore(SignInAgain):
    """This Google sheet is no longer shared. In Google Sheets choose Share, General access, “Anyone with the link”.
    Then connect it again.
    """


class NotThere(Unreachable):
    """{path} can't be read ({reason}). If it is on a network share, connect it. Imported activities stay."""


class Undecided(UnexpectedResponse):
    """{path} does not show {reason}, so no rows were imported. Choose it under Columns on the Sources page, or with
    `homestretch sources set {label} {settings}`.
    """


class Unreadable(UnexpectedResponse):
    """{path} can no longer be read as a spreadsheet: {reason}."""


@dataclass(frozen=True, slots=True)
class Link:
    """A sheet of Google's: its id, whether that is one of a published copy, and the number of the tab."""

    id: str
    published: bool
    tab: str | None

    @classmethod
    def of(cls, text: str) -> "Link":
        """Read a link as a person copies it. Raises NoLink: nothing but Google's own address is ever asked."""
        parts = urlsplit(text.strip())
        found = _SHEET.match(parts.path)
        if parts.scheme != "https" or parts.netloc != "docs.google.com" or found is None:
            raise NoLink(name=NAME)
        asked = parse_qs(parts.query) | parse_qs(parts.fragment)
        tab = asked.get("gid", [""])[0]
        return cls(found[2], bool(found[1]), tab if tab.isdigit() else None)

    @property
    def url(self) -> str:
        """Where its cells are given as text."""
        tab = "" if self.tab is None else f"&gid={self.tab}"
        if self.published:
            return f"{GOOGLE}/spreadsheets/d/e/{self.id}/pub?output=csv&single=true{tab}"
        return f"{GOOGLE}/spreadsheets/d/{self.id}/export?format=csv{tab}"

    @property
    def shown(self) -> str:
        """Where a person sees it."""
        return f"{GOOGLE}/spreadsheets/d/{'e/' if self.published else ''}{self.id}/"


class SheetSignIn:
    """Looks whether a sheet can be read; there is nothing secret about it but a link."""

    def __init__(self, calls: RateLimitedClient) -> None:
        self.calls = calls

    def begin(self, method: str, answers: Mapping[str, str]) -> Secret:
        """Return where it is. Raises NoFile, MayNotRead, NoTable, NoLink, NotShared."""
        if method == "link":
            place: Secret = {"link": answers["link"].strip()}
            where = "The sheet"
            data = downloaded(self.calls, Link.of(answers["link"]), NotShared(name=NAME))
        else:
            path = files.named(answers["path"])
            data, where = _file(path), str(path)
            place = {"path": str(path.resolve())}
        try:
            table(data, {})
        except NoSheet as error:
            raise NoTable(name=NAME, path=where, reason=error) from error
        return place

    def resume(self, state: Mapping[str, Any], answers: Mapping[str, str]) -> Secret:
        """Nothing is ever asked."""
        raise SignInAgain(name=NAME, reason="no question is open")


def _file(path: Path) -> bytes:
    """Return a file that is named for the first time."""
    if not path.is_absolute():
        raise NoFile(name=NAME, path=path, reason="not a full path")
    try:
        return files.read(path, MOST_BYTES)
    except PermissionError as error:
        raise MayNotRead(name=NAME, path=path, owner=disk.owner_of(path), user=getpass.getuser()) from error
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise NoTable(name=NAME, path=path, reason=error.strerror) from error
        raise NoFile(name=NAME, path=path, reason=error.strerror or "it can't be read") from error


def downloaded(calls: RateLimitedClient, link: Link, refused: HomestretchError) -> bytes:
    """Return a sheet of Google's as text.

    Raises `refused` where it is not shared, UnexpectedResponse for anything but a sheet. Google redirects once, to its
    own file storage; no other redirect is followed.
    """
    from homestretch.net import send as http

    with http.client() as asking:
        try:
            reply = http.send(calls, asking, "GET", link.url)
            if reply.status in _REDIRECTS:
                to = urlsplit(reply.headers.get("location", ""))
                if to.scheme != "https" or not (to.hostname or "").endswith(_CONTENT_HOST) or to.port or to.username:
                    raise refused
                reply = http.send(calls, asking, "GET", to.geturl())
        except SignInAgain as error:
            raise refused from error
        except UnexpectedResponse as error:
            if error.details.get("reason") in (200, 403):  # 200: the page to sign in on
                raise refused from error
            raise
    if reply.status in (404, *_REDIRECTS) or "html" in reply.headers.get("content-type", "text/html"):
        raise refused
    if len(reply.body) > MOST_BYTES:
        raise UnexpectedResponse(name=NAME, reason="more than a sheet can hold", what="the request for its cells")
    return reply.body


class Sheet:
    """A sheet whose rows are activities."""

    def __init__(self, secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> None:
        self.calls = calls
        secret = secret_store.read()
        self.path = Path(str(secret["path"])) if "path" in secret else None
        self.link = Link.of(str(secret["link"])) if "link" in secret else None
        self.mark: disk.Mark | None = None
        self._data: bytes | None = None
        self._rows: list[Row] | None = None

    @property
    def where(self) -> str:
        """What the sheet is known by: its path, or its id at Google."""
        if self.link is not None:
            return f"google:{self.link.id}:{self.link.tab or ''}"
        return str(self.path)

    def remote_account(self) -> RemoteAccount:
        """Return the sheet itself: one sheet is one account."""
        if self.link is not None:
            return RemoteAccount(f"Google sheet {self.link.id[:8]}…", self.where, details={"url": self.link.shown})
        return RemoteAccount(str(self.path), self.where, here=True)

    def activities(self, start: int, page: int, since: str | None) -> ItemPage:
        """Return at first the whole sheet as it is, then pages of its rows, the newest first, and what they are called.

        Raises NotThere, Unreadable, Undecided.
        """
        dated = [(row.day, row.number, row) for row in self.rows() if row.day]
        if not start:
            form = "xlsx" if is_workbook(self.data()) else "csv"
            return ItemPage(Answer(f"sheet.{form}", form, self.data()), (), 1 if dated else None)
        rows = [row for _, _, row in sorted(dated, key=lambda one: one[:2], reverse=True)]
        part = rows[start - 1 : start - 1 + page]
        names = ("name", "description", "gear")
        listed = [{"key": self.key(row), **{name: row.document.get(name) for name in names}} for row in part]
        after = start + len(part)
        body = packed({"rows": listed})
        items = tuple(self._item(row) for row in part)
        return ItemPage(Answer(f"rows-{start}.json", "json", body), items, after if after <= len(rows) else None)

    def fetch(self, item: RemoteItem) -> Sequence[Answer]:
        """Return a row as it was read, which is a recording of its own."""
        row = next((row for row in self.rows() if self.key(row) == item.key), None)
        if row is None or row.day is None:
            return ()
        body = packed({"key": item.key, **row.document})
        return (Answer(f"{item.key.replace('/', '_')}.json", "json", body, file=True),)

    def data(self) -> bytes:
        """Return the sheet's bytes, read once. Raises NotThere, SharedNoMore."""
        if self._data is None:
            self._data = self._read()
        return self._data

    def rows(self) -> list[Row]:
        """Return its rows as the settings say, read once. Raises Unreadable, Undecided."""
        if self._rows is None:
            try:
                sheet = table(self.data(), self.calls.settings)
            except NoSheet as error:
                raise Unreadable(name=NAME, path=self.path or "The Google sheet", reason=error, what="") from error
            reading = Reading.of(sheet, self.calls.settings)
            self._must_be_sure(reading.how.unsure)
            self._rows = reading.rows()
            if self._rows and not any(row.day for row in self._rows):
                reason = "no date column was found; choose it under Columns"
                raise Unreadable(name=NAME, path=self.path or "The Google sheet", reason=reason, what="")
        return self._rows

    def _must_be_sure(self, unsure: Sequence[str]) -> None:
        """Raise Undecided where rows can be read in more than one way, and no setting decides."""
        if unsure:
            questions = [QUESTIONS[what] for what in unsure]
            raise Undecided(
                name=NAME,
                path=self.path or "The Google sheet",
                what="",
                reason=" and ".join(question for question, _ in questions),
                settings=" ".join(setting for _, setting in questions),
                label=shlex.quote(self.remote_account().label),
            )

    def key(self, row: Row) -> str:
        """Return what a row is known by among all sheets."""
        return f"{hashlib.blake2b(self.where.encode(), digest_size=4).hexdigest()}-{row.key}"

    def write(self, data: bytes) -> str:
        """Write the sheet again and return the name of the copy of how it was. Raises ChangeRejected."""
        if self.path is None or self.mark is None:
            reason = "a Google sheet shared by link is read-only. Change it in Google Sheets."
            raise ChangeRejected(name=NAME, reason=reason)
        backup = disk.replace(self.path, data, self.mark, NAME)
        self._data = self._rows = self.mark = None
        return backup.name

    def _read(self) -> bytes:
        if self.link is not None:
            return downloaded(self.calls, self.link, SharedNoMore(name=NAME, reason="it is not shared"))
        path = self.path or Path()
        try:
            for _ in range(3):
                before = disk.mark_of(path)
                data = files.read(path, MOST_BYTES, links=False)
                if disk.mark_of(path) == before:
                    self.mark = before
                    return data
        except OSError as error:
            raise NotThere(name=NAME, path=path, reason=error.strerror or "it disappeared") from error
        raise NotThere(name=NAME, path=path, reason="it is still being written")

    def _item(self, row: Row) -> RemoteItem:
        document = row.document
        start = str(document["start"])
        details: dict[str, Any] = {
            **{key: document.get(key) for key in ("name", "description", "sport", "sub_sport", "start", "elapsed_s")},
            "moving_s": document.get("moving_s"),
            "distance_m": document.get("distance_m"),
            "gear": document.get("gear"),
            "gear_name": document.get("gear"),
            "row": row.number,
            "links": row.links or None,
            "url": None if self.link is None else self.link.shown,
        }
        known = {key: value for key, value in details.items() if value is not None}
        return RemoteItem("activity", self.key(row), start[:10], start[:10], row.version, known)


def sign_in(calls: RateLimitedClient) -> SheetSignIn:
    """Return how to sign in."""
    return SheetSignIn(calls)


def client(secret_store: SecretStore, remote_account: RemoteAccount, calls: RateLimitedClient) -> Sheet:
    """Return a sheet whose rows are activities."""
    return Sheet(secret_store, remote_account, calls)
