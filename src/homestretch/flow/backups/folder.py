"""The folder that backups go to: one that was chosen, marked, so that another disk in its place is noticed."""

import os
import secrets
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from homestretch import files
from homestretch.errors import BadRequest, Conflict, HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.server_paths import must_not_be_own
from homestretch.model.documents.backups import BackupPlan
from homestretch.settings import Settings
from homestretch.store.queries.backups import BackupSettings, backup_settings, put_backup_settings

#: The file that marks the folder; an empty mount point does not have it.
MARK = ".homestretch-backups"
MARK_BYTES = 1_000_000


class BadBackupFolder(HomestretchError):
    """{folder} can't take backups: {reason}"""

    status = 422
    exit_code = 2


class NoBackupFolder(HomestretchError):
    """No backup folder is set. Choose one in Settings › Backups or set HOMESTRETCH_BACKUP_DIR."""

    status = 409
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is in force: the settings, the folder, and whether the environment sets that."""

    settings: BackupSettings
    folder: Path | None
    locked: bool

    @property
    def on(self) -> bool:
        """Whether backups are made by themselves."""
        return self.folder is not None and self.settings.on


def chosen(kept: BackupSettings, settings: Settings) -> Chosen:
    """Return what is in force: the environment's folder, else the one that an administrator chose."""
    if settings.given_backup_dir is not None:
        return Chosen(kept, settings.given_backup_dir, locked=True)
    return Chosen(kept, None if kept.folder is None else Path(kept.folder), locked=False)


def set_plan(context: Context, plan: BackupPlan, *, again: bool = False) -> None:
    """Set where backups go as `choose` does, from a document. Raises Conflict, BadBackupFolder."""
    new = BackupSettings(
        on=plan["on"],
        folder=plan["folder"],
        every=plan["every"],
        hour=plan["hour"],
        daily=plan["daily"],
        weekly=plan["weekly"],
        monthly=plan["monthly"],
    )
    choose(context, new, again=again)


def choose(context: Context, new: BackupSettings, *, again: bool = False) -> None:
    """Set where backups go, when they are made, and how many are kept.

    A folder that is new is marked; `again` also marks one that was chosen before and has lost its mark. Raises
    Conflict where the environment names another folder, and BadBackupFolder.
    """
    with context.database.read() as reader:
        before = chosen(backup_settings(reader), context.settings)
    folder = files.named(new.folder) if new.folder and new.folder.strip() else None
    if before.locked:
        if folder not in (None, before.folder):
            raise Conflict(reason="The folder is set by HOMESTRETCH_BACKUP_DIR. Change it there.")
        folder = before.folder
    marked, mark = before.settings.marked, before.settings.mark
    if folder is not None and (again or marked != str(folder)):
        marked, mark = str(folder), claimed(context, folder)
    kept = before.settings.folder if before.locked else None if folder is None else str(folder)
    with context.database.write() as session:
        put_backup_settings(session, replace(new, folder=kept, marked=marked, mark=mark), context.clock())


def claimed(context: Context, folder: Path) -> str:
    """Mark a folder as the one for backups, and return its mark; one that is marked keeps it. Raises BadBackupFolder.

    It is never created: where a disk is to be mounted, that would fill the disk below.
    """
    _must_be_folder(folder)
    try:
        must_not_be_own(context.settings, folder)
        return _mark(folder) or _marked(folder)
    except BadRequest as error:
        raise BadBackupFolder(folder=folder, reason=error.details["reason"]) from error
    except OSError as error:
        raise BadBackupFolder(folder=folder, reason=_words(error)) from error


def usable(context: Context) -> tuple[Chosen, Path]:
    """Return what is in force, and the folder, once it is the one that was chosen and can be written.

    One that the environment names is marked at its first use. Raises NoBackupFolder, BadBackupFolder.
    """
    with context.database.read() as reader:
        found = chosen(backup_settings(reader), context.settings)
    folder = found.folder
    if folder is None:
        raise NoBackupFolder
    if found.settings.marked != str(folder) or found.settings.mark is None:
        with_mark = replace(found.settings, marked=str(folder), mark=claimed(context, folder))
        with context.database.write() as session:
            put_backup_settings(session, with_mark, context.clock())
        found = replace(found, settings=with_mark)
    _must_be_marked(folder, found.settings.mark)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadBackupFolder(folder=folder, reason=_words(error)) from error
    return found, folder


def problem(found: Chosen) -> str | None:
    """Return why the folder can't be used now, in a sentence; None where it can, or where none is chosen."""
    if found.folder is None:
        return None
    try:
        _must_be_folder(found.folder)
        if found.settings.marked == str(found.folder):
            _must_be_marked(found.folder, found.settings.mark)
    except BadBackupFolder as error:
        return str(error)
    return None


def _must_be_marked(folder: Path, mark: str | None) -> None:
    _must_be_folder(folder)
    try:
        there = _mark(folder)
    except OSError as error:
        raise BadBackupFolder(folder=folder, reason=_words(error)) from error
    if there != mark:
        raise BadBackupFolder(
            folder=folder,
            reason=f"its file {MARK} is missing or another one, so this is not the folder that was chosen. Mount its "
            "disk. If the folder is really a new one, choose it again.",
        )


def _must_be_folder(folder: Path) -> None:
    if not folder.is_absolute():
        raise BadBackupFolder(folder=folder, reason="Write the whole path, beginning with a slash.")
    try:
        there = folder.is_dir()
    except (OSError, ValueError) as error:
        raise BadBackupFolder(folder=folder, reason="This is not a valid path.") from error
    if not there:
        raise BadBackupFolder(folder=folder, reason="There is no such folder. Mount its disk, or create it.")


def _mark(folder: Path) -> str | None:
    path = folder / MARK
    if not path.is_file():
        return None
    return files.read(path, MARK_BYTES).decode(errors="replace").strip()[:80] or None


def _marked(folder: Path) -> str:
    mark = secrets.token_hex(8)
    put_text(folder / MARK, f"{mark}\n")
    return mark


def put_text(path: Path, text: str) -> None:
    """Write a small file in the place of what was there, whole or not at all. Raises OSError."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f"{path.name}.", delete=False) as draft:
        try:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    files.sync_folder(path.parent)


def _words(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{reason}. Check the disk, and that the user who runs Homestretch may write there."
