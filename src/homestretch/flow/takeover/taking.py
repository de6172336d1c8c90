"""One run of a takeover: what it works with, and the report that grows with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.runtime.context import Context
from homestretch.model.documents.imports import Reported
from homestretch.model.documents.takeover import TakeoverCount, TakeoverFailure, TakeoverLeft
from homestretch.store.queries.takeover import ORIGIN
from homestretch.store.scope import Scope

type Files = list[tuple[str, Path]]
#: What may be wrong with one thing; whatever else goes wrong ends the run.
REFUSALS = (BadRequest, NotFound, Conflict)


@dataclass(frozen=True, slots=True)
class Hands:
    """What a door does for a takeover: `try_files` reports what an import would make of files, `finish` ends an import.

    `say` is called with each thing that begins, and how many there are.
    """

    try_files: Callable[[Files], list[Reported]]
    finish: Callable[[int], None]
    say: Callable[[str, int], None] = lambda what, count: None


@dataclass(slots=True)
class Taking:
    """A run for an athlete; with `tried` nothing is kept."""

    context: Context
    scope: Scope
    hands: Hands
    tried: bool
    counts: list[TakeoverCount] = field(default_factory=list)
    failed: list[TakeoverFailure] = field(default_factory=list)
    left: list[TakeoverLeft] = field(default_factory=list)
    batch: int | None = None

    def count(self, what: str, new: int, here: int, failed: int = 0) -> None:
        """Count things of a kind, where there are any."""
        if new or here or failed:
            self.counts.append({"what": what, "new": new, "here": here, "failed": failed})

    def fail(self, what: str, name: str, why: str) -> None:
        """Note one thing that can't come over."""
        self.failed.append({"what": what, "name": name, "why": why})

    def leave(self, what: str, count: int, why: str) -> None:
        """Note things that stay behind, where there are any."""
        if count:
            self.left.append({"what": what, "count": count, "why": why})

    def import_of(self, files: Files) -> int:
        """Return the import that all of this run is undone by, with these files in it."""
        if files or self.batch is None:
            self.batch = open_with_paths(self.context, self.scope, ORIGIN, files)
        return self.batch

    def each[T](
        self,
        what: str,
        things: Iterable[T],
        name: Callable[[T], str],
        is_here: Callable[[T], bool],
        keep: Callable[[T], object],
    ) -> None:
        """Keep what is not here yet, each thing for itself: one that is refused stops no other."""
        every = list(things)
        new = here = failed = 0
        if every:
            self.hands.say(what, len(every))
        for one in every:
            if is_here(one):
                here += 1
                continue
            try:
                if not self.tried:
                    keep(one)
                new += 1
            except REFUSALS as error:
                self.fail(what, name(one), str(error))
                failed += 1
        self.count(what, new, here, failed)
