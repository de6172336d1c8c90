"""Places on the server that a person names: an administrator's business, and none of them is the server's own."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from homestretch import files
from homestretch.errors import BadRequest, Forbidden
from homestretch.flow.runtime.context import Context
from homestretch.net.field import Field
from homestretch.settings import Settings
from homestretch.store.queries.accounts import is_admin
from homestretch.store.scope import Scope

#: Where a system shows itself as files: what every process is and knows, and devices.
KERNEL = ("/proc", "/sys", "/dev")


def must_be_open(
    context: Context,
    scope: Scope,
    fields: Sequence[Field],
    said: Mapping[str, Any],
    held: Mapping[str, Any] | None = None,
) -> None:
    """Check the places that are named again; web addresses are none.

    Raises Forbidden unless an administrator (or a command on the server) names them, for the server reads and writes
    there with its own rights, and BadRequest as `must_not_be_own` does.
    """
    paths = [str(said[one.key]) for one in fields if one.kind == "path" and said.get(one.key)]
    known = {str(value) for value in (held or {}).values()}
    named = [path for path in paths if path not in known and not is_address(path)]
    if not named:
        return
    if scope.account_id is not None and not _is_admin(context, scope.account_id):
        raise Forbidden(action="use a path on the server. Ask an administrator")
    for path in named:
        must_not_be_own(context.settings, files.named(path))


def must_not_be_own(settings: Settings, place: Path) -> None:
    """Raise BadRequest where a place is, or holds, the server's own data, however it is led to, or is the kernel's."""
    try:
        real, own = place.resolve(), settings.data_dir.expanduser().resolve()
    except ValueError as error:  # a NUL in it
        raise BadRequest(reason="This is not a valid path.") from error
    if any(real.is_relative_to(kernel) for kernel in KERNEL):
        raise BadRequest(reason=f"{place} is a system folder. Choose another path.")
    if lies_in(real, own) or lies_in(own, real):
        raise BadRequest(reason=f"{place} is part of the data folder or contains it. Choose another path.")


def lies_in(place: Path, folder: Path) -> bool:
    """Return whether a place is in a folder, or is it, also where that is mounted elsewhere too."""
    with suppress(OSError):
        about = folder.stat()
        return any(path.exists() and os.path.samestat(path.stat(), about) for path in (place, *place.parents))
    return place.is_relative_to(folder)


def is_address(path: str) -> bool:
    """Return whether this is a web address and no place on the server."""
    return urlsplit(path.strip()).scheme in ("http", "https")


def _is_admin(context: Context, account_id: int) -> bool:
    with context.database.read() as reader:
        return is_admin(reader, account_id)
