"""Runs migrations on the engine that the caller hands over, with SQLite's cascade trap closed."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from homestretch.store.tables import kept, ops  # noqa: F401  (they fill the metadata)
from homestretch.store.tables.columns import kept_metadata


def _include(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave the tables of the job engine and of the derived schema alone."""
    return not (kind == "table" and name is not None and name.startswith(("datasource_", "dbos_")))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=kept_metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_object=_include,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate() -> None:
    engine = context.config.attributes["engine"]
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            _run(connection)
        return
    with engine.connect() as connection:
        # Alembic changes a table by making it again; with foreign keys on, dropping the old one
        # deletes every child row that cascades. The pragma only works outside a transaction, and a
        # pooled connection would keep it.
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run(connection)
                broken = connection.exec_driver_sql("PRAGMA main.foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"the migration leaves {len(broken)} rows without their parents")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


_migrate()
