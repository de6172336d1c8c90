"""`homestretch rebuild`: derives everything again from the originals and the edits."""

import time

from homestretch.cli._opened import JsonOption, opened
from homestretch.cli._say import say_json


def COMMAND(json: JsonOption = False) -> None:
    """Drop everything derived and make it again from the originals and the edits."""
    from homestretch.flow.decoders import Decoders
    from homestretch.flow.rederive import clear, rederive, stale_athletes
    from homestretch.views.digest import derived_digest

    began = time.monotonic()
    with opened() as (app, _, beside):
        clear(app.world)
        originals = 0
        if beside:
            while stale_athletes(app.world):
                time.sleep(0.5)
        else:
            with Decoders(app.settings) as decoders:
                originals = sum(rederive(app.world, athlete, decoders) for athlete in stale_athletes(app.world))
        with app.database.read() as reader:
            digest = derived_digest(reader)
    seconds = round(time.monotonic() - began, 1)
    if json:
        say_json({"originals": originals, "derived_digest": digest, "seconds": seconds})
    else:
        print(f"Rebuilt in {seconds} s; digest {digest[:16]}…")
