"""Measures activities again whose thresholds, sport, recordings or formulas have changed."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import measure_due, unmeasured_athletes
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in unmeasured_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    with Decoders(world.settings) as decoders:
        measure_due(world, arguments["athlete"], decoders)


JOB = Job("measure", "Measuring", 5.0, _due, _run)
