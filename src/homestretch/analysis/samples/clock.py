"""One clock for a recording: the largest consistent run of its times, and all else put in order around it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.samples.instants import on_instants
from homestretch.model.channel import Times
from homestretch.model.recording import BeatIntervals, Lap, Pause, Recording

type Indices = NDArray[np.intp]
type Mask = NDArray[np.bool_]

#: A jump back of at most this is a second written twice, not a fault of the clock.
DOUBLE_MS = 2_000
#: Two runs of times with more between them, and than so many usual steps, are of two clocks, or of two days.
LEAP_MS, LEAP_STEPS = 86_400_000, 20
#: A recording that goes on later than this, in ms, was not resumed: its clock went wrong.
RESUME_MS = 60 * 86_400_000
#: So many samples over so long are a stretch that somebody recorded, and no bad reading; or this share of all.
STRETCH, STRETCH_MS, SHARE = 30, 60_000, 0.10
#: 2000 to 2100: a clock beyond was never set, or lost what it knew. Satellites count 1024 weeks and begin again.
EARLIEST_MS, LATEST_MS = 946_684_800_000, 4_102_444_800_000
ROLL_OVER_MS = 1024 * 7 * 86_400_000
#: Where a clock went back, a step of more usual ones than these may be where it had gone wrong.
LEAST_GAPS = 3
#: What is moved may show what else is wrong: so often a recording is looked at.
MOST_LOOKS = 6
#: Two alternating recorders are never further apart than this.
STRAYED_MS = 3_600_000
#: More runs than these are no clock faults but two alternating recorders: their samples are sorted in.
MOST_RUNS = 2000
#: What is worth less than one sample: an insane run is only kept where there is no other.
_INSANE = 1e-9
#: The session's own start within a run speaks for it as much as so many times its samples.
_WITNESSED = 3.0


@dataclass(frozen=True, slots=True)
class _Run:
    """Samples `begin` to `end` of a file, in a row, whose times (`low` to `high` ms) hold together."""

    begin: int
    end: int
    low: int
    high: int

    def __len__(self) -> int:
        return self.end - self.begin

    @property
    def sane(self) -> bool:
        """Whether its times are of this century."""
        return self.low >= EARLIEST_MS and self.high <= LATEST_MS


@dataclass(slots=True)
class _Mending:
    """Times as they are mended, which samples stay, what was found, and by how much runs (low, high) were moved."""

    times: Times
    keep: Mask
    found: dict[str, int]
    moved: list[tuple[int, int, int]] = field(default_factory=list)

    def note(self, code: str, count: int) -> None:
        """Count samples under a note."""
        if count:
            self.found[code] = self.found.get(code, 0) + count

    def move(self, run: _Run, first_ms: int, code: str) -> _Run:
        """Let a run begin at another time."""
        shift = first_ms - run.low
        self.times[run.begin : run.end] += shift
        self.moved.append((run.low, run.high, shift))
        self.note(code, len(run))
        return replace(run, low=first_ms, high=run.high + shift)

    def drop(self, run: _Run, where: Mask, code: str) -> None:
        """Leave out those samples of a run."""
        self.keep[run.begin : run.end][where] = False
        self.note(code, int(np.count_nonzero(where)))


def settle(recording: Recording) -> tuple[Recording, tuple[str, ...]]:
    """Return a recording whose times rise strictly, by one clock, and notes on what was mended.

    The largest consistent run of times holds; the session's own start, where it is not the first sample's, is a
    witness for it. What lies apart from it in an impossible way is moved beside it in the file's order, or left out
    where it is there twice. Laps, pauses and the like move with their samples. What is in order comes back as it is.
    """
    if len(recording.time_ms) == 0:
        return recording, ()
    notes: dict[str, int] = {}
    for _ in range(MOST_LOOKS):
        steps = np.diff(recording.time_ms)
        if _in_order(recording, steps):
            break
        before, recording = recording, _mended(recording, steps, notes)
        if np.array_equal(before.time_ms, recording.time_ms):
            break
    first, last = int(recording.time_ms[0]), int(recording.time_ms[-1])
    if not EARLIEST_MS <= first <= last <= LATEST_MS:
        notes["clock_unknown"] = 0
    return _with_ends(recording), tuple(f"{code}:{count}" if count else code for code, count in notes.items())


def _mended(recording: Recording, steps: Times, found: dict[str, int]) -> Recording:
    """Return a recording of which one look found what is not in order; `found` counts it."""
    times, usual = recording.time_ms, _usual(steps)
    mending = _Mending(times.copy(), np.ones(len(times), dtype=bool), found)
    leap = max(LEAP_MS, LEAP_STEPS * usual)
    back = steps < -DOUBLE_MS
    cuts = np.flatnonzero(back | (steps > (LEAST_GAPS * usual if back.any() else leap))) + 1
    (_mend if len(cuts) < MOST_RUNS else _sorted_in)(recording, _runs(times, cuts), leap, mending)
    order = np.flatnonzero(mending.keep)
    order = order[np.argsort(mending.times[order], kind="stable")]
    return _moved(on_instants(recording, mending.times[order], order), mending.moved, leap)


def _in_order(recording: Recording, steps: Times) -> bool:
    times = recording.time_ms
    if not EARLIEST_MS <= times[0] <= times[-1] <= LATEST_MS or abs(recording.start.utc_ms - times[0]) > LEAP_MS:
        return False
    return len(steps) == 0 or bool(steps.min() > 0 and steps.max() <= LEAP_MS)


def _usual(steps: Times) -> int:
    forward = steps[steps > 0]
    return int(np.median(forward)) if len(forward) else 1000


def _runs(times: Times, cuts: Indices) -> list[_Run]:
    edges = [0, *cuts.tolist(), len(times)]
    return [_Run(a, b, int(times[a:b].min()), int(times[a:b].max())) for a, b in pairwise(edges)]


def _mend(recording: Recording, runs: list[_Run], leap: int, mending: _Mending) -> None:
    """Keep the largest consistent chain of runs, and put every other one in its place."""
    scale = leap, _usual(np.diff(recording.time_ms))
    chain = _chain(runs, _worth(recording, runs), leap)
    _set_by_session(recording, runs, chain, mending)
    main = runs[chain[0]].low, runs[chain[-1]].high
    for i in reversed(range(chain[0])):
        _place(recording, runs[i], main, (None, _placed(runs[i + 1], mending)), scale, mending)
    for first, last in pairwise([*chain, len(runs)]):
        after = runs[last] if last < len(runs) else None
        for i in range(first + 1, last):
            _place(recording, runs[i], main, (_placed(runs[i - 1], mending), after), scale, mending)


def _worth(recording: Recording, runs: Sequence[_Run]) -> list[float]:
    """Return what each run weighs: its samples, more by the session's witness, next to nothing where it is insane."""
    start = recording.start.utc_ms
    witnessed = abs(start - int(recording.time_ms[0])) > DOUBLE_MS
    lows = [run.low for run in runs if run.sane] + ([start] if witnessed else [])
    worth = []
    for run in runs:
        weight = float(len(run))
        if not run.sane or any(_rolled_over(run.low, other) for other in lows):
            weight *= _INSANE
        elif witnessed and run.low - LEAP_MS // 24 <= start <= run.high:
            weight *= _WITNESSED
        worth.append(weight)
    return worth


