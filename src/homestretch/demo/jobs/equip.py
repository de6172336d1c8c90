"""Gives a demo athlete what asks for activities, once they are there."""

from homestretch.demo.equip import finish_equipping, unfinished
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"batch": batch} for batch in unfinished(context)]


def _run(context: Context, arguments: Arguments) -> None:
    finish_equipping(context, arguments["batch"])


JOB = Job("equip", "Equipping the demo athlete", 5.0, _due, _run)
