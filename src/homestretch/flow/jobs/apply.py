"""Makes approved changes at providers."""

from homestretch.flow.runtime.context import World
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"connection": connection} for connection in due_changes(world)]


def _run(world: World, arguments: Arguments) -> None:
    apply_changes(world, arguments["connection"])


JOB = Job("apply", "Making approved changes", 3.0, _due, _run, waits=True)