def _rolled_over(low: int, other: int) -> bool:
    """Return whether a clock is whole cycles of the satellites' weeks behind another one."""
    weeks = round((other - low) / ROLL_OVER_MS)
    return weeks >= 1 and abs(other - low - weeks * ROLL_OVER_MS) <= LEAP_MS


def _chain(runs: Sequence[_Run], worth: Sequence[float], leap: int) -> list[int]:
    """Return which runs, in the file's order and in that of time, together weigh most; no leap lies between two."""
    low, high = (np.array([getattr(run, end) for run in runs], np.int64) for end in ("low", "high"))
    best, before = np.array(worth), np.full(len(runs), -1)
    for j in range(1, len(runs)):
        gap = low[j] - high[:j]
        score = np.where((gap > 0) & (gap <= leap), best[:j], 0.0)
        at = int(np.argmax(score))
        if score[at] > 0.0:
            best[j], before[j] = best[j] + score[at], at
    at = int(np.argmax(best))
    chain = [at]
    while before[at] >= 0:
        at = int(before[at])
        chain.append(at)
    return chain[::-1]


def _set_by_session(recording: Recording, runs: list[_Run], chain: Sequence[int], mending: _Mending) -> None:
    """Move a chain whose clock was never set, or began to count again, to the session's own start."""
    start, first = recording.start.utc_ms, runs[chain[0]]
    if EARLIEST_MS <= start <= LATEST_MS and (not first.sane or _rolled_over(first.low, start)):
        for i in chain:
            runs[i] = mending.move(runs[i], runs[i].low + start - first.low, "clock_set_late")


