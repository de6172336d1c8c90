"""`homestretch rebuild`: derives everything again from the originals and the edits."""

import time

from homestretch.cli._opened import JsonOption, whole
from homestretch.cli._say import say_json

#: How long somebody else may be at it, say a server that imports a large export.
PATIENCE_S = 3600.0


def COMMAND(json: JsonOption = False) -> None:
    """Drop everything derived and make it again from the originals and the edits."""
    from homestretch.flow.catch_up import derive_all
    from homestretch.flow.decoders import Decoders
    from homestretch.flow.rederive import clear
    from homestretch.views.digest import derived_digest

    began = time.monotonic()
    with whole() as (app, _), Decoders(app.settings) as decoders:
        clear(app.world)
        originals = derive_all(app.world, decoders, wait_s=PATIENCE_S)
        with app.database.read() as reader:
            digest = derived_digest(reader)
    seconds = round(time.monotonic() - began, 1)
    if json:
        say_json({"originals": originals, "derived_digest": digest, "seconds": seconds})
    else:
        print(f"Rebuilt in {seconds} s; digest {digest[:16]}…")
