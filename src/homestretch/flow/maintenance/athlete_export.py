"""Exports one athlete: a backup reduced to it, from which an empty Homestretch makes the same athlete again."""

from collections.abc import Iterator
from pathlib import Path

from homestretch.flow.maintenance.backup import Backup, Manifest, Progress, carried
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record_export
from homestretch.model.documents.people import ExportSize
from homestretch.model.moment import day_of
from homestretch.store.database import Reader
from homestretch.store.queries.one_athlete import OneAthlete
from homestretch.store.queries.payloads import packed_bytes
from homestretch.store.queries.people import athlete_name, grants_of
from homestretch.store.scope import Scope


def export_to(
    context: Context, scope: Scope, target: Path, *, force: bool = False, progress: Progress = lambda *_: None
) -> Manifest:
    """Write an export of the athlete into a file that appears under its name only when it is whole.

    Raises Forbidden, TargetExists or CannotBackUp.
    """
    manifest = _export(context, scope).write(target, force=force, progress=progress)
    record_export(context, scope.athlete_id)
    return manifest


def export_athlete(context: Context, scope: Scope) -> Iterator[bytes]:
    """Yield an export of the athlete piece by piece. Raises Forbidden at once."""
    export = _export(context, scope)
    record_export(context, scope.athlete_id)
    return export.parts()


def export_name(context: Context, scope: Scope) -> str:
    """Return what the file of an export made now is called."""
    with context.database.read() as reader:
        name = athlete_name(reader, scope.athlete_id)
    return f"homestretch-{name}-{day_of(context.clock())}.tar"


def export_size(context: Context, scope: Scope) -> ExportSize:
    """Return about how large an export of the athlete is. Raises Forbidden."""
    export = _export(context, scope)
    with context.database.read() as reader:
        digests = carried(reader, export.only)
        answers = packed_bytes(reader, scope.athlete_id)
    sizes = context.archive.sizes(digests)  # what is missing has none, and is counted so
    about = sum(sizes.values()) + answers * 4 // 3  # in the rows an answer is base64
    return {"bytes": about, "originals": len(sizes), "missing": len(digests) - len(sizes)}


def _export(context: Context, scope: Scope) -> Backup:
    """Return the export to be made; the account that asks goes along, on the command line an owner's."""
    scope.must("athlete: edit")
    with context.database.read() as reader:
        owner = scope.account_id or _owner(reader, scope.athlete_id)
        name = athlete_name(reader, scope.athlete_id)
    export = Backup(context, OneAthlete(scope.athlete_id, owner))
    export.manifest.athlete = "".join(letter if letter.isprintable() else " " for letter in name)
    return export


def _owner(reader: Reader, athlete_id: int) -> int | None:
    """Return the first owner by name; None of an athlete that was imported before there was any account."""
    return next((one.account_id for one in grants_of(reader, athlete_id) if one.role == "owner"), None)
