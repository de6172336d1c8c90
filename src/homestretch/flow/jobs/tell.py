"""Decodes what providers answered about days, and what they call activities."""

from homestretch.flow.derive.payloads import stale_athletes, tell
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job

#: What has just come is seen soon; all payloads, for which an update has another decoder, are looked at once a minute.
EVERY_S, WHOLE_S = 5, 60


def _due(world: World) -> list[Arguments]:
    whole = world.clock() // 1000 % WHOLE_S < EVERY_S
    return [{"athlete": athlete} for athlete in stale_athletes(world, whole=whole)]


def _run(world: World, arguments: Arguments) -> None:
    tell(world, arguments["athlete"], wait_s=5.0)


JOB = Job("tell", "Reading what providers tell", float(EVERY_S), _due, _run, share=0.2)
