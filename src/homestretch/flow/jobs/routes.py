"""Recognises the courses that activities followed."""

from homestretch.flow.derive.places.routes import find_routes, unrouted_athletes
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in unrouted_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    find_routes(world, arguments["athlete"])


JOB = Job("routes", "Recognising routes", 5.0, _due, _run, share=0.2)
