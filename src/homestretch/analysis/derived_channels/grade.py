"""How steep it was."""

from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.derived_channels import DerivedChannel
from homestretch.model.channel import Floats


def _values(series: Series, _profile: Profile) -> Floats | None:
    """Return the grade in % at each sample, shape (n,), NaN while nearly standing; None indoors."""
    grade = series.grade
    return None if grade is None else 100.0 * grade


GRADE = DerivedChannel(
    key="grade_pct",
    unit="%",
    needs=("altitude_m",),
    values=_values,
    cite="Smoothed altitude over 50 m of the way.",
)
