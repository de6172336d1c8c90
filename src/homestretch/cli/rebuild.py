"""`homestretch rebuild`: recalculates everything."""

import sys
import time
from contextlib import suppress

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json

#: How long somebody else may be at it, say a server that imports a large export.
PATIENCE_S = 3600.0


def COMMAND(json: JsonOption = False) -> None:
    """Recalculate everything from the originals.

    Earlier results of originals that can't be read are kept.
    """
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.derive_pending import derive_all
    from homestretch.flow.derive.rederive import OriginalsLost, clear
    from homestretch.flow.maintenance.readable_index import write_index
    from homestretch.views.system.digest import derived_digest
    from homestretch.views.system.verify import described, read_originals

    began = time.monotonic()
    with whole() as (app, _), Decoders(app.settings) as decoders:
        with app.database.read() as reader:
            found = read_originals(reader, app.context.archive)
            lost = described(reader, found)
        clear(app.context, found.lost)
        write_index(app.context)
        with suppress(OriginalsLost):  # those that were found to be above
            derive_all(app.context, decoders, wait_s=PATIENCE_S)
        with app.database.read() as reader:
            digest = derived_digest(reader)
    seconds = round(time.monotonic() - began, 1)
    originals = found.count - len(lost)
    if json:
        say_json({"originals": originals, "derived_digest": digest, "seconds": seconds, "lost": lost})
    else:
        print(f"Rebuilt {originals} originals in {seconds} s; digest {digest[:16]}…")
        for one in lost:
            print(f"{one['reason']}: {one['digest']}  {one['path']}", file=sys.stderr)
    if lost:
        print(
            "Their earlier results were kept. Import the files again, or restore them from a folder or backup: "
            "homestretch verify --heal DIR",
            file=sys.stderr,
        )
    raise typer.Exit(1 if lost else 0)
