"""Runs the benchmarks: `python -m benchmarks [section …]`, all of them by default, in about twenty minutes."""

import sys
import time
from collections.abc import Callable

from benchmarks import (
    agreement,
    api,
    catching_up,
    club,
    decode_fit,
    decode_xml,
    growing,
    health,
    importing,
    matching,
    measuring,
    planning,
    starting,
    storing,
    summarise,
    today,
)
from benchmarks.report import Row, head, table

_DECODE_S = 25.0


def _fit() -> str:
    found = decode_fit.rows(_DECODE_S)
    by_name = {row.name: row.ratio for row in found}
    held = [
        Row("garmin-fit-sdk takes so many times our time", by_name["garmin-fit-sdk"], "times", 150, least=True),
        Row("fitfast.parse takes so many times our time", by_name["fitfast.parse"], "times", 3, least=True),
    ]
    return f"{decode_fit.table(found)}\n{table('FIT decoding', held)}"


def _xml() -> str:
    found = decode_xml.rows()
    held = [
        Row(f"{row.name}: the peer takes so many times our time", row.ratio, "times", target, least=True)
        for row, target in zip(found, (8.0, 3.0), strict=False)
    ]
    return f"{decode_xml.table(found)}\n{table('GPX and TCX decoding', held)}"


def _summary() -> str:
    found = [
        Row(f"summary of a ride of {name}", ms, "ms", 100 if name == "4 h" else None) for name, ms in summarise.rows()
    ]
    return table("Summing up", found)


SECTIONS: dict[str, Callable[[], str]] = {
    "fit": _fit,
    "xml": _xml,
    "summary": _summary,
    "measuring": lambda: table("Measuring", measuring.rows()),
    "agreement": lambda: table("Agreement with the devices' own figures", agreement.rows()),
    "matching": lambda: table("Matching, over labelled pairs of real files", matching.rows()),
    "storing": lambda: table("Stored samples", storing.rows()),
    "import": lambda: table("Import", importing.rows()),
    "growing": lambda: table("Taking in more where there is much", growing.rows()),
    "catching_up": lambda: table("Jobs behind an import of 1,000 activities of an hour", catching_up.rows()),
    "club": lambda: table("A club of fifty athletes on PostgreSQL", club.rows()),
    "starting": lambda: table("Starting and waiting", starting.rows()),
    "health": lambda: table("Ten years of health", health.rows()),
    "today": lambda: table("Today with 20,000 activities and ten years of nights", today.rows()),
    "planning": lambda: table("Plans of eighteen weeks, on one core", planning.rows()),
    "api": lambda: table("API over HTTP with 20,000 activities", api.rows()),
}


def main(names: list[str]) -> int:
    """Print the sections named; return 2 for a name that is none."""
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"There is no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}.", file=sys.stderr)
        return 2
    print(head(), flush=True)
    for name in names or SECTIONS:
        began = time.perf_counter()
        print(f"\n{SECTIONS[name]()}\n({time.perf_counter() - began:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
