"""The curve of heart rate."""

from operator import attrgetter

from homestretch.analysis.curves import Curve

HEART_RATE = Curve(
    key="heart_rate",
    name="Heart rate",
    unit="bpm",
    series=attrgetter("elapsed_heart_rate"),
    cite="Highest mean heart rate over each duration of elapsed time of which 90 % is known.",
)
