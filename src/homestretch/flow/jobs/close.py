"""Closes imports that nobody closed and of which nothing was sent for a day."""

from homestretch.flow.imports.batches import finish, silent
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"batch": batch} for batch in silent(world)]


def _run(world: World, arguments: Arguments) -> None:
    finish(world, arguments["batch"])


JOB = Job("close", "Closing imports", 3600.0, _due, _run)
