"""Brings the demo athlete in: an import like any other, whose files are made from their paths as it goes."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import batched

from homestretch.flow.batches import declare, finish, open_batch
from homestretch.flow.staging import hand_over, lacking, lacking_batches
from homestretch.flow.worker import begin_worker
from homestretch.flow.world import World
from homestretch.store.scope import Scope

ORIGIN = "demo"
SEED = 7
_AT_ONCE = 32


def start(world: World, scope: Scope, seed: int = SEED) -> int:
    """Open the import of two years up to today and return its number, or that of the one under way."""
    from homestretch.demo.files import paths

    scope.must("imports: write")
    under_way = lacking_batches(world, ORIGIN, scope.athlete_id)
    if under_way:
        return under_way[0]
    today = datetime.fromtimestamp(world.clock() / 1000, UTC).date()
    batch = open_batch(world, scope, ORIGIN)
    declare(world, scope, batch, [(path, 0) for path in paths(seed, today)])
    return batch


def unmade(world: World) -> list[int]:
    """Return the imports of demo athletes of which not every file is made."""
    return lacking_batches(world, ORIGIN)


def make(world: World, batch_id: int) -> None:
    """Make the files that an import still lacks, in processes of their own, let them wait to be taken in, and close."""
    from homestretch.demo.files import made

    settings = world.settings
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.decoders, context, begin_worker, (settings.decode_memory_mb,)) as pool:
        for portion in batched(lacking(world, batch_id), _AT_ONCE):
            found = pool.map(made, [path for _, path in portion], chunksize=4)
            hand_over(world, batch_id, [(item, data) for (item, _), data in zip(portion, found, strict=True)])
    finish(world, batch_id)
