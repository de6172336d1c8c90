"""What every document of the API is made of."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, model_validator

#: Deeper than any document of ours, and than a database's own reader of documents takes.
DEEPEST = 50
LARGEST_INTEGER = (1 << 63) - 1
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> Any:
    """Return what was sent. Raises ValueError for what a database can't hold.

    That is text with NUL or half a character, an integer beyond 64 bits, and what is nested without end.
    """
    level = [value]
    for _ in range(DEEPEST):
        for each in level:
            _check(each)
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return value
    raise ValueError("nested too deeply")


def _check(value: Any) -> None:
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ValueError("this text contains a character that can't be stored")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise ValueError("this number is too large")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else ()


class Note(BaseModel):
    """A note about a file or its content: a code, with how many or where after a colon; and in words."""

    code: str
    text: str


#: The number of something, as it stands in an address.
type Number = Annotated[int, Path(ge=1, lt=1 << 63)]


class Shape(BaseModel):
    """A document; what it does not name is refused when taken."""

    model_config = ConfigDict(extra="forbid")
    _storable = model_validator(mode="before")(storable)


class Page[T](BaseModel):
    """A page of a collection; `next` is the cursor of the following one."""

    items: list[T]
    next: str | None
    total: int


class Listing[T](BaseModel):
    """A short collection, whole."""

    items: list[T]


class Problem(BaseModel):
    """What went wrong: `code` for programs, `detail` for people, and further details."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    code: str
    detail: str


class Health(BaseModel):
    """Whether this server works, part by part."""

    status: Literal["ok", "failing"]
    parts: dict[str, str]
    version: str
