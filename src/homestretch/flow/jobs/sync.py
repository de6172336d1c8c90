"""Syncs the connections whose turn it is, a slice at a time."""

from homestretch.flow.runtime.context import World
from homestretch.flow.sync.back_off import due_connections
from homestretch.flow.sync.sync import sync
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"connection": connection} for connection in due_connections(world)]


def _run(world: World, arguments: Arguments) -> None:
    sync(world, arguments["connection"])


JOB = Job("sync", "Syncing", 3.0, _due, _run, waits=True)
