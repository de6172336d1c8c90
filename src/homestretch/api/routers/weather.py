"""The weather during activities, for athletes who want to see it."""

from fastapi import APIRouter
from fastapi.responses import Response

from homestretch.api.context import AthleteContext
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.places import WeatherChange
from homestretch.flow.weather import weather as flow
from homestretch.model.documents.weather import ActivityWeather, WeatherSetting
from homestretch.views.page import weather as views

router = APIRouter(prefix="/api", tags=["weather"])
#: The right that each operation needs.
RIGHTS = {
    "get_activity_weather": "activities: read",
    "get_weather_setting": "privacy: read",
    "set_weather": "sources: set",
}


@router.get("/activities/{activity}/weather", response_model=ActivityWeather, responses={404: {"model": Problem}})
def get_activity_weather(activity: str, asking: AthleteContext) -> Response:
    """Return the weather during an activity, if its athlete wants to see it and it was asked for."""
    with asking.app.database.read() as reader:
        return answer(views.activity_weather(reader, asking.of, activity))


@router.get("/weather", response_model=WeatherSetting)
def get_weather_setting(asking: AthleteContext) -> Response:
    """Return whether the weather is asked for, and how that goes."""
    with asking.app.database.read() as reader:
        return answer(views.weather_setting(reader, asking.of))


@router.put("/weather", response_model=WeatherSetting)
def set_weather(body: WeatherChange, asking: AthleteContext) -> Response:
    """Have the weather of all activities outdoors asked for, or no more; what was asked stays."""
    (flow.switch_on if body.on else flow.switch_off)(asking.context, asking.of)
    return get_weather_setting(asking)
