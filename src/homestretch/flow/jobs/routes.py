"""Recognises the courses that activities followed."""

from homestretch.flow.derive.places.routes import find_routes, unrouted_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in unrouted_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    find_routes(context, arguments["athlete"])


JOB = Job("routes", "Finding routes", 5.0, _due, _run, share=0.2)
