"""What every document of the API is made of."""

import re
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, model_validator


def storable(value: Any) -> Any:
    """Return what was sent. Raises ValueError for text that a database can't hold: NUL and halves of characters."""
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ValueError("this text has a character that can't be kept")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        storable(inner)
    if isinstance(value, dict):
        storable(list(value))
    return value


UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

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
    """What went wrong: `code` for programs, `detail` for people, and further facts."""

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
