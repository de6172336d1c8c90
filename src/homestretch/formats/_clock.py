"""The clock of a file of points: times of points that lack one, and the file's own time where their clock was wrong."""

import numpy as np

from homestretch.formats._tree import Document
from homestretch.model.channel import MISSING_64, Times

#: A clock that reads earlier was never set; satellites count their weeks up to 1024 and begin again.
UNSET_MS, ROLL_OVER_MS = 946_684_800_000, 1024 * 7 * 86_400_000
#: A file's own time and its points belong to one activity up to this difference.
NEAR_MS = 12 * 3_600_000
#: Between two times further apart than this, points without a time are left out.
GAP_MS = 3_600_000


def point_times(document: Document, name: str) -> tuple[Times, Times, int]:
    """Return times in ms UTC and offsets in s of all points, shape (n,) each, and how many times were interpolated.

    Points without a time get one where points before and after them in the same element have one, close together.
    """
    times, offsets = document.points.times(name)
    filled = times.copy()
    for runs in document.runs.values() if (times == MISSING_64).any() else ():
        rows = np.concatenate([np.arange(run.start, run.stop) for run in runs])
        known = np.flatnonzero(times[rows] != MISSING_64)
        if len(known) < 2:
            continue
        missing = np.setdiff1d(np.arange(known[0], known[-1]), known)
        after = np.searchsorted(known, missing)
        before, behind = times[rows[known[after - 1]]], times[rows[known[after]]]
        close = (behind > before) & (behind - before <= GAP_MS)
        share = (missing - known[after - 1]) / (known[after] - known[after - 1])
        filled[rows[missing[close]]] = np.rint(before + share * (behind - before)).astype(np.int64)[close]
    return filled, offsets, int(np.count_nonzero(filled != times))


def corrects(stated_ms: int, point_ms: int) -> bool:
    """Return whether a time that a file states dates its points better than their own first time.

    It does where their clock was never set, or its weeks began again.
    """
    if stated_ms < UNSET_MS:
        return False
    weeks = round((stated_ms - point_ms) / ROLL_OVER_MS)
    rolled = weeks > 0 and abs(stated_ms - point_ms - weeks * ROLL_OVER_MS) <= NEAR_MS
    return rolled or point_ms < UNSET_MS
