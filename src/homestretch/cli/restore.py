"""`homestretch restore`: restores a backup."""

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json

if TYPE_CHECKING:
    from homestretch.flow.maintenance.backup import Manifest

File = Annotated[Path | None, typer.Argument(help="A file from `homestretch backup`.", exists=True, dir_okay=False)]
Test = Annotated[
    bool,
    typer.Option("--test", help="Only test whether it can be restored. None given: the newest in the backup folder."),
]
Force = Annotated[
    bool, typer.Option("--force", help=("Move existing data aside, into a folder inside the data folder."))
]


def COMMAND(file: File = None, force: Force = False, test: Test = False, json: JsonOption = False) -> None:
    """Restore a backup. The data folder or database must be empty; everything is recalculated."""
    if test:
        _test(file, json=json)
        return
    if file is None:
        raise typer.BadParameter("Name the backup to restore.", param_hint="FILE")
    from homestretch.flow.maintenance.restore import checked
    from homestretch.settings import Settings

    with bar("Checking", quiet=json) as progress:
        manifest = checked(file, Settings(), progress)
    aside = _put_aside() if force else None
    digest, without = _restore(file, manifest, quiet=json)
    details = {"originals": manifest.originals, "missing": manifest.missing, "aside": aside and str(aside)}
    details |= {"athlete": manifest.athlete, "without_password": without}
    if json:
        say_json({**details, "created": manifest.created, "derived_digest": digest})
        return
    print(f"Restored {manifest.originals} originals and all edits from {manifest.created}.")
    for digest in manifest.missing:
        print(f"Missing in the backup: {digest}")
    if manifest.athlete is not None:
        for name in without:
            print(f"The account {name} owns {manifest.athlete}. Set a password: homestretch user passwd {quote(name)}")
        if not without:
            print(f"The first account that is made here owns {manifest.athlete}.")
    if aside:
        print(f"The previous data is in {aside}.")


def _test(file: Path | None, *, json: bool) -> None:
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


def _restore(file: Path, manifest: "Manifest", *, quiet: bool) -> tuple[str, list[str]]:
    """Restore a backup; return the digest of everything derived, and the accounts that have no password."""
    from homestretch.errors import Conflict
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
        with Decoders(app.settings) as decoders, suppress(OriginalsLost):  # those that the backup lacks
            derive_all(app.context, decoders)
        with app.database.read() as reader:
            return derived_digest(reader), without_password(reader)
