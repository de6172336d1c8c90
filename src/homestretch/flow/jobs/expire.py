"""Deletes cached provider data once the time for which the provider's terms let us keep it is over."""

from homestretch.flow.runtime.context import World
from homestretch.flow.sync.provider_terms import expire, expiring
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{}] if expiring(world) else []


def _run(world: World, _arguments: Arguments) -> None:
    expire(world)


JOB = Job("expire", "Deleting expired provider data", 60.0, _due, _run)
