"""A cache in this process of what takes long to compute and is likely to be asked for again: only so much of it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock


class Recent[T]:
    """The answers to the last few questions; a question names everything that its answer depends on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._coming: dict[Hashable, Future[T]] = {}
        self._lock = Lock()

    def of(self, question: Hashable, compute: Callable[[], T]) -> T:
        """Return the answer; of several who ask at once one computes it, and the others wait for that."""
        with self._lock:
            if question in self._held:
                self._held.move_to_end(question)
                return self._held[question]
            coming = self._coming.get(question)
            mine = self._coming[question] = coming or Future()
        if coming is not None:
            return coming.result()
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
