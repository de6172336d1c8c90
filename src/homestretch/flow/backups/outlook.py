"""What comes next: when the next backup and the next drill are due, and what stands in the way."""

from typing import NamedTuple

from homestretch.flow.backups.drill import drill_at
from homestretch.flow.backups.folder import chosen, problem
from homestretch.flow.backups.make import is_due
from homestretch.flow.backups.times import next_slot
from homestretch.flow.maintenance.encryption import BadBackupKey, backup_keys
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.backups import Encryption
from homestretch.store.queries.backups import backup_settings


class Outlook(NamedTuple):
    """When what is due next, UTC ms (None: never), why the folder can't be used now, and whether it is encrypted."""

    encryption: Encryption
    problem: str | None
    backup_ms: int | None
    drill_ms: int | None


def outlook(context: Context) -> Outlook:
    """Return what comes next."""
    now = context.clock()
    with context.database.read() as reader:
        found = chosen(backup_settings(reader), context.settings)
        drill_ms = drill_at(reader, found, now)
    backup_ms = next_slot(found.settings, now) if found.on else None
    return Outlook(_encryption(context), problem(found), now if found.on and is_due(context) else backup_ms, drill_ms)


def _encryption(context: Context) -> Encryption:
    try:
        found = backup_keys(context.settings)
    except BadBackupKey:
        return "unusable"
    if context.settings.backup_key is not None:
        return "set"
    return "on" if found.on else "off"
