"""Derives again what an update of Homestretch derives otherwise, or what a rebuild dropped."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive, stale_athletes
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in stale_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    with Decoders(world.settings) as decoders:
        rederive(world, arguments["athlete"], decoders, wait_s=5.0)


JOB = Job("rederive", "Reckoning anew", 10.0, _due, _run)
