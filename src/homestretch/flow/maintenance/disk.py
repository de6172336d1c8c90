"""Warns administrators before the disk of the data folder is full."""

import shutil

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import unwarn, warn
from homestretch.store.queries.accounts import admins
from homestretch.store.queries.notices import abouts

CODE, ABOUT = "disk_low", "disk"
#: Imports and syncs stop at the set minimum. At so many times that there is still time to make room.
EARLY = 5
#: What was made free, in parts of that, so that a disk which is just at it says nothing over and over.
CLEARLY = 1.2


def free_mb(context: Context) -> int:
    """Return how much is free in the data folder, MB."""
    return shutil.disk_usage(context.settings.data_dir).free // 1_000_000


def is_low(context: Context, free: int, *, warned: bool) -> bool:
    """Return whether so much (MB) is little; for whoever was warned, until there is clearly more."""
    return free < EARLY * context.settings.min_free_mb * (CLEARLY if warned else 1)


def is_news(context: Context) -> bool:
    """Return whether an administrator does not know how it stands."""
    free = free_mb(context)
    with context.database.read() as reader:
        known = [bool(abouts(reader, account, CODE)) for account in admins(reader)]
    return any(is_low(context, free, warned=warned) != warned for warned in known)


def warn_administrators(context: Context) -> None:
    """Warn each administrator once that little is free; take that back once there is room again."""
    free = free_mb(context)
    details = {"about": ABOUT, "free_mb": free, "least_mb": context.settings.min_free_mb}
    with context.database.write() as session:
        for account in admins(session):
            warned = bool(abouts(session, account, CODE))
            low = is_low(context, free, warned=warned)
            if warned and not low:
                unwarn(session, account, CODE, ABOUT)
            elif low and not warned:
                warn(session, account, context.clock(), CODE, details)
