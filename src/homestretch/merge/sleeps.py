"""Sleeps of one device become nights: sleeps with a short gap are one, the longest of a day is its night."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from homestretch.model.health.night import Night

#: Two sleeps with no more than this between them are one.
GAP_MS = 60 * 60_000
_LENGTHS = ("asleep_s", "deep_s", "light_s", "rem_s", "awake_s", "unmeasured_s")


def join_sleeps(sleeps: Iterable[Night], gap_ms: int = GAP_MS) -> list[Night]:
    """Return sleeps of one source and device in order, those with gaps of up to `gap_ms` joined; naps stay apart."""
    joined: list[Night] = []
    naps: list[Night] = []
    for sleep in sorted(sleeps, key=lambda sleep: (sleep.start_ms, sleep.end_ms)):
        if sleep.nap:
            naps.append(sleep)
        elif joined and sleep.start_ms - joined[-1].end_ms <= gap_ms:
            joined[-1] = _joined(joined[-1], sleep)
        else:
            joined.append(sleep)
    return sorted([*joined, *naps], key=lambda sleep: sleep.start_ms)


def night_of(day: str, sleeps: Sequence[Night]) -> Night | None:
    """Return the night of a day of waking: the longest sleep that ends on it, with what was slept besides as naps.

    None without sleep: awake all the time, or only naps.
    """
    here = [sleep for sleep in sleeps if sleep.day == day and asleep_s(sleep) > 0.0]
    nights = [sleep for sleep in here if not sleep.nap]
    if not nights:
        return None
    night = max(nights, key=lambda sleep: (asleep_s(sleep), -sleep.start_ms))
    napped = sum(asleep_s(sleep) for sleep in here if sleep is not night)
    return replace(night, naps_s=napped) if napped else night


def asleep_s(sleep: Night) -> float:
    """Return how long somebody slept: as stated, else by the stages, else the whole time without them."""
    if sleep.asleep_s is not None:
        return sleep.asleep_s
    parts = [part for part in (sleep.deep_s, sleep.light_s, sleep.rem_s) if part is not None]
    if parts:
        return sum(parts)
    if sleep.stages:
        asleep = [stage for stage in sleep.stages if stage.stage in ("deep", "light", "rem")]
        return sum(stage.end_ms - stage.start_ms for stage in asleep) / 1000
    return 0.0 if sleep.awake_s is not None else (sleep.end_ms - sleep.start_ms) / 1000


def _joined(before: Night, after: Night) -> Night:
    """Return two sleeps as one: lengths added, the time between counted as awake, the rest of the longer one."""
    if after.end_ms <= before.end_ms:
        return before  # the same sleep again, or a part of it
    if after.start_ms < before.end_ms:
        return max(before, after, key=asleep_s)
    longer = max(before, after, key=asleep_s)
    lengths = {name: _added(getattr(before, name), getattr(after, name)) for name in _LENGTHS}
    lengths["asleep_s"] = asleep_s(before) + asleep_s(after)
    between = (after.start_ms - before.end_ms) / 1000
    if lengths["awake_s"] is not None:
        lengths["awake_s"] += between
    return replace(
        longer,
        day=after.day,
        start_ms=before.start_ms,
        end_ms=after.end_ms,
        offset_s=after.offset_s,
        nap=False,
        device=before.device,
        stages=before.stages + after.stages,
        naps_s=_added(before.naps_s, after.naps_s),
        **lengths,
    )


def _added(one: float | None, other: float | None) -> float | None:
    return None if one is None and other is None else (one or 0.0) + (other or 0.0)
