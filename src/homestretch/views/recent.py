"""What took long to reckon and is likely to be asked for again, kept in this process: only so much of it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Recent[T]:
    """The answers to the last few questions; a question names everything that its answer depends on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def of(self, question: Hashable, reckon: Callable[[], T]) -> T:
        """Return the answer; two who ask at once may both reckon it."""
        with self._lock:
            if question in self._held:
                self._held.move_to_end(question)
                return self._held[question]
        answer = reckon()
        with self._lock:
            self._held[question] = answer
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return answer
