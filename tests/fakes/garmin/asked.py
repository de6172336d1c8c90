"""What is asked and what is answered: one request, one reply."""

import json
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.day import Day

if TYPE_CHECKING:
    from tests.fakes.garmin.server import FakeGarmin

JSON, HTML, BYTES = "application/json;charset=UTF-8", "text/html;charset=UTF-8", "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `how` is `whole`, `cut` (fewer bytes than promised) or `lost` (the connection just ends)."""

    status: int
    body: bytes = b""
    kind: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    how: str = "whole"


def body_of(handler: BaseHTTPRequestHandler) -> bytes | None:
    """Return the body of a request; None where who asked is gone in the middle of asking."""
    announced = int(handler.headers.get("Content-Length") or 0)
    body = handler.rfile.read(announced)
    if len(body) < announced:
        handler.close_connection = True
        return None
    return body


def told(document: Any, status: int = 200, *headers: tuple[str, str]) -> Reply:
    """Return a JSON document as an answer."""
    return Reply(status, json.dumps(document).encode(), JSON, headers)


def page(html: str, status: int = 200, *headers: tuple[str, str]) -> Reply:
    """Return a page as an answer."""
    return Reply(status, html.encode(), HTML, headers)


class Refusal(Exception):
    """The API refuses: a status, Garmin's name of the error, and its words."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message

    def reply(self) -> Reply:
        """Return the answer that says so."""
        return told({"message": self.message, "error": self.error}, self.status)


def missing() -> Refusal:
    """Return the refusal of what there is not."""
    return Refusal(404, "NotFoundException", "HTTP 404 Not Found")


def wrong(message: str) -> Refusal:
    """Return the refusal of a request that makes no sense."""
    return Refusal(400, "BadRequestException", message)


def forbidden(message: str = "HTTP 403 Forbidden") -> Refusal:
    """Return the refusal of what is not this user's."""
    return Refusal(403, "ForbiddenException", message)


@dataclass(slots=True)
class Ask:
    """A request: `parts` are the named parts of its path, `query` its parameters; header names are in lower case."""

    fake: "FakeGarmin"
    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes
    parts: dict[str, str] = field(default_factory=dict)
    known: Account | None = None

    @property
    def account(self) -> Account:
        """Whose token came with the request."""
        assert self.known is not None
        return self.known

    @property
    def query(self) -> dict[str, list[str]]:
        """The query's values by name."""
        return parse_qs(self.raw_query, keep_blank_values=True)

    def one(self, name: str, default: str | None = None) -> str:
        """Return the query's value of a name; 400 where it is missing and has no default."""
        values = self.query.get(name)
        if values:
            return values[0]
        if default is None:
            raise wrong(f"{name} is required")
        return default

    def form(self) -> dict[str, str]:
        """Return the fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}

    def json(self) -> dict[str, Any]:
        """Return the body's document; 400 where it is none."""
        try:
            document = json.loads(self.body or b"{}")
        except ValueError as bad:
            raise wrong("malformed body") from bad
        if not isinstance(document, dict):
            raise wrong("malformed body")
        return document

    def cookies(self) -> dict[str, str]:
        """Return the cookies."""
        pairs = (piece.strip().partition("=") for piece in self.headers.get("cookie", "").split(";"))
        return {name: value for name, _, value in pairs if name}

    def day(self, name: str = "date") -> Day:
        """Return the day that a part of the path, or else the query, names."""
        text = self.parts[name] if name in self.parts else self.one(name)
        try:
            return Day(self.account, date.fromisoformat(text))
        except ValueError as bad:
            raise wrong(f"{name} is no date: {text}") from bad

    def days(self, first: str, last: str, most: int = 366) -> list[Day]:
        """Return the days of a range; 400 where it is longer than `most` or runs backwards."""
        begun, ended = self.day(first), self.day(last)
        count = (ended.date - begun.date).days + 1
        if not 1 <= count <= most:
            raise wrong(f"range of {count} days, at most {most}")
        return [Day(self.account, date.fromordinal(begun.date.toordinal() + k)) for k in range(count)]
