"""Deletes athletes that were removed, once they can't be restored any more."""

from homestretch.flow.backups.forgotten import write_list
from homestretch.flow.people.athletes import due_for_deletion
from homestretch.flow.people.deletion import take_away
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in due_for_deletion(context)]


def _run(context: Context, arguments: Arguments) -> None:
    take_away(context, arguments["athlete"])
    write_list(context)


JOB = Job("athletes", "Deleting a removed athlete", 5.0, _due, _run)
