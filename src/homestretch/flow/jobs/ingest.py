"""Takes in what waits to be imported."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import ingest, waiting_athletes
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in waiting_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    with Decoders(world.settings) as decoders:
        ingest(world, arguments["athlete"], decoders)


JOB = Job("ingest", "Importing", 1.0, _due, _run)
