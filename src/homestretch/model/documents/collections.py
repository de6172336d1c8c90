"""Collections: a page of a long one, or a short one as a whole."""

from typing import TypedDict


class Page[T](TypedDict):
    """A page of a collection; `next` is the cursor of the following one."""

    items: list[T]
    next: str | None
    total: int


class Listing[T](TypedDict):
    """A short collection, whole."""

    items: list[T]
