"""Decodes what providers answered about days, and what they call activities."""

from homestretch.flow.telling import stale_athletes, tell
from homestretch.flow.world import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in stale_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    tell(world, arguments["athlete"], wait_s=5.0)


JOB = Job("tell", "Reading what providers tell", 5.0, _due, _run)
