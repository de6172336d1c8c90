"""How well one workout is told from two, and how fast, over labelled pairs: `python -m benchmarks matching`."""

import time
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from benchmarks.pairs import Labelled, labelled
from benchmarks.report import Row
from homestretch.merge.features import BIN_MS, SPOT_MS, Features, Trace
from homestretch.merge.match import match
from homestretch.merge.rules import ONE, Verdict, compare

#: Verdicts that put two recordings into one activity.
FOUND = ONE | {Verdict.PART_OF}
MANY, MOST_S = 20_000, 7200.0


def judged(pairs: list[Labelled]) -> dict[str, Counter[str]]:
    """Return what became of the pairs by how they were made: found, review, missed; rightly apart, review, merged."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        verdict = compare(pair.a, pair.b).verdict
        one = "found" if pair.same else "merged"
        none = "missed" if pair.same else "apart"
        counts[pair.how]["review" if verdict is Verdict.REVIEW else one if verdict in FOUND else none] += 1
    return counts


def rows() -> list[Row]:
    """Return the shares over all pairs, and the seconds that so many recordings take."""
    pairs = list(labelled())
    counts = judged(pairs)
    same, others = ([p for p in pairs if p.same is one] for one in (True, False))
    total = sum(counts.values(), Counter[str]())
    print(table(counts))
    return [
        Row("pairs", len(pairs), "pairs", 300, least=True),
        Row("true pairs found", 100 * total["found"] / max(1, len(same)), "%", 98, least=True),
        Row("true pairs neither found nor asked about", total["missed"], "pairs", 0, least=False),
        Row("false merges", total["merged"], f"of {len(others)}", 0, least=False),
        Row(f"matching {MANY} recordings", _seconds(MANY), "s", 10, least=False),
        Row("twice as many take", _seconds(2 * MANY) / _seconds(MANY), "times", 2.5, least=False),
    ]


def table(counts: dict[str, Counter[str]]) -> str:
    """Return the counts by how the pairs were made, as a table of Markdown."""
    columns = ("found", "review", "missed", "apart", "merged")
    lines = [f"| how | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    lines += [f"| {how} | {' | '.join(str(found[c] or '') for c in columns)} |" for how, found in counts.items()]
    return "\n".join(lines)


def _seconds(many: int) -> float:
    found = list(crowd(many))
    begun = time.perf_counter()
    match(found)
    return time.perf_counter() - begun


def crowd(many: int) -> list[Features]:
    """Return as many recordings over years: some days two, most workouts told by two sources."""
    chance = np.random.default_rng(1)
    base = [pair.a for pair in labelled_once() if pair.a.elapsed_s <= MOST_S]  # none runs into the next
    found: list[Features] = []
    day = 1_200_000_000_000
    turn = 0
    while len(found) < many:
        day += 43_200_000
        turn += 1 + int(chance.integers(len(base) // 2))  # never the same as the last one, which a zone would explain
        kind = base[turn % len(base)]
        moved = (day + round(chance.uniform(0, 36_000_000)) - kind.start_ms) // SPOT_MS * SPOT_MS
        for source in range(int(chance.integers(1, 4))):
            key = f"{len(found):06d}"
            found.append(replace(_moved(kind, moved + source * 7000), key=key, digest=key, file_key=None))
    return found[:many]


def _moved(one: Features, by_ms: int) -> Features:
    """Return a workout at another time, its places and its heart with it."""

    def later(trace: Trace, step: int) -> Trace:
        return trace[0] + by_ms // step, trace[1]

    return replace(
        one, start_ms=one.start_ms + by_ms, end_ms=one.end_ms + by_ms, spots=one.spots and later(one.spots, SPOT_MS),
        pulses={key: later(trace, BIN_MS) for key, trace in one.pulses.items()},
    )  # fmt: skip


def labelled_once() -> list[Labelled]:
    """Return one pair of each workout."""
    return list({pair.a.key: pair for pair in labelled()}.values())
