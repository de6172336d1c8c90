"""What is not known of an activity says why; what any recording knows needs no reason."""

from dataclasses import replace

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from tests.formats import golden
from tests.taking import shown, take_in


def test_what_another_recording_knows_has_no_reason(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    watch = golden.run(600)
    bare = {key: one for key, one in watch.channels.items() if key not in ("power_w", "temperature_c")}
    meter = {key: watch.channels[key] for key in ("power_w", "speed_mps")}
    files = {
        "watch.fit": encode(replace(watch, channels=bare)),
        "meter.fit": encode(replace(watch, channels=meter, file_key="4:1:4315:9:1", sport=watch.sport)),
    }
    first = take_in(sqlite_context, scope, decoders, {"watch.fit": files["watch.fit"]})["watch.fit"]["activities"][0]
    alone = shown(sqlite_context, scope, first)
    assert alone["avg_power_w"] is None
    assert (alone["reasons"]["avg_power_w"], alone["reasons"]["avg_temperature_c"]) == ("no_data", "no_data")
    take_in(sqlite_context, scope, decoders, {"meter.fit": files["meter.fit"]})
    both = shown(sqlite_context, scope, first)
    assert len(both["recordings"]) == 2
    assert both["avg_power_w"] is not None
    assert "avg_power_w" not in both["reasons"]
    assert both["reasons"]["avg_temperature_c"] == "no_data"
    unknown = {key for key, value in both.items() if value is None}
    assert set(both["reasons"]) <= unknown
