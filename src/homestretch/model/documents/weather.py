"""The weather during an activity, and whether it is asked for."""

from typing import Literal, TypedDict

#: `waiting`: it will be asked for; `off`: nobody asks for it; `none`: there is none, as of what was done indoors.
WeatherState = Literal["there", "waiting", "off", "none"]


class Weather(TypedDict):
    """The weather from begin to end, as `provider` said at `asked_at`; what is unknown is null.

    Means, but the highest gust, the sum of precipitation, and the worst `code` (WMO, table 4677) with its `sky`.
    `wind_from_deg` is where the wind came from, clockwise from north.
    """

    provider: str
    asked_at: str
    temperature_c: float
    lowest_c: float
    highest_c: float
    feels_like_c: float | None
    humidity_pct: float | None
    dew_point_c: float | None
    wind_mps: float | None
    gusts_mps: float | None
    wind_from_deg: float | None
    cloud_pct: float | None
    precipitation_mm: float | None
    code: int | None
    sky: "Sky | None"


class ActivityWeather(TypedDict):
    """The weather during an activity, as far as it is there; `reason` says why it is not there yet."""

    state: WeatherState
    weather: Weather | None
    reason: str | None


class WeatherSetting(TypedDict):
    """Whether an athlete wants to see the weather; `days` is how many days at how many places were asked so far.

    After a failure, `reason` says what was wrong, and `retry_at` when the provider is asked again.
    """

    on: bool
    since: str | None
    days: int
    reason: str | None
    retry_at: str | None


#: What a code means, for a word and a picture.
Sky = Literal["clear", "fair", "cloudy", "overcast", "fog", "drizzle", "rain", "freezing_rain", "snow", "showers",
              "snow_showers", "thunderstorm"]  # fmt: skip
