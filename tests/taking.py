"""Taking files in and looking at what came of it, as tests do it."""

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.activities.activity import activity
from homestretch.views.lists.filters import Filter
from homestretch.views.system.digest import derived_digest
from homestretch.views.system.imports import all_items

_folders = itertools.count()


def take_in(
    context: Context, scope: Scope, decoders: Decoders, files: Mapping[str, bytes]
) -> dict[str, dict[str, Any]]:
    """Import the files (name, content) as one batch; return its items by path, each with its batch."""
    folder = context.settings.data_dir / f"given{next(_folders)}"
    places: list[tuple[str, Path]] = []
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        places.append((name, place))
    batch = open_with_paths(context, scope, "cli", places)
    ingest(context, scope.athlete_id, decoders)
    with context.database.read() as reader:
        return {item["path"]: {**item, "batch": batch} for item in all_items(reader, scope, batch)}


def codes(noted: Mapping[str, Any]) -> list[str]:
    """Return the codes of the notes on a file of an import or on a recording."""
    return [note["code"] for note in noted["notes"]]


def listed(context: Context, scope: Scope, **what: Any) -> list[Any]:
    """Return the athlete's activities as the list shows them."""
    with context.database.read() as reader:
        return activity_list(reader, scope, Filter(**what), "start", 500, None)["items"]


def shown(context: Context, scope: Scope, public_id: str) -> Any:
    """Return an activity whole."""
    with context.database.read() as reader:
        return activity(reader, scope, public_id)


def digest(context: Context) -> str:
    """Return the digest of everything derived."""
    with context.database.read() as reader:
        return derived_digest(reader)


def row_id(context: Context, scope: Scope, public_id: str) -> int:
    """Return the number of the activity that flows know it by."""
    from homestretch.views.activities.activity import resolve

    with context.database.read() as reader:
        return int(resolve(reader, scope, public_id).id)
