"""Keeps a small store of this version for the tests of later ones: `make upgrade-fixture NAME=1.2.3`."""

import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.runtime.context import Context
from homestretch.settings import Settings
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from tests.conftest import make_context
from tests.flow.maintenance.test_backup import lived_in
from tests.taking import listed

FOLDER = Path(__file__).parent
#: What people see, which stays: not what is computed, since formulas change.
STAYS = ("id", "name", "sport", "start_local", "formats", "legs")


def seen(context: Context, scope: Scope) -> list[dict[str, Any]]:
    """Return what stays of each activity, also of those that were deleted."""
    every = [*listed(context, scope), *listed(context, scope, deleted=True)]
    return [{key: activity[key] for key in STAYS} for activity in every]


def make(target: Path) -> None:
    """Write a data folder, a backup of it and what it shows into one compressed tar."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        context = make_context(folder / "data", sqlite_url(folder / "data"))
        with Decoders(Settings(data_dir=folder / "decoders", decoders=1)) as decoders:
            scope = lived_in(context, decoders)
            derive_pending(context, scope.athlete_id, decoders)
        back_up(context, folder / "backup.tar")
        shown = json.dumps(seen(context, scope))
        context.database.leave_no_trace()
        context.database.close()
        (folder / "seen.json").write_text(shown)
        with tarfile.open(folder / "all.tar.gz", "w:gz") as tar:
            for path in ("data/homestretch.db", "data/derived.db", "data/archive", "backup.tar", "seen.json"):
                tar.add(folder / path, path)
        shutil.move(folder / "all.tar.gz", target)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit("Usage: make upgrade-fixture NAME=1.2.3")
    made = FOLDER / f"{sys.argv[1]}.tar.gz"
    make(made)
    print(f"{made.relative_to(Path.cwd())}: {made.stat().st_size // 1000} kB")
