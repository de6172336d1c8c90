"""Devices are called as they are sold."""

import pytest

from homestretch.formats.fit.wire import profile
from homestretch.vendors.device_names import device_name, model_name


@pytest.mark.parametrize(
    ("product", "sold"),
    [("fr965", "Forerunner 965"), ("fr245_music", "Forerunner 245 Music"), ("fr235_asia", "Forerunner 235"),
     ("fr265_large", "Forerunner 265"), ("edge25", "Edge 25"), ("edge_1030_plus_asia", "Edge 1030 Plus"),
     ("Edge_130", "Edge 130"), ("fenix6S", "fēnix 6S"), ("fenix7x_pro_solar", "fēnix 7X Pro Solar"),
     ("fenix3_hr_chn", "fēnix 3 HR"), ("vivo_active_hr", "vívoactive HR"), ("vivoactive4_large", "vívoactive 4"),
     ("instinct_2s", "Instinct 2S"), ("venusq2music", "Venu Sq 2 Music"), ("venu3s", "Venu 3S"),
     ("epix_gen2", "epix (Gen 2)"), ("descent_mk3i", "Descent Mk3i"), ("fr945_lte_asia", "Forerunner 945 LTE"),
     ("connect", "connect"), ("Strava iPhone App", "Strava iPhone App"), ("4999", "4999")],
)  # fmt: skip
def test_garmins_codes(product: str, sold: str) -> None:
    assert model_name("garmin", product) == sold


@pytest.mark.parametrize(
    ("maker", "product", "name"),
    [("garmin", "fr965", "Garmin Forerunner 965"), ("coros", "COROS PACE 2", "COROS PACE 2"),
     ("wahoo_fitness", "ELEMNT BOLT", "Wahoo ELEMNT BOLT"), ("suunto", "34", "Suunto 34"), ("suunto", None, "Suunto"),
     (None, "StravaGPX", "StravaGPX"), (None, None, None), ("zwift", "0", "Zwift 0")],
)  # fmt: skip
def test_makers(maker: str | None, product: str | None, name: str | None) -> None:
    assert device_name(maker, product) == name


def test_no_model_of_the_families_keeps_its_code() -> None:
    for number in range(700, 6000):
        code = profile.named("garmin_product", number)
        if code is not None and code.lower().startswith(("fr", "edge", "fenix", "vivo", "venu", "instinct")):
            name = model_name("garmin", code)
            assert name is not None
            assert "_" not in name
            assert name != code
