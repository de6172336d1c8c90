"""Gives back what was lent: what a provider's terms let us keep for some days is taken away once they are over."""

from homestretch.flow.terms import lapse, lapsing
from homestretch.flow.world import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{}] if lapsing(world) else []


def _run(world: World, _arguments: Arguments) -> None:
    lapse(world)


JOB = Job("lapse", "Giving back what was lent", 60.0, _due, _run)
