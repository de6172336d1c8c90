"""Keeps the heat map up to date."""

from homestretch.flow.derive.places.heat import cold_athletes, draw_heat
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in cold_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    draw_heat(context, arguments["athlete"])


JOB = Job("heat", "Drawing the heat map", 15.0, _due, _run, share=0.2)
