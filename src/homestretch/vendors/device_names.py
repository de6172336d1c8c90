"""Devices by the names they are sold under: files know makers and models by words of FIT's profile."""

import re

_MAKERS = {
    "wahoo_fitness": "Wahoo", "coros": "COROS", "coros_byte": "COROS", "sigmasport": "Sigma", "tomtom": "TomTom",
    "osynce": "o-synce", "srm": "SRM", "bryton_sensors": "Bryton", "polar_electro": "Polar", "igpsport": "iGPSPORT",
    "favero_electronics": "Favero", "stages_cycling": "Stages", "trainer_road": "TrainerRoad", "mywhoosh": "MyWhoosh",
    "dynastream_oem": "Dynastream", "peaksware": "TrainingPeaks", "4iiiis": "4iiii", "sram": "SRAM",
}  # fmt: skip
#: How Garmin's codes for families of models begin, the longest first, and what is on the box.
_FAMILIES = (
    ("approach", "Approach"), ("descent", "Descent"), ("edge", "Edge"), ("enduro", "Enduro"), ("epix", "epix"),
    ("etrex", "eTrex"), ("fenix", "fēnix"), ("foretrex", "Foretrex"), ("fr", "Forerunner"), ("gpsmap", "GPSMAP"),
    ("hrm", "HRM"), ("instinct", "Instinct"), ("lily", "Lily"), ("marq", "MARQ"), ("oregon", "Oregon"),
    ("rally", "Rally"), ("swim", "Swim"), ("tactix", "tactix"), ("vector", "Vector"), ("venusq", "Venu Sq"),
    ("venu", "Venu"), ("virb", "VIRB"), ("vivoactive", "vívoactive"), ("vivo_active", "vívoactive"),
    ("vivofit", "vívofit"), ("vivo_fit", "vívofit"), ("vivo_ki", "vívoki"), ("vivomove", "vívomove"),
    ("vivo_move", "vívomove"),
    ("vivosmart", "vívosmart"), ("vivo_smart", "vívosmart"), ("vivosport", "vívosport"), ("vivo_sport", "vívosport"),
)  # fmt: skip
#: Parts of a code that say where or in which size it was sold, which is no part of the name.
_EDITIONS = frozenset({
    "asia", "apac", "japan", "jpn", "china", "chn", "chinese", "korea", "kor", "taiwan", "twn", "sea", "russia",
    "hebrew", "emea", "ww", "thai", "large", "small",
})  # fmt: skip
_SPELLED = {"hr": "HR", "lte": "LTE", "gps": "GPS", "mtb": "MTB", "amoled": "AMOLED", "gen2": "(Gen 2)", "m": "Music"}


def maker_name(maker: str | None) -> str | None:
    """Return a maker as it writes itself; a number without a word stays one."""
    if maker is None:
        return None
    return _MAKERS.get(maker) or " ".join(word[:1].upper() + word[1:] for word in maker.split("_"))


def model_name(maker: str | None, product: str | None) -> str | None:
    """Return a model as it is sold: Garmin's `fr965` is a Forerunner 965; others name themselves."""
    if maker not in {None, "garmin"} or product is None or not re.fullmatch(r"[A-Za-z]\w*", product):
        return product
    code = product.lower()
    family = next((pair for pair in _FAMILIES if re.match(rf"{pair[0]}(?![a-z]{{3}})|{pair[0]}_", code)), None)
    if family is None or (family[0] == "fr" and not code[2:3].isdigit()):
        return product
    rest = [_spelled(part) for part in re.split(r"_+", code[len(family[0]) :]) if part and part not in _EDITIONS]
    return " ".join((family[1], *rest))


def device_name(maker: str | None, product: str | None) -> str | None:
    """Return maker and model as sold, the maker once; None where neither is known."""
    model, made_by = model_name(maker, product), maker_name(maker)
    if model is None or made_by is None or model.casefold().startswith(made_by.casefold()):
        return model or made_by
    return f"{made_by} {model}"


def _spelled(part: str) -> str:
    """Return a part of a code as it is written: numbers with their letters in capitals, words with a first capital."""
    found = re.fullmatch(r"(\d+)([a-z]{1,2})?(music|plus)?", part)
    if found is not None:
        return found[1] + (found[2] or "").upper() + (f" {found[3].title()}" if found[3] else "")
    return _SPELLED.get(part) or part.capitalize()
