"""Worker processes that decode: one that crashes, hangs or eats memory costs one file, never the import."""

import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from types import TracebackType
from typing import Any, Self

from homestretch.archive.folder import Archive
from homestretch.flow.prepare import Prepared, Work, failed, prepare
from homestretch.flow.worker import begin_worker
from homestretch.settings import Settings

#: Bytes and works handed to the workers and not yet come back; bounds the memory of an import.
AHEAD_BYTES = 64_000_000
AHEAD_WORKS = 16
log = logging.getLogger("homestretch.decoders")


class Decoders:
    """A pool of spawned processes, started on first use and kept until closed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pool: Any = None

    def __enter__(self) -> Self:
        """Use the pool for a block."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.close(at_once=_kind is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the processes, when they have done what they were given or `at_once`."""
        if self._pool is not None:
            if at_once:
                self._pool.stop()
            else:
                self._pool.close()
            self._pool.join()
            self._pool = None

    def each[T](
        self, archive: Archive, works: Iterable[tuple[T, Work]], idle: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[T, Work, Prepared]]:
        """Prepare the works, each with a tag, and yield them as they get done, in any order.

        Works are drawn from the iterable only as room is made, so it may be endless.
        `idle` is called whenever nothing was done for a quarter of a second.
        """
        waiting: dict[Future[Prepared], tuple[T, Work]] = {}
        ahead = 0
        for tag, work in works:
            waiting[self._schedule(archive, work)] = (tag, work)
            ahead += len(work.data or b"")
            while len(waiting) >= AHEAD_WORKS or ahead > AHEAD_BYTES:
                for done in self._some(waiting, idle):
                    ahead -= len(done[1].data or b"")
                    yield done
        while waiting:
            yield from self._some(waiting, idle)

    def _some[T](
        self, waiting: dict[Future[Prepared], tuple[T, Work]], idle: Callable[[], None]
    ) -> Iterator[tuple[T, Work, Prepared]]:
        done, _ = wait(waiting, timeout=0.25, return_when=FIRST_COMPLETED)
        if not done:
            idle()
        for future in done:
            tag, work = waiting.pop(future)
            yield tag, work, self._result(future, work)

    def _result(self, future: Future[Prepared], work: Work) -> Prepared:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError:
            return failed(work, "too_slow")
        except ProcessExpired:
            return failed(work, "decoder_crashed")
        except MemoryError:
            return failed(work, "too_large")
        except OSError:
            raise  # the disk's fault, not the file's
        except Exception as error:
            log.exception("decoder failed", extra={"original": work.digest})
            return failed(work, f"decoder_failed:{type(error).__name__}")

    def _schedule(self, archive: Archive, work: Work) -> Future[Prepared]:
        if self._pool is None:
            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=self.settings.decoders,
                context=multiprocessing.get_context("spawn"),
                initializer=begin_worker,
                initargs=[self.settings.decode_memory_mb],
            )
        arguments, limit = [archive.root, work], self.settings.decode_seconds
        future: Future[Prepared] = self._pool.schedule(prepare, args=arguments, timeout=limit)
        return future
