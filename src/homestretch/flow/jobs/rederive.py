"""Derives again what an update of Homestretch derives otherwise, or what a rebuild dropped."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive, stale_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in stale_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    with Decoders(context.settings) as decoders:
        rederive(context, arguments["athlete"], decoders, wait_s=5.0)


JOB = Job("rederive", "Recalculating", 10.0, _due, _run)
