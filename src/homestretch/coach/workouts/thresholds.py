"""The thresholds that a workout's per cent are of, on a day."""

from datetime import date

from homestretch.analysis.athlete.history import History
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.model.coach.thresholds import Thresholds

#: The family in which thresholds are set, by the coach's word for a sport; of other sports it is all sports.
_FAMILIES = {"ride": "ride", "run": "run", "swim": "swim", "row": "row", "ski": "ski", "walk": "walk", "hike": "walk"}


def thresholds_for(history: History, sport: str, day: date) -> Thresholds:
    """Return the thresholds for a sport on a day: those that are set, else those that activities show.

    Of a brick the power is that of rides, the speed that of runs.
    """
    if sport == "brick":
        ride, run, swim = (_of_family(history, family, day) for family in ("ride", "run", "swim"))
        return Thresholds(ride.ftp_w, run.speed_mps, swim.css_mps, ride.lthr_bpm, ride.max_hr_bpm)
    return _of_family(history, _FAMILIES.get(sport, ""), day)


def _of_family(history: History, family: str, day: date) -> Thresholds:
    known = estimated(Profile(history.values(family, day.isoformat()), day), history.estimates(family, day.isoformat()))
    return Thresholds(
        ftp_w=known.get("ftp_w"),
        speed_mps=known.get("threshold_speed_mps"),
        css_mps=known.get("css_mps"),
        lthr_bpm=known.get("lthr_bpm"),
        max_hr_bpm=known.get("max_hr_bpm"),
    )
