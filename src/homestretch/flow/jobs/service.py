"""Tells of components of gear that are due for service."""

from homestretch.flow.maintenance.service_reminders import tell_due, untold_athletes
from homestretch.flow.runtime.context import World
from homestretch.jobs.job import Arguments, Job


def _due(world: World) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in untold_athletes(world)]


def _run(world: World, arguments: Arguments) -> None:
    tell_due(world, arguments["athlete"])


JOB = Job("service", "Looking after gear", 600.0, _due, _run)
