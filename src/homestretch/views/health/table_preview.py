"""A table of measurements before it is imported: its first rows, and which column is taken for what."""

from homestretch import formats
from homestretch.formats.measurements_csv import KEY, read_table
from homestretch.formats.measurements_csv.columns import TableMapping, units_of
from homestretch.formats.measurements_csv.measurements import measurements
from homestretch.model.documents.health_sources import TableKind, TablePreview
from homestretch.model.health.kinds import KINDS
from homestretch.store.scope import Scope

#: So many rows are shown.
ROWS = 8


def table_preview(scope: Scope, data: bytes, name: str) -> TablePreview:
    """Return a table as it would be imported under this name."""
    scope.must("health: edit")
    claimed = formats.sniff(data, name)
    table, mapping = read_table(data)
    found = measurements(table, mapping)
    days = sorted(one.day for one in found.measurements)
    dates = [] if mapping.date is None else table.column(mapping.date)
    return {
        "format": None if claimed is None else claimed.key,
        "understood": claimed is not None and claimed.key == KEY and _is_sure(mapping),
        "header": list(table.header),
        "rows": [list(row) for row in table.rows[:ROWS]],
        "date": mapping.date,
        "time": mapping.time,
        "month_first": mapping.order.month_first,
        "columns": [{"place": one.place, "kind": one.kind, "scale": one.scale} for one in mapping.columns],
        "measurements": len(found.measurements),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "unread": sum(mapping.order.read(text) is None for text in dates),
        "kinds": _kinds(),
    }


def _is_sure(mapping: TableMapping) -> bool:
    return mapping.order.month_first is not None and all(column.scale is not None for column in mapping.columns)


def _kinds() -> list[TableKind]:
    return [
        {
            "key": kind.key,
            "name": kind.name,
            "group": kind.group,
            "units": [{"name": name, "scale": scale} for name, scale in units_of(kind.key).items()],
        }
        for kind in KINDS.values()
        if not kind.choices
    ]
