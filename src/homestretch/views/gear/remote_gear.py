"""The gear of an activity beside a source's: by the source's keys, with names to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, select

from homestretch.model.documents.compare import ComparedField
from homestretch.sources.registry import terms_of
from homestretch.store.database import Reader
from homestretch.store.queries.cached import items_under
from homestretch.store.queries.gear import Gears
from homestretch.store.tables.derived import remote_gear


@dataclass(frozen=True, slots=True)
class CalledThere:
    """A source's keys of our gear (`keys`, by id) and our gear by its keys (`ours`); names on both sides.

    `lists_gear` is whether its list has gear at all, so that a missing one means none.
    """

    keys: Mapping[int, str]
    ours: Mapping[str, int]
    names: Mapping[int, str]
    names_there: Mapping[str, str]
    lists_gear: bool

    @classmethod
    def of(cls, reader: Reader, athlete_id: int, connection: Row[Any]) -> "CalledThere":
        """Return what the source of a connection calls the athlete's gear."""
        gears = Gears.of(reader, athlete_id)
        ours = {key: number for (source, key), number in gears.aliases.items() if source == connection.source}
        mine = (remote_gear.c.athlete_id == athlete_id) & (remote_gear.c.source == connection.source)
        rows = reader.rows(select(remote_gear.c.key, remote_gear.c.name).where(mine)) if gears.ever else ()
        table = items_under(terms_of(connection.source))
        said = (table.c.connection_id == connection.id) & table.c.details["gear"].as_string().is_not(None)
        return cls(
            {number: key for key, number in sorted(ours.items(), reverse=True)},
            ours,
            {number: row.name for number, row in gears.items.items()},
            {row.key: row.name for row in rows if row.name},
            bool(ours) and bool(reader.scalar(select(exists().where(said)))),
        )

    def compare(self, gear_id: int | None, details: Mapping[str, Any]) -> ComparedField | None:
        """Return the field of a comparison, or None without enough data.

        Gear there without a match here is unknown, not different; only gear that has a key there can be sent.
        """
        there = details.get("gear")
        here = None if gear_id is None else self.keys.get(gear_id)
        if there is None and (here is None or not self.lists_gear):
            return None
        known = there is None or there in self.ours
        same = not known or (gear_id is None and there is None) or (there is not None and self.ours[there] == gear_id)
        name_there = details.get("gear_name") or self.names_there.get(there or "") or there
        name = None if gear_id is None else self.names.get(gear_id)
        return {"here": here, "there": there, "same": same, "here_name": name, "there_name": name_there}
