"""Deletes demo athletes that were removed."""

from homestretch.flow.accounts.demo_athletes import removed_demos, take_away
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in removed_demos(context)]


def _run(context: Context, arguments: Arguments) -> None:
    take_away(context, arguments["athlete"])


JOB = Job("demos", "Removing the demo athlete", 5.0, _due, _run)
