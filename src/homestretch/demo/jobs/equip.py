"""Gives a demo athlete what asks for activities, once they are there."""

from homestretch.demo.equip import finish_equipping, unfinished
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"batch": batch} for batch in unfinished(world)]


def _run(world: World, arguments: Arguments) -> None:
    finish_equipping(world, arguments["batch"])


JOB = Job("equip", "Equipping the demo athlete", 5.0, _due, _run)
