"""The curve's chart says why it shows no critical power."""

from datetime import date

import numpy as np
import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from homestretch.views.charts.curve import NO_MODEL
from homestretch.views.kit.frame import Asked, frame
from tests.flow.edit.test_merging import settled
from tests.formats import golden
from tests.taking import take_in


def ride(power: list[float]) -> Recording:
    k = np.arange(len(power))
    return Recording(
        sport=Sport("cycling"), start=golden.moment(golden.START_MS), end_ms=golden.START_MS + 1000 * len(power),
        time_ms=golden.times(len(power), golden.START_MS),
        channels=golden.channels({"power_w": np.array(power), "distance_m": 8 * k}),
    )  # fmt: skip


@pytest.mark.parametrize(("hour", "notes"), [(240.0, []), (150.0, [NO_MODEL])])
def test_no_critical_power_that_the_best_hour_denies(
    sqlite_context: Context, scope: Scope, decoders: Decoders, hour: float, notes: list[str]
) -> None:
    power = [420.0] * 120 + [250.0] * 1080 + [hour] * 2400
    take_in(sqlite_context, scope, decoders, {"ride.fit": encode(ride(power))})
    settled(sqlite_context, scope, decoders)
    with sqlite_context.database.read() as reader:
        asked = Asked(today=date(2026, 5, 4), sport="ride", kind="power")
        shown = frame(reader, scope, "curve", asked)
    assert shown["notes"] == notes
    assert ("model_2p" in shown["details"]) == (notes == [])
