"""How steep it was."""

from homestretch.analysis.reckoned import Reckoned
from homestretch.analysis.series import Series
from homestretch.analysis.thresholds import Profile
from homestretch.model.channel import Floats


def _values(series: Series, _profile: Profile) -> Floats | None:
    """Return the grade in % at each sample, shape (n,), NaN while nearly standing; None indoors."""
    grade = series.grade
    return None if grade is None else 100.0 * grade


GRADE = Reckoned(
    key="grade_pct",
    unit="%",
    needs=("altitude_m",),
    values=_values,
    cite="Smoothed altitude over 50 m of the way.",
)
