"""A bounded cache in this process for results that take long to compute and are likely to be needed again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock

#: How often a caller who waits for another's answer checks whether anybody still waits for theirs.
LOOK_S = 0.25


class Abandoned(Exception):
    """The request was cancelled."""


def never() -> bool:
    """Return that the caller is still there."""
    return False


class LruCache[T]:
    """The answers to the last few questions; a question names everything that its answer depends on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._coming: dict[Hashable, Future[T]] = {}
        self._lock = Lock()

    def of(self, question: Hashable, compute: Callable[[], T], gone: Callable[[], bool] = never) -> T:
        """Return the answer; of several who ask at once one computes it, and the others wait for that.

        Where the one who computes raises Abandoned, the next who waits takes over. Raises Abandoned where the
        caller is `gone` before another has computed it.
        """
        while True:
            with self._lock:
                if question in self._held:
                    self._held.move_to_end(question)
                    return self._held[question]
                coming = self._coming.get(question)
                if coming is None:
                    mine = self._coming[question] = Future()
                    break
            while not coming.done() and not gone():
                with suppress(TimeoutError):
                    coming.exception(LOOK_S)
            if not coming.done():
                raise Abandoned
            if not isinstance(coming.exception(), Abandoned):
                return coming.result()
        return self._compute(question, compute, mine)

    def _compute(self, question: Hashable, compute: Callable[[], T], mine: Future[T]) -> T:
        try:
            answer = compute()
        except BaseException as error:
            with self._lock:
                del self._coming[question]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._coming[question]
            self._held[question] = answer
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        mine.set_result(answer)
        return answer
