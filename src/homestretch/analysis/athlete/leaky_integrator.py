"""What fills by each gain and leaks between them: x[i] = x[i-1] * exp(-decay[i]) + gain[i]."""

import numpy as np

from homestretch.model.channel import Floats

#: Steps computed at once, and by how many powers of e they may decay without running out of numbers.
_BLOCK, _DEEPEST = 256, 600.0


def leaky(gain: Floats, decay: Floats, first: float = 0.0) -> Floats:
    """Return x (n,) of gains (n,) >= 0 and decays (n,) >= 0, with `first` before them.

    Within a block x = (first + the sum of gains undecayed by as much) decayed; nothing cancels, so nothing is lost.
    """
    n = len(gain)
    if n == 0:
        return np.zeros(0)
    decay = np.minimum(decay, _DEEPEST)
    size = int(min(_BLOCK, max(1.0, _DEEPEST / max(float(decay.max()), 1e-9))))
    rows = -(-n // size)
    padded = np.zeros((2, rows * size))
    padded[:, :n] = gain, decay
    gains, decays = padded.reshape(2, rows, size)
    depth = np.cumsum(decays, axis=1)
    filled = np.cumsum(gains * np.exp(depth), axis=1)
    kept = np.exp(-depth)
    before, level = [], first
    for total, share in zip(filled[:, -1].tolist(), kept[:, -1].tolist(), strict=True):
        before.append(level)
        level = (level + total) * share
    return np.asarray(((filled + np.array(before)[:, None]) * kept).ravel()[:n])