def _placed(run: _Run, mending: _Mending) -> _Run:
    """Return a run as it stands by now."""
    times = mending.times[run.begin : run.end]
    return replace(run, low=int(times.min()), high=int(times.max()))


def _place(
    recording: Recording,
    run: _Run,
    main: tuple[int, int],
    beside: tuple[_Run | None, _Run | None],
    scale: tuple[int, int],
    mending: _Mending,
) -> None:
    """Put a run that is not of the main ones (`main`: from, until) in its place between those `beside` it.

    `scale` is how long a leap is, and a usual step.
    """
    (low, high), (leap, usual) = main, scale
    many = SHARE * len(recording.time_ms)
    far = run.low - high > leap or low - run.high > leap
    if far and _resumed(run, main, beside, many):
        return
    if not far:
        covered = _covered(recording.time_ms, run, mending)
        if not covered.any() and len(run) >= many and not _fits(run, beside, usual):
            return
        if np.count_nonzero(covered) >= max(many, 1) or _same(recording, run, covered):
            mending.drop(run, covered, "copy_dropped")
            return
    code = "clock_set_late" if not run.sane else "clock_set_back" if not far and len(run) > 1 else "clock_leapt"
    _fit_in(run, beside, usual, code, mending)


def _resumed(run: _Run, main: tuple[int, int], beside: tuple[_Run | None, _Run | None], many: float) -> bool:
    """Return whether a run days before or after the main ones is a stretch of its own: the athlete went on later."""
    before, after = beside
    gap = run.low - main[1] if after is None else main[0] - run.high if before is None else 0
    stretch = (len(run) >= STRETCH and run.high - run.low >= STRETCH_MS) or len(run) >= many
    return run.sane and stretch and 0 < gap <= RESUME_MS


def _fits(run: _Run, beside: tuple[_Run | None, _Run | None], usual: int) -> bool:
    """Return whether a run just fills the time between those beside it."""
    before, after = beside
    if before is None or after is None:
        return False
    room = after.low - before.high - (run.high - run.low)
    return 0 < room <= max(10_000, 3 * usual)


def _covered(times: Times, run: _Run, mending: _Mending) -> Mask:
    """Return which samples of a run lie within the time of the others that stay, shape (len(run),)."""
    own = times[run.begin : run.end]
    rest = mending.keep.copy()
    rest[run.begin : run.end] = False
    others = np.sort(mending.times[rest])
    after = np.searchsorted(others, own, "left")
    exact = (after < len(others)) & (others[np.minimum(after, len(others) - 1)] == own)
    between = (after > 0) & (after < len(others))
    gap = others[np.minimum(after, len(others) - 1)] - others[np.maximum(after - 1, 0)]
    return np.asarray(exact | (between & (gap <= max(10_000, 3 * _usual(np.diff(times))))))


def _same(recording: Recording, run: _Run, covered: Mask) -> bool:
    """Return whether nine tenths of a run's covered samples stand elsewhere in the file, value by value."""
    keys = [
        key
        for key in ("latitude", "longitude", "distance_m", "heart_rate_bpm", "power_w")
        if key in recording.channels and len(recording.channels[key]) == len(recording.time_ms)
    ]
    own = run.begin + np.flatnonzero(covered)
    if not keys or not len(own):
        return False
    others = np.concatenate((np.arange(run.begin), np.arange(run.end, len(recording.time_ms))))
    order = others[np.argsort(recording.time_ms[others], kind="stable")]
    near = np.minimum(np.searchsorted(recording.time_ms[order], recording.time_ms[own]), len(order) - 1)
    twin = order[near]
    alike = recording.time_ms[twin] == recording.time_ms[own]
    for key in keys:
        raw = recording.channels[key].raw
        alike &= (raw[twin] == raw[own]) | ((raw[twin] != raw[twin]) & (raw[own] != raw[own]))
    return bool(alike.mean() >= 0.9)


