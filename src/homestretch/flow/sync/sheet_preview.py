"""A preview of a sheet under some settings, for mapping its columns before they are set."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from homestretch.errors import BadRequest, HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import StoredSecret
from homestretch.flow.sync.answers import checked, effective
from homestretch.flow.sync.connections import calls_of, person_of, source_of, zone_of
from homestretch.model.documents.sheets import SheetPreview
from homestretch.registry import load
from homestretch.store.queries import connections as stored
from homestretch.store.queries.payloads import LISTING, read_payloads
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import payloads

SOURCE = "spreadsheet"


def preview(context: Context, scope: Scope, connection: str, settings: Mapping[str, Any]) -> SheetPreview:
    """Return a preview of a connection's sheet under these settings, laid over the current ones.

    Raises NotFound, BadRequest, and what reading raises if nothing was kept yet.
    """
    scope.must("sources: read")
    with context.database.read() as reader:
        row = stored.find(reader, scope, connection)
        zone = zone_of(reader, row)
    if row.source != SOURCE:
        raise BadRequest(reason=f"{row.label} is not a spreadsheet.")
    fields = source_of(SOURCE).settings
    wanted = effective(fields, {**row.settings, **checked(fields, settings)})
    shown: SheetPreview = load("homestretch.sources", "spreadsheet.preview").preview(
        _sheet(context, row), {**wanted, "home_zone": zone}
    )
    return shown


def _sheet(context: Context, row: Row[Any]) -> bytes:
    """Return the sheet as it is now, or as it came last where it is away or lies at somebody else's."""
    kept = _kept(context, row)
    source = source_of(SOURCE)
    if row.secret is None:
        if kept is None:
            raise BadRequest(reason=f"Sign in to {row.label} first.")
        return kept
    client: Any = source.client(StoredSecret(context, row.id), person_of(row), calls_of(context, source, pause_s=0.0))
    if kept is not None and client.path is None:
        return kept
    try:
        data: bytes = client.data()
    except HomestretchError:
        if kept is None:
            raise
        return kept
    return data


def _kept(context: Context, row: Row[Any]) -> bytes | None:
    mine = (payloads.c.connection_id == row.id) & (payloads.c.kind == LISTING) & payloads.c.key.startswith("sheet.")
    with context.database.read() as reader:
        newest = reader.scalar(select(payloads.c.id).where(mine).order_by(payloads.c.id.desc()).limit(1))
        return None if newest is None else read_payloads(reader, [newest])[newest]
