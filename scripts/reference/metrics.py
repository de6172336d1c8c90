"""What is measured and calculated of activities and days, from its descriptions."""

from typing import Any

from homestretch.analysis.athlete.thresholds import THRESHOLDS
from homestretch.analysis.curves import curves
from homestretch.analysis.derived_channels import derived_channels
from homestretch.analysis.health.day_metric import day_metrics
from homestretch.analysis.measure.metric import metrics as activity_metrics
from homestretch.model.health.kinds import KINDS
from homestretch.views.kit.frame import charts
from scripts.reference.markdown import code, prose, table

TRUST = {"measured": "measured", "derived": "calculated", "estimated": "estimated"}


def metrics() -> str:
    """Return the page of what is calculated."""
    return (
        "# Metrics\n\n"
        "Every metric of an activity or a day that is calculated here, with its formula's source. “Also known as” are "
        "names of other services, some of which are their trademarks. How sure: *measured* by a device, *calculated* "
        "from what was measured, or *estimated*.\n\n"
        "## Of an activity\n\n"
        + table(
            ("metric", "also known as", "unit", "how sure", "formula and source"),
            sorted(map(_metric, activity_metrics().values()), key=_by_name),
        )
        + "\n## Of a day or night\n\n"
        + table(
            ("metric", "also known as", "unit", "how sure", "formula and source"),
            sorted(map(_metric, day_metrics().values()), key=_by_name),
        )
        + "\n## Curves\n\n"
        + table(
            ("curve", "unit", "formula and source"),
            sorted(((prose(one.name), one.unit, prose(one.cite)) for one in curves().values()), key=_by_name),
        )
        + "\n## Thresholds\n\n"
        "What formulas need of you. Each holds from a date on; what is not set is estimated.\n\n"
        + table(
            ("threshold", "also known as", "unit", "what it is"),
            (
                (
                    f"{prose(one.name)} ({code(one.key)})",
                    ", ".join(map(prose, one.also_known_as)),
                    one.unit,
                    prose(one.note),
                )
                for one in THRESHOLDS.values()
            ),
        )
        + "\n## Measures\n\n"
        "What devices and people measure of a day. Private ones leave Homestretch only where you named them.\n\n"
        + table(
            ("measure", "unit", "private"),
            sorted(
                (
                    (f"{prose(one.name)} ({code(one.key)})", one.unit, "yes" if one.private else "")
                    for one in KINDS.values()
                ),
                key=_by_name,
            ),
        )
        + "\n## Charts\n\n"
        + table(
            ("chart", "also known as"),
            sorted(
                ((prose(one.title), ", ".join(map(prose, one.also_known_as))) for one in charts().values()),
                key=_by_name,
            ),
        )
        + "\n## Calculated channels\n\n"
        + table(
            ("channel", "unit", "formula and source"),
            sorted(((code(one.key), one.unit, prose(one.cite)) for one in derived_channels().values()), key=_by_name),
        )
    )


def _by_name(row: tuple[str, ...]) -> str:
    return row[0].casefold()


def _metric(one: Any) -> tuple[str, ...]:
    also = ", ".join(map(prose, one.also_known_as))
    unit = "time of day" if one.unit == "clock_s" else one.unit
    return f"{prose(one.name)} ({code(one.key)})", also, unit, TRUST[one.trust], prose(one.cite)
