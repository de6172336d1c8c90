"""Measures activities again whose thresholds, sport, recordings or formulas have changed."""

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.measuring import measure_due, unmeasured_athletes
from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job


def _due(context: Context) -> list[Arguments]:
    return [{"athlete": athlete} for athlete in unmeasured_athletes(context)]


def _run(context: Context, arguments: Arguments) -> None:
    with Decoders(context.settings) as decoders:
        measure_due(context, arguments["athlete"], decoders)


JOB = Job("measure", "Analysing activities", 5.0, _due, _run)
