"""`homestretch restore`: restores a backup."""

import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import amount, say_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homestretch.flow.maintenance.backup import Manifest
    from homestretch.flow.maintenance.restore import BackupFile

File = Annotated[
    str | None,
    typer.Argument(help="A file from `homestretch backup`, its address such as s3://bucket/name, or its name there."),
]
ListOption = Annotated[bool, typer.Option("--list", help="Only list the backups that the settings lead to.")]
Test = Annotated[
    bool,
    typer.Option("--test", help="Only test whether it can be restored. None given: the newest that was made."),
]
Force = Annotated[
    bool, typer.Option("--force", help=("Move existing data aside, into a folder inside the data folder."))
]
WithDeleted = Annotated[
    bool,
    typer.Option("--with-deleted", help="Also bring back athletes who were deleted after the backup was made."),
]


def COMMAND(
    file: File = None,
    force: Force = False,
    test: Test = False,
    with_deleted: WithDeleted = False,
    list_them: ListOption = False,
    json: JsonOption = False,
) -> None:
    """Restore a backup. The data folder or database must be empty; everything is recalculated.

    Athletes who were deleted for good since it was made are left out: forgotten.txt beside the backup names them.
    """
    if list_them:
        _list(json=json)
        return
    backup = None if file is None else _named(file)
    if test:
        _test(backup, json=json)
        return
    if backup is None:
        raise typer.BadParameter("Name the backup to restore.", param_hint="FILE")
    from homestretch.flow.maintenance.restore import checked
    from homestretch.settings import Settings

    with bar("Checking", quiet=json) as progress:
        manifest = checked(backup, Settings(), progress)
    listed = {} if with_deleted or manifest.athlete is not None else _forgotten(backup, here=force)
    aside = _put_aside() if force else None
    digest, without, left_out = _restore(backup, manifest, listed, quiet=json)
    details = {
        "left_out": left_out,
        "originals": manifest.originals,
        "missing": manifest.missing,
        "aside": aside and str(aside),
    }
    details |= {"athlete": manifest.athlete, "without_password": without}
    if json:
        say_json({**details, "created": manifest.created, "derived_digest": digest})
        return
    print(f"Restored {manifest.originals} originals and all edits from {manifest.created}.")
    if left_out:
        print(f"Left out: {amount(left_out, 'athlete')} deleted after the backup was made (see --with-deleted).")
    for digest in manifest.missing:
        print(f"Missing in the backup: {digest}")
    if manifest.athlete is not None:
        for name in without:
            print(f"The account {name} owns {manifest.athlete}. Set a password: homestretch user passwd {quote(name)}")
        if not without:
            print(f"The first account that is made here owns {manifest.athlete}.")
    if aside:
        print(f"The previous data is in {aside}.")


def _named(word: str) -> "BackupFile":
    from homestretch.errors import NotFound
    from homestretch.flow.backups.copies import backup_named
    from homestretch.settings import Settings

    try:
        return backup_named(Settings(), word)
    except NotFound:
        raise typer.BadParameter(f"There is no backup {word}.", param_hint="FILE") from None


def _list(*, json: bool) -> None:
    """List the backups in the folder and the object store that the settings name."""
    from homestretch.flow.backups.copies import listed
    from homestretch.settings import Settings

    found = listed(Settings())
    if json:
        say_json([one._asdict() for one in found])
        return
    for one in found:
        print(f"{one.place}/{one.name}  {one.size / 1e6:.1f} MB")
    if not found:
        print("No backups are in HOMESTRETCH_BACKUP_DIR or HOMESTRETCH_BACKUP_BUCKET.")


def _test(file: "BackupFile | None", *, json: bool) -> None:
    """Restore a backup beside the store, compare a sample of recordings, and remove what was restored."""
    from homestretch.flow.backups.drill import drill, newest_backup

    with whole() as (app, _):
        path = file or newest_backup(app.context)
        found = drill(app.context, path)
    if json:
        say_json({"file": str(path), **asdict(found)})
    elif found.differing:
        print(f"{found.differing} of {found.compared} recordings came out of {path} otherwise than they are here.")
    else:
        print(f"{path} can be restored: {found.originals} originals are whole, {found.compared} recordings are equal.")
    raise typer.Exit(1 if found.differing else 0)


def _put_aside() -> Path | None:
    from homestretch.flow.maintenance.restore import put_aside
    from homestretch.flow.runtime.context import now_ms
    from homestretch.flow.runtime.folder_lock import OwnerLock
    from homestretch.settings import Settings

    settings = Settings()
    if not settings.sqlite:
        return None
    with OwnerLock(settings.data_dir, "command"):
        return put_aside(settings, now_ms())


def _forgotten(file: "BackupFile", *, here: bool) -> dict[str, int]:
    """Return who was deleted for good, as the list beside the backup says and, if asked, the store that is here."""
    from sqlalchemy.exc import SQLAlchemyError

    from homestretch.errors import HomestretchError
    from homestretch.flow.backups.forgotten import list_here, read_list, read_list_in
    from homestretch.settings import Settings

    listed = read_list(file.absolute().parent) if isinstance(file, Path) else read_list_in(file.bucket)
    try:
        return listed | (list_here(Settings()) if here else {})
    except (SQLAlchemyError, HomestretchError) as error:  # a store that can't be read may be why one restores
        print(f"homestretch: the store that is here was not asked who was deleted ({error})", file=sys.stderr)
        return listed


def _restore(
    file: "BackupFile", manifest: "Manifest", listed: "Mapping[str, int]", *, quiet: bool
) -> tuple[str, list[str], int]:
    """Restore a backup; return the digest of everything derived, the accounts without a password, who was left out."""
    from homestretch.errors import Conflict
    from homestretch.flow.backups.forgotten import forget_again
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.derive_pending import derive_all
    from homestretch.flow.derive.rederive import OriginalsLost
    from homestretch.flow.maintenance.restore import restore
    from homestretch.views.people.people import without_password
    from homestretch.views.system.digest import derived_digest

    with whole(restoring=True) as (app, beside):
        if beside:
            raise Conflict(reason="A server or worker is running. Stop it first.")
        with bar("Restoring", quiet=quiet) as progress:
            restore(app.context, file, manifest, progress)
        made_ms = int(datetime.fromisoformat(manifest.created).timestamp() * 1000)
        left_out = forget_again(app.context, listed, made_ms)
        with Decoders(app.settings) as decoders, suppress(OriginalsLost):  # those that the backup lacks
            derive_all(app.context, decoders)
        with app.database.read() as reader:
            return derived_digest(reader), without_password(reader), left_out
