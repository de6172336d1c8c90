"""The curve of speed."""

from operator import attrgetter

from homestretch.analysis.curves import Curve

SPEED = Curve(
    key="speed",
    name="Speed",
    unit="m/s",
    series=attrgetter("elapsed_speed"),
    cite="Highest mean speed over each duration of elapsed time of which 90 % is known.",
)
