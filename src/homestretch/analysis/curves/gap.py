"""The curve of grade adjusted speed."""

from operator import attrgetter

from homestretch.analysis.curves import Curve

GAP = Curve(
    key="gap",
    name="Grade-adjusted speed",
    unit="m/s",
    series=attrgetter("elapsed_gap_speed"),
    sports=frozenset({"run", "walk"}),
    cite="Highest mean grade-adjusted speed over each duration of elapsed time of which 90 % is known.",
)
