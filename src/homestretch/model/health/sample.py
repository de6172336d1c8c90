"""A sample: one value of one day, as it is sent on to other systems."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """The value of a kind on a day, stamped at the day's local midnight (`at_ms`, UTC), with whose it is.

    Of a kind with stages (`sleep_s`) each stage is a sample of its own. `so_far_ms`: the day is not over, and the value
    is that of this instant (UTC).
    """

    kind: str
    day: str
    at_ms: int
    value: float
    source: str
    device: str
    stage: str = ""
    so_far_ms: int | None = None
