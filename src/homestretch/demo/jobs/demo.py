"""Makes the files of a demo athlete that an import waits for."""

from homestretch.demo.load import make, unmade
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"batch": batch} for batch in unmade(world)]


def _run(world: World, arguments: Arguments) -> None:
    make(world, arguments["batch"])


JOB = Job("demo", "Making the demo athlete", 5.0, _due, _run)
