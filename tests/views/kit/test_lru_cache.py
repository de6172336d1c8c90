"""The cache of answers: each computed once, also for those who ask at once, and only so many held."""

from threading import Barrier, Event, Thread

import pytest

from homestretch.views.kit.lru_cache import Abandoned, LruCache


def test_who_asks_at_once_shares_one_computation() -> None:
    cache: LruCache[int] = LruCache(2)
    together, computed, answers = Barrier(4), [], []

    def compute() -> int:
        computed.append(1)
        together.wait(20)  # until the last one is about to ask
        return 7

    def ask(first: bool) -> None:
        if not first:
            together.wait(20)
        answers.append(cache.of("question", compute))

    threads = [Thread(target=ask, args=(first,)) for first in (True, False, False, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (answers, len(computed)) == ([7] * 4, 1)


def test_what_fails_is_not_held() -> None:
    cache: LruCache[int] = LruCache(2)
    with pytest.raises(ZeroDivisionError):
        cache.of("question", lambda: 1 // 0)
    assert cache.of("question", lambda: 3) == 3


def test_only_the_last_few_are_held() -> None:
    cache: LruCache[str] = LruCache(2)
    for question in ("a", "b", "a", "c"):
        cache.of(question, question.lower)
    assert cache.of("a", lambda: "again") == "a"
    assert cache.of("b", lambda: "again") == "again"


def test_the_next_one_goes_on_where_the_first_has_left() -> None:
    cache: LruCache[int] = LruCache(2)
    asked, left, answers = Event(), Event(), []

    def abandon() -> int:
        asked.set()
        left.wait(20)
        raise Abandoned

    def first() -> None:
        with pytest.raises(Abandoned):
            cache.of("question", abandon)

    threads = [Thread(target=first), Thread(target=lambda: answers.append(cache.of("question", lambda: 5)))]
    threads[0].start()
    asked.wait(20)
    threads[1].start()
    with pytest.raises(Abandoned):
        cache.of("question", lambda: 6, gone=lambda: True)
    left.set()
    for thread in threads:
        thread.join(20)
    assert answers == [5]
