"""Tables of another system, wherever they lie: asked what they have before they are read, for versions differ."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path

from homestretch.errors import BadRequest
from homestretch.flow.takeover.reading.items import Found, NotItsStore, SeveralUsers

type Cell = str | int | float | None
type Cells = Mapping[str, Cell]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Tables(ABC):
    """The tables of a store with their columns."""

    def __init__(self, path: Path, system: str, columns: Mapping[str, Sequence[str]]) -> None:
        self.path, self.system, self.columns = path, system, columns

    @abstractmethod
    def read(self, table: str, columns: Sequence[str], order: str) -> Iterator[Sequence[Cell]]:
        """Yield columns, which are there, of the rows of a table in some order. Raises StoreUnreadable."""

    def must_have(self, table: str, columns: Collection[str]) -> None:
        """Raise NotItsStore where a table or one of its columns is not there."""
        missing = [one for one in columns if one not in self.columns.get(table, ())]
        if table not in self.columns or missing:
            what = f"its table {table} has no column {missing[0]}" if table in self.columns else f"no table {table}"
            raise NotItsStore(path=self.path, system=self.system, reason=what)

    def rows(self, table: str, wanted: Sequence[str]) -> Iterator[Cells]:
        """Yield the rows of a table, ordered by the first wanted column that it has; nothing without the table.

        Columns that it does not have are None. Raises StoreUnreadable.
        """
        there = [name for name in wanted if name in self.columns.get(table, ())]
        if there:
            missing = dict.fromkeys(wanted)
            for row in self.read(table, there, there[0]):
                yield {**missing, **dict(zip(there, row, strict=True))}

    def count(self, table: str) -> int:
        """Return how many rows a table has, 0 where it is not there."""
        columns = self.columns.get(table)
        return sum(1 for _ in self.read(table, columns[:1], columns[0])) if columns else 0

    def leave_unknown(self, found: Found, known: Mapping[str, Collection[str]]) -> None:
        """Note the tables, and the columns of known tables (`table.column`), that nothing is known of."""
        names = [name for name in self.columns if name not in known]
        names += [
            f"{name}.{column}"
            for name, columns in self.columns.items()
            for column in columns
            if name in known and column not in known[name]
        ]
        shown = ", ".join(names[:20]) + (" and more" if len(names) > 20 else "")
        found.leave("unknown tables and columns", len(names), f"Nothing is known of {shown}.")


def chosen_user(system: str, users: Mapping[str, str], wanted: str | None) -> str | None:
    """Return the key of the user that is wanted, by key or name, or of the only one; None where there are no users.

    Raises SeveralUsers, and BadRequest where there is no one to choose from.
    """
    if wanted is not None and not users:
        raise BadRequest(reason=f"This copy of {system} holds the data of one person. Leave --user out.")
    if wanted is None and len(users) <= 1:
        return next(iter(users), None)
    for key, name in users.items():
        if wanted is not None and wanted.casefold() in (key.casefold(), name.casefold()):
            return key
    names = ", ".join(f"{key} ({name})" if name != key else key for key, name in users.items())
    raise SeveralUsers(system=system, names=names)


def text(cell: object) -> str:
    """Return a cell as text without blanks around it; "" for none."""
    return "" if cell is None else str(cell).strip()


def number(cell: Cell) -> float | None:
    """Return a cell as a finite number, or None."""
    try:
        value = float(cell) if cell is not None else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def yes(cell: Cell) -> bool:
    """Return whether a cell says yes."""
    return text(cell).lower() in ("1", "1.0", "t", "true")


def instant_ms(cell: Cell) -> int | None:
    """Return a time as UTC ms, given seconds since 1970 or ISO text (without an offset: UTC), or None."""
    seconds = number(cell)
    if seconds is not None:
        return round(seconds * 1000)
    try:
        at = datetime.fromisoformat(text(cell))
        return round(((at if at.tzinfo else at.replace(tzinfo=UTC)) - _EPOCH).total_seconds() * 1000)
    except (ValueError, OverflowError):
        return None
