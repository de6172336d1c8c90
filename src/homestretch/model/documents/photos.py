"""Photos of an activity."""

from typing import TypedDict

from homestretch.model.media.photos import PhotoClock


class Photo(TypedDict):
    """A photo: its size in px once upright, and where it belongs.

    `at_s` is when it was taken, in s since the start of the activity; null where it does not say. `latitude` and
    `longitude` are where the map shows it, null for nowhere. `clock` says by what its time goes, and `clock_s` what was
    added to that of its camera. `private` ones are shown to owners and editors only. `name` is its file's, null
    for viewers.
    """

    id: str
    name: str | None
    caption: str | None
    width: int
    height: int
    at_s: float | None
    latitude: float | None
    longitude: float | None
    pinned: bool
    clock: PhotoClock | None
    clock_s: int
    private: bool


class Photos(TypedDict):
    """The photos of an activity, in their order, and how many it can have at most."""

    items: list[Photo]
    most: int
