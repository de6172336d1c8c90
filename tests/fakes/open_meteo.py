"""A fake Open-Meteo: made-up weather by place and hour, in the archive after five days, with its refusals."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from tests.fakes._site import Asked, Route, Site
from tests.fakes.garmin.asked import Reply, told

VARIABLES = frozenset({
    "temperature_2m", "apparent_temperature", "relative_humidity_2m", "dew_point_2m", "precipitation", "cloud_cover",
    "wind_speed_10m", "wind_gusts_10m", "wind_direction_10m", "weather_code", "surface_pressure",
})  # fmt: skip
KNOWN = {"latitude", "longitude", "start_date", "end_date", "hourly", "wind_speed_unit", "timeformat", "timezone"}
ARCHIVED_DAYS = 5


class FakeOpenMeteo(Site):
    """Answers for any place; `asked` counts places and days, `today` is its day."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today, self.asked = today, Counter[tuple[str, str, str]]()

    def routes(self) -> Iterable[Route]:
        return (
            Route("GET", "/v1/archive", self._archive, open=True),
            Route("GET", "/v1/forecast", self._forecast, open=True),
        )

    def refusal(self, ask: Asked) -> Reply | None:
        return None

    def _archive(self, ask: Asked) -> Reply:
        return self._hours(ask, date(1940, 1, 1), self.today - timedelta(days=ARCHIVED_DAYS))

    def _forecast(self, ask: Asked) -> Reply:
        return self._hours(ask, self.today - timedelta(days=90), self.today + timedelta(days=15))

    def _hours(self, ask: Asked, first: date, last: date) -> Reply:
        query = ask.query
        names = query["hourly"].split(",")
        if not set(query) <= KNOWN or not set(names) <= VARIABLES:
            return _refused("Data corrupted at path ''. Cannot initialize from invalid String value.")
        since, until = date.fromisoformat(query["start_date"]), date.fromisoformat(query["end_date"])
        if not first <= since <= until <= last:
            return _refused(f"Parameter 'start_date' is out of allowed range from {first} to {last}")
        latitude, longitude = float(query["latitude"]), float(query["longitude"])
        days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
        self.asked.update((query["latitude"], query["longitude"], day.isoformat()) for day in days)
        begin = datetime(since.year, since.month, since.day, tzinfo=UTC)
        times = [int((begin + timedelta(hours=number)).timestamp()) for number in range(24 * len(days))]
        values = {name: [value_of(name, latitude, at // 3600 % 24) for at in times] for name in names}
        place = {"latitude": latitude + 0.01, "longitude": longitude - 0.01, "timezone": "GMT", "elevation": 38.0}
        return told({**place, "hourly_units": dict.fromkeys(names, "?"), "hourly": {"time": times, **values}})


def value_of(name: str, latitude: float, hour: int) -> float | None:
    """Return what the weather is at a latitude in an hour of the day (UTC)."""
    return {
        "temperature_2m": latitude / 10.0 + hour, "apparent_temperature": latitude / 10.0 + hour - 3.0,
        "relative_humidity_2m": 80.0 - hour, "dew_point_2m": 4.0, "precipitation": 1.2 if hour == 10 else 0.0,
        "wind_speed_10m": 5.0, "wind_gusts_10m": 9.0 + hour / 10.0, "wind_direction_10m": 225.0,
        "cloud_cover": 100.0, "weather_code": 61.0 if hour in (9, 10) else 3.0, "surface_pressure": None,
    }[name]  # fmt: skip


def _refused(why: str) -> Reply:
    return told({"error": True, "reason": why}, 400)
