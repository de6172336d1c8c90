"""Brings the demo athlete in: an import like any other, whose files are made from their paths as it goes."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

from homestretch.demo.equip import equip
from homestretch.demo.places import HOME
from homestretch.errors import NotFound
from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.accounts.demo_athletes import demo_athlete, known_demo
from homestretch.flow.derive.decode.decode_worker import begin_worker
from homestretch.flow.imports.batches import DEMO, declare, finish, open_batch
from homestretch.flow.imports.generated_files import declared_batch, hand_over, missing, missing_batches
from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope

SEED = 7
NAME = "Demo athlete"
#: So many files are made and handed over at once; the first ones by fewer, so that something is to be seen soon.
_FIRST, _AT_ONCE = 4, 32
#: A day begins when its morning is over: the watch was synced by then.
_MORNING_MS = 8 * 3_600_000


def start_demo(context: Context, account_id: int | None, seed: int = SEED) -> tuple[Scope, int]:
    """Return an account's demo athlete and the number of its import: those that there are, else new ones.

    On the command line there is no account.
    """
    name = NAME if seed == SEED else f"{NAME} {seed}"
    scope = Scope(demo_athlete(context, account_id, seed, name, HOME.zone), account_id)
    known = declared_batch(context, DEMO, scope.athlete_id)
    return scope, start(context, scope, seed) if known is None else known


def demo_scope(context: Context, athlete: str | None, seed: int = SEED) -> Scope:
    """Return the demo athlete of a name or number, or that of a seed. Raises NotFound."""
    found = athlete_named(context, athlete) if athlete is not None else known_demo(context, seed)
    if found is None:
        raise NotFound(what="demo athlete", id=seed)
    return Scope(found)


def start(context: Context, scope: Scope, seed: int = SEED) -> int:
    """Open the import of two years up to this morning and return its number, or that of the open one."""
    from homestretch.demo.files import paths

    scope.must("imports: write")
    under_way = missing_batches(context, DEMO, scope.athlete_id)
    if under_way:
        return under_way[0]
    today = datetime.fromtimestamp((context.clock() - _MORNING_MS) / 1000, UTC).date()
    batch = open_batch(context, scope, DEMO)
    declare(context, scope, batch, [(path, 0) for path in paths(seed, today)])
    return batch


def unmade(context: Context) -> list[int]:
    """Return the imports of demo athletes of which not every file is made."""
    return missing_batches(context, DEMO)


def make(context: Context, batch_id: int) -> None:
    """Make the files that an import still lacks, in processes of their own, queue them for import, and close it.

    A demo athlete's thresholds are there before: activities are measured with them, once.
    """
    from homestretch.demo.files import made

    equip(context, batch_id)
    settings = context.settings
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.decoders, spawning, begin_worker, (settings.decode_memory_mb,)) as pool:
        for portion in _portions(context, batch_id):
            found = pool.map(made, [path for _, path in portion], chunksize=max(1, len(portion) // 8))
            hand_over(context, batch_id, [(item, data) for (item, _), data in zip(portion, found, strict=True)])
    finish(context, batch_id)


def _portions(context: Context, batch_id: int) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield what is lacking in portions, until nothing is or the import is undone."""
    size = _FIRST
    while portion := missing(context, batch_id)[:size]:
        yield portion
        size = min(2 * size, _AT_ONCE)
