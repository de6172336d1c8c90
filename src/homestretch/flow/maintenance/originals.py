"""Moves originals from where they once were kept into the first of the places that the settings name."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from homestretch.archive.protocol import Digest, OriginalCorrupt, OriginalMissing, Place
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Lease, lease

#: So many at once: an object store takes its time for each, and bears many.
AT_ONCE = 8

#: Called with the number of originals done, and of all.
type Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Moved:
    """How many originals are in the first place now that were elsewhere, and which are damaged there and stay."""

    originals: int = 0
    damaged: list[Digest] = field(default_factory=list)


def move_originals(context: Context, *, keep: bool = False, progress: Progress = lambda *_: None) -> Moved:
    """Copy every original that is elsewhere into the first place, read it back, and remove it there unless `keep`.

    Others may read, import and delete during that; after a kill the next run does the rest. Raises Occupied where
    another process is moving, DiskNearlyFull, ObjectStoreFails.
    """
    moved = Moved()
    with lease(context, "originals") as held, ThreadPoolExecutor(AT_ONCE) as pool:
        todo = [(place, digest) for place in context.archive.places[1:] for digest in sorted(place.digests())]
        started = [pool.submit(_move, context, held, place, digest, keep=keep) for place, digest in todo]
        try:
            for number, ((_, digest), one) in enumerate(zip(todo, started, strict=True)):
                progress(number, len(todo))
                try:
                    moved.originals += one.result()
                except OriginalCorrupt:
                    moved.damaged.append(digest)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        progress(len(todo), len(todo))
    return moved


def _move(context: Context, held: Lease, place: Place, digest: Digest, *, keep: bool) -> bool:
    """Return whether the original is in the first place now.

    Raises OriginalCorrupt, Occupied, DiskNearlyFull, ObjectStoreFails.
    """
    archive = context.archive
    context.must_have_room()
    try:
        archive.copy_here(digest, place)
    except OriginalMissing:
        return False  # deleted for good meanwhile
    there = place.has(digest)
    held.renew()  # no other process moves: what is gone from there was deleted for good
    if not there:
        archive.first.remove(digest)
    elif not keep:
        place.remove(digest)
    return there
