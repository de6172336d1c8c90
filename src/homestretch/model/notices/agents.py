"""What browsers call themselves, in words."""

import re

#: What names of browsers and systems begin with in what browsers call themselves, the telling ones first.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(agent: str) -> str:
    """Return browser and system in words, as in "Firefox on Linux"; what is no browser is called by its first word."""
    browser = next((name for begin, name in _BROWSERS if f"{begin}/" in agent), None)
    system = next((name for begin, name in _SYSTEMS if begin in agent), None)
    if browser and system:
        return f"{browser} on {system}"
    word = re.match(r"[\w.-]{1,40}", agent)
    return browser or system or (word[0] if word else "")
