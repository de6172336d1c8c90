"""Worker processes that decode: one that crashes, hangs or eats memory costs one file, never the import."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, TimeoutError, wait
from functools import partial
from types import TracebackType
from typing import Any, Self

from homestretch.archive.archive import Archive
from homestretch.archive.protocol import ObjectStoreFails
from homestretch.flow.derive.decode.decode_original import DecodeResult, DecodeTask, decode_original, failed
from homestretch.flow.derive.decode.decode_worker import begin_worker
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
        self, archive: Archive, works: Iterable[tuple[T, DecodeTask]], idle: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[T, DecodeTask, DecodeResult]]:
        """Prepare the works, each with a tag, and yield them as they get done, in any order."""
        return self.run(
            partial(decode_original, archive),
            failed,
            works,
            idle,
            weight=lambda work: len(work.data or b""),
            patience_s=lambda _: archive.patience_s,
        )

    def run[T, W, R](
        self,
        task: Callable[[W], R],
        failed: Callable[[W, str], R],
        works: Iterable[tuple[T, W]],
        idle: Callable[[], None] = lambda: None,
        weight: Callable[[W], int] = lambda _: 0,
        patience_s: Callable[[W], float] = lambda _: 0.0,
    ) -> Iterator[tuple[T, W, R]]:
        """Do a task for each of the works, and yield (tag, work, result) as they get done, in any order.

        Works are drawn from the iterable only as room is made, so it may be endless; `weight` is their bytes,
        and `patience_s` how much longer than usual each may take.
        A task that takes its process down, or too long, gives what `failed` makes of the work and a note.
        `idle` is called whenever nothing was done for a quarter of a second.
        """
        waiting: dict[Future[R], tuple[T, W]] = {}
        ahead = 0
        for tag, work in works:
            waiting[self._schedule(task, work, patience_s(work))] = (tag, work)
            ahead += weight(work)
            while len(waiting) >= AHEAD_WORKS or ahead > AHEAD_BYTES:
                for done in self._some(waiting, failed, idle):
                    ahead -= weight(done[1])
                    yield done
        while waiting:
            yield from self._some(waiting, failed, idle)

    def _some[T, W, R](
        self, waiting: dict[Future[R], tuple[T, W]], failed: Callable[[W, str], R], idle: Callable[[], None]
    ) -> Iterator[tuple[T, W, R]]:
        done, _ = wait(waiting, timeout=0.25, return_when=FIRST_COMPLETED)
        if not done:
            idle()
        for future in done:
            tag, work = waiting.pop(future)
            yield tag, work, _result(future, work, failed)

    def _schedule[W, R](self, task: Callable[[W], R], work: W, patience_s: float) -> Future[R]:
        if self._pool is None:
            from pebble import ProcessPool

            # One worker to a core: threads of NumPy's own would only wait for each other, busily. It is set here
            # because a worker may load NumPy with its main module, before its initialiser runs.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            self._pool = ProcessPool(
                max_workers=self.settings.decoders,
                context=multiprocessing.get_context("spawn"),
                initializer=begin_worker,
                initargs=[self.settings.decode_memory_mb],
            )
        timeout = self.settings.decode_seconds + patience_s
        future: Future[R] = self._pool.schedule(task, args=[work], timeout=timeout)
        return future


def _result[W, R](future: Future[R], work: W, failed: Callable[[W, str], R]) -> R:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return failed(work, "too_slow")
    except ProcessExpired:
        return failed(work, "decoder_crashed")
    except MemoryError:
        return failed(work, "too_large")
    except (OSError, ObjectStoreFails, BrokenExecutor):
        raise  # the disk's fault, the object store's, or the pool's, not the file's
    except Exception as error:
        log.exception("a worker failed")
        return failed(work, f"decoder_failed:{type(error).__name__}")
