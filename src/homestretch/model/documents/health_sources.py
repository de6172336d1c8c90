"""Documents about where health comes from: the order of sources, and tables before they are imported."""

from typing import Literal, TypedDict


class KindPriority(TypedDict):
    """The order of sources that the athlete set for a kind."""

    kind: str
    name: str
    sources: list[str]


class MeasuredOrigin(TypedDict):
    """A source and device that measures a kind, `name` as an order names it, on how many days and until when."""

    name: str
    source: str
    device: str | None
    days: int
    last: str


class SharedKind(TypedDict):
    """A kind that several sources or devices measure, the most believed first; `combine` is how their values make one.

    `chosen`: the athlete set this order for this very kind.
    """

    kind: str
    name: str
    group: str
    combine: Literal["union", "baseline", "spot", "best"]
    chosen: bool
    origins: list[MeasuredOrigin]


class HealthPriorities(TypedDict):
    """Which sources are believed most: the order that holds for all kinds, and those of single kinds.

    `there` are the sources that the athlete has data of, the most believed first; `shared` are the kinds for which the
    order matters.
    """

    usual: list[str]
    all: list[str] | None
    kinds: list[KindPriority]
    there: list[str]
    shared: list[SharedKind]


class TableUnit(TypedDict):
    """A unit of a kind, and by what its values are multiplied to be ours."""

    name: str
    scale: float


class TableKind(TypedDict):
    """A kind that a column can hold, and its units, ours first."""

    key: str
    name: str
    group: str
    units: list[TableUnit]


class TableColumn(TypedDict):
    """What a column (from 0) holds; `scale` is null where its unit is not known."""

    place: int
    kind: str
    scale: float | None


class TablePreview(TypedDict):
    """A table of measurements as it would be imported: its first rows, and which column is taken for what.

    `understood`: nothing has to be asked. `format` is what claims the file, null for nothing. `month_first` is null
    where nothing shows how dates are written. `measurements` would be imported, `unread` rows have no date.
    """

    format: str | None
    understood: bool
    header: list[str]
    rows: list[list[str]]
    date: int | None
    time: int | None
    month_first: bool | None
    columns: list[TableColumn]
    measurements: int
    first: str | None
    last: str | None
    unread: int
    kinds: list[TableKind]
