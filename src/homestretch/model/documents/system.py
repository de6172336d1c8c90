"""Documents about the server: whether it works, and whether everything is there and right."""

from typing import Literal, TypedDict

from homestretch.model.documents.sources import Connection


class Health(TypedDict):
    """Whether this server works, part by part: ok, or what is wrong."""

    status: Literal["ok", "failing"]
    parts: dict[str, str]
    version: str


class Finding(TypedDict):
    """What a check of the installation found, and what to do about it."""

    check: str
    status: Literal["ok", "warn", "fail"]
    says: str


class OpenChanges(TypedDict):
    """How many changes at sources await a decision, and how many are approved and not made yet."""

    open: int
    approved: int


class Overview(TypedDict):
    """How an athlete's data are doing: whether a server runs, what there is, and what awaits an answer."""

    server: bool
    activities: int
    possible_duplicates: int
    changes: OpenChanges
    sources: list[Connection]


class LostOriginal(TypedDict):
    """An original that can't be read back, and the name that it came under."""

    digest: str
    reason: Literal["missing", "corrupt"]
    path: str


class OriginalsPlace(TypedDict):
    """A place of originals: how many lie there, packed into how many bytes, or why it can't be asked."""

    place: str
    originals: int | None
    bytes: int | None
    fault: str | None


class Verification(TypedDict):
    """Whether every original is there and whole, and a digest of everything derived from them.

    `missing` and `corrupt` are digests, of which `lost` has the names; `unlisted` are those that the archive's readable
    index lacks.
    """

    originals: int
    bytes: int
    missing: list[str]
    corrupt: list[str]
    lost: list[LostOriginal]
    unlisted: list[str]
    derived_digest: str
