"""Pairs made of real files: none that are two workouts become one, and nearly all that are one are found."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import matching
from benchmarks.pairs import Labelled, labelled
from homestretch.merge.match import match

#: So many pairs tell, without the time that all of them take; `python -m benchmarks matching` judges all.
SOME = 330


@pytest.fixture(scope="module")
def pairs(real_files: Path) -> list[Labelled]:
    """Pairs of real files, made once."""
    return list(islice(labelled(), SOME))


def test_labelled_pairs_are_told_apart(pairs: list[Labelled]) -> None:
    counts = sum(matching.judged(pairs).values(), Counter[str]())
    same = sum(pair.same for pair in pairs)
    assert len(pairs) >= 300 and same > 150 and len(pairs) - same > 80
    assert counts["merged"] == 0, "two workouts became one"
    assert counts["found"] >= 0.98 * same and counts["missed"] == 0, "what is not found is asked about"


def test_a_crowd_is_matched_without_merging_days(pairs: list[Labelled], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "labelled", lambda: pairs)
    found = matching.crowd(600)
    made = match(found)
    by_key = {one.key: one for one in found}
    for group in made.groups:
        days = {by_key[key].start_ms // 1000 // 60 for key in group}
        assert max(days) - min(days) <= 1, "sources of one workout began within seconds of each other"
    assert len(made.groups) < 0.8 * len(found)
