"""Asks for the weather of activities, for athletes who want to see it."""

from homestretch.flow.runtime.context import Context
from homestretch.flow.weather.weather import ask_weather, athletes_due
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in athletes_due(context)]


def _run(context: Context, arguments: Arguments) -> None:
    ask_weather(context, arguments["athlete"])


JOB = Job("weather", "Asking for the weather", 30.0, _due, _run, waits=True)