def _fit_in(run: _Run, beside: tuple[_Run | None, _Run | None], usual: int, code: str, mending: _Mending) -> None:
    """Move a run to a usual step after what is before it, or before what is after; between both, as there is room."""
    before, after = beside
    lasts = run.high - run.low
    if before is None and after is not None:
        mending.move(run, after.low - usual - lasts, code)
    elif before is not None and (after is None or after.low - before.high > lasts + usual):
        mending.move(run, before.high + usual, code)
    elif before is not None and after is not None and after.low - before.high > len(run):
        share = np.arange(1, len(run) + 1) / (len(run) + 1)
        mending.times[run.begin : run.end] = before.high + np.floor(share * (after.low - before.high)).astype(np.int64)
        mending.note("clock_leapt", len(run))
    else:
        mending.drop(run, np.ones(len(run), dtype=bool), "clock_dropped")


def _sorted_in(recording: Recording, runs: list[_Run], leap: int, mending: _Mending) -> None:
    """Sort the samples of very many runs, without those far from the time that their place in the file implies.

    The longest rising sequence of sane times gives that time.
    """
    times = recording.time_ms
    sane = np.flatnonzero((times >= EARLIEST_MS) & (times <= LATEST_MS))
    rising = sane[_rising(times[sane].tolist())] if len(sane) else np.arange(1)
    there = np.interp(np.arange(len(times)), rising, times[rising].astype(np.float64))
    lost = np.abs(times - there) > STRAYED_MS
    mending.keep[lost] = False
    mending.note("clock_dropped", int(np.count_nonzero(lost)))


def _rising(times: Sequence[int]) -> list[int]:
    """Return which of the times (n,) are the longest rising sequence, by patience sorting."""
    tops: list[int] = []
    at: list[int] = []
    before = [-1] * len(times)
    for i, ms in enumerate(times):
        pile = bisect_left(tops, ms)
        before[i] = at[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(ms)
            at.append(i)
        else:
            tops[pile], at[pile] = ms, i
    chosen = [at[-1]]
    while before[chosen[-1]] >= 0:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]


def _moved(recording: Recording, moved: Sequence[tuple[int, int, int]], leap: int) -> Recording:
    """Return the recording with what else has a time moved along with the samples of runs that moved far."""
    far = [(low - leap, high + leap, shift) for low, high, shift in moved if abs(shift) > leap]
    if not far:
        return recording

    def at(ms: int) -> int:
        return next((ms + shift for low, high, shift in far if low <= ms <= high), ms)

    beats = recording.beats
    if beats is not None:
        beats = BeatIntervals(np.array([at(ms) for ms in beats.at_ms.tolist()], np.int64), beats.rr_ms)
    return replace(
        recording,
        start=replace(recording.start, utc_ms=at(recording.start.utc_ms)),
        end_ms=at(recording.end_ms),
        laps=tuple(replace(one, start_ms=at(one.start_ms), end_ms=at(one.end_ms)) for one in recording.laps),
        pauses=tuple(Pause(at(one.start_ms), at(one.end_ms)) for one in recording.pauses),
        lengths=tuple(replace(one, start_ms=at(one.start_ms)) for one in recording.lengths),
        sets=tuple(replace(one, start_ms=at(one.start_ms)) for one in recording.sets),
        events=tuple(replace(one, at_ms=at(one.at_ms)) for one in recording.events),
        beats=beats,
    )


def _with_ends(recording: Recording) -> Recording:
    """Return a recording whose start, end and laps lie where its samples do; as it is where they do."""
    first, last = int(recording.time_ms[0]), int(recording.time_ms[-1])
    start, end = recording.start.utc_ms, recording.end_ms
    if not first - LEAP_MS <= start <= last:
        start = first
    if not start <= end <= last + RESUME_MS:
        end = max(last, start)
    laps = tuple(_laps_within(recording.laps, start, last))
    if start == recording.start.utc_ms and end == recording.end_ms and laps == recording.laps:
        return recording
    return replace(recording, start=replace(recording.start, utc_ms=start), end_ms=end, laps=laps)


def _laps_within(laps: Sequence[Lap], start_ms: int, last_ms: int) -> Iterator[Lap]:
    """Yield the laps; one that began at no possible time begins where the one before it ended."""
    reached = start_ms
    for lap in laps:
        if lap.start_ms < start_ms - LEAP_MS or lap.start_ms > last_ms + LEAP_MS:
            lasts = 1000 * (lap.elapsed_s or lap.timer_s or 0.0)
            lap = replace(lap, start_ms=reached, end_ms=reached + round(lasts))  # noqa: PLW2901
        reached = max(reached, lap.end_ms)
        yield lap
