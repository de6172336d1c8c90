"""What SQLite's planner cannot guess: nearly all rows of a table may be one athlete's, or one connection's."""

from sqlalchemy import Column, Connection, MetaData, Table, Text, delete, insert, select

#: How many rows a table is taken to have, how many of them are one owner's, and how many are left after that by each
#: further column of an index: what SQLite itself supposes without statistics.
_ROWS, _OF_ONE, _LEFT, _FEWEST = 1_000_000, 100_000, 10, 5
_BY_OWNER = """
    SELECT t.name, i.name, i."unique", (SELECT count(*) FROM pragma_index_info(i.name, '{schema}'))
    FROM {schema}.sqlite_schema AS t, pragma_index_list(t.name, '{schema}') AS i
    WHERE t.type = 'table'
    AND (SELECT name FROM pragma_index_info(i.name, '{schema}') WHERE seqno = 0) IN ('athlete_id', 'connection_id')
"""


def guide(connection: Connection) -> None:
    """Make SQLite expect that a row's owner leaves far more rows to look through than the row's own columns.

    Without this it looks for a few of an athlete's recordings among all of them. The figures are the same forever,
    unlike those of ANALYZE, so that plans stay as they were tested. This and all later connections use them.
    """
    if connection.dialect.name != "sqlite":
        return
    for schema in ("main", "derived"):
        wanted = {
            (table, index, _figures(columns, unique=bool(unique)))
            for table, index, unique, columns in connection.exec_driver_sql(_BY_OWNER.format(schema=schema))
        }
        connection.exec_driver_sql(f"ANALYZE {schema}.sqlite_schema")  # makes the table of figures
        known = Table("sqlite_stat1", MetaData(schema=schema), *(Column(name, Text) for name in ("tbl", "idx", "stat")))
        if set(map(tuple, connection.execute(select(known)))) != wanted:
            connection.execute(delete(known))
            connection.execute(insert(known), [dict(zip(known.c.keys(), row, strict=True)) for row in sorted(wanted)])
            connection.exec_driver_sql(f"ANALYZE {schema}.sqlite_schema")  # reads it


def _figures(columns: int, *, unique: bool) -> str:
    """Return the rows that are left after each column of an index, in the planner's notation."""
    left = [max(_LEFT - i, _FEWEST) for i in range(columns - 1)]
    if unique and left:
        left[-1] = 1
    return " ".join(map(str, (_ROWS, _OF_ONE, *left)))
