"""What `homestretch doctor` finds of backups: whether they are made, restored for a test, and apart from the data."""

from contextlib import suppress
from pathlib import Path
from typing import Literal

from homestretch import files
from homestretch.model.moment import iso
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.backups import backup_settings, kept_backups, last_good, last_run
from homestretch.views.system.backups import backup_plan

DAY_MS = 86_400_000
#: A backup may be late by so many days, and a drill by so many.
LATE_DAYS, DRILL_DAYS = 2, 35

type Outcome = tuple[Literal["ok", "warn", "fail"], str]


def checked_backups(reader: Reader, settings: Settings, now: int) -> Outcome:
    """Return whether backups are made as they are to be, and lie apart from the data and its key."""
    plan = backup_plan(backup_settings(reader), settings)
    if plan["folder"] is None or not plan["on"]:
        return (
            "warn",
            "No backups are made by themselves. Choose a folder on another disk in Settings › Backups, or run "
            "`homestretch backup FILE` from time to time.",
        )
    folder = Path(plan["folder"])
    last, good = last_run(reader, "backup", "done", "unchanged", "failed"), last_good(reader, "backup")
    if last is not None and last.state == "failed":
        return "fail", f"The last backup failed on {iso(last.ended_ms)}: {last.note}"
    days = LATE_DAYS + (7 if plan["every"] == "week" else 1)
    if good is None:
        return "warn", f"No backup was made in {folder} yet. The server makes one when it runs."
    if now - (good.began_ms or 0) > days * DAY_MS:
        return "fail", f"The last backup is of {iso(good.began_ms)}. Check that the server runs."
    says = f"The last backup in {folder} is of {iso(good.began_ms)}."
    return _not_copied(reader, settings) or _place(folder, settings, says)


def _not_copied(reader: Reader, settings: Settings) -> Outcome | None:
    """Return why backups are not copied to the object store that is set, or None."""
    copy = None if settings.backup_bucket is None else last_run(reader, "copy", "done", "failed")
    if copy is None or copy.state == "done":
        return None
    return "fail", f"The last backup was not copied on {iso(copy.ended_ms)}: {copy.note}"


def _place(folder: Path, settings: Settings, says: str) -> Outcome:
    """Return whether the folder is apart from the data and its key; else that it is well, in these words."""
    if files.on_same_disk(folder, settings.data_dir):
        return "warn", f"{folder} is on the same disk as the data. Choose a folder on another one."
    if _holds_key(folder):
        return "warn", f"A secret key lies in {folder} beside the backups. Keep it elsewhere."
    return "ok", says


def checked_drill(reader: Reader, settings: Settings, now: int) -> Outcome:
    """Return whether the newest backup was restored for a test, and that went well."""
    plan = backup_plan(backup_settings(reader), settings)
    if plan["folder"] is None or not plan["on"] or not kept_backups(reader, plan["folder"]):
        return "ok", "There is no backup to test yet."
    drill = last_run(reader, "drill", "done", "failed")
    if drill is None:
        return "warn", "No backup was restored for a test yet. Run `homestretch restore --test`."
    if drill.state == "failed":
        return "fail", f"The last test of restoring a backup failed on {iso(drill.ended_ms)}: {drill.note}"
    if now - (drill.ended_ms or 0) > DRILL_DAYS * DAY_MS:
        return "warn", f"The last test of restoring a backup was on {iso(drill.ended_ms)}. Check that the server runs."
    return "ok", f"A backup was restored for a test on {iso(drill.ended_ms)}; {drill.compared} recordings were equal."


def _holds_key(folder: Path) -> bool:
    with suppress(OSError):
        return any(any(folder.glob(name)) for name in ("*secret.key", "*/secret.key", "backup*.key", "*/backup*.key"))
    return False
