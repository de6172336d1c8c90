"""The speed on the flat that would have been as hard."""

from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.derived_channels import DerivedChannel
from homestretch.model.channel import Floats


def _values(series: Series, _profile: Profile) -> Floats | None:
    """Return the grade adjusted speed in m/s at each sample, shape (n,), or None where there is no grade."""
    return series.gap_speed if series.grade is not None else None


GAP_SPEED = DerivedChannel(
    key="gap_speed_mps",
    unit="m/s",
    needs=("altitude_m",),
    values=_values,
    sports=frozenset({"run", "walk"}),
    cite="Speed times the cost of the grade (Strava 2017).",
)
