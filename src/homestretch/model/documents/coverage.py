"""Documents about what we have of a provider: day by day, and item by item."""

from typing import Literal, TypedDict


class GapRow(TypedDict):
    """A kind, and a letter per day: h have, n nothing there, w wanted, f failed, g gone, . unknown."""

    kind: str
    title: str
    states: str


#: `from` is a word of Python, so that its field can only be named like this.
_From = TypedDict("_From", {"from": str})


class Gaps(_From):
    """What we have of a provider, day by day."""

    to: str
    rows: list[GapRow]


class SourceEntry(TypedDict):
    """One thing that a provider has; `details` are the details in its list, by their names.

    Of an activity that is its `name`, `description`, `sport`, `sub_sport`, `start`, `start_utc`, `elapsed_s`,
    `moving_s`, `distance_m`, `gear`, `gear_name`, `device`, `file` and `url`, where the list says so. Its keys at other
    sources are under `links`.
    """

    kind: str
    key: str
    since: str
    until: str
    state: Literal["wanted", "have", "none", "failed", "gone"]
    form: str | None
    note: str | None
    details: dict[str, str | float | bool | dict[str, str | None] | None]
