"""Copies backups to the object store that the settings name, once they were made."""

from homestretch.flow.backups.copies import copy_due, copy_is_due
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{}] if copy_is_due(context) else []


def _run(context: Context, _arguments: Arguments) -> None:
    copy_due(context)


JOB = Job("backup_copies", "Copying backups", 30.0, _due, _run, waits=True)
