"""What every document of the API is made of."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A document; what it does not name is refused when taken."""

    model_config = ConfigDict(extra="forbid")


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
