"""MQTT, with Home Assistant's discovery: the newest whole day and today so far, as retained messages.

Everything is retained, so that Home Assistant finds it after a restart; MQTT carries no history.
"""

import json
import re
from collections.abc import Mapping, Sequence

from homestretch.model.health.kinds import KINDS, Kind
from homestretch.model.health.sample import Sample
from homestretch.net.field import Field
from homestretch.net.mqtt import MqttClient
from homestretch.sinks.base import PASSWORD, USER, Comparison, Difference, Held, Latest, Opening, Pushed, Sink
from homestretch.sinks.names import DECIMALS

NAME = "MQTT"
#: The classes of Home Assistant's sensors, by our units, where one fits.
DEVICE_CLASSES: Mapping[str, str] = {"kg": "weight", "s": "duration", "m": "distance", "°C": "temperature"}
#: Home Assistant's spelling of units that it has another one for.
UNITS: Mapping[str, str] = {"brpm": "breaths/min"}

type Document = dict[str, object]


class Mqtt:
    """A broker, and the topics of one athlete there."""

    def __init__(self, opening: Opening) -> None:
        self.user = opening.user
        slug = re.sub(r"[^a-z0-9]+", "_", opening.user.lower()).strip("_") or "athlete"
        self.device = f"homestretch_{slug}"
        self.state, self.availability = f"homestretch/{slug}/health", f"homestretch/{slug}/availability"
        self.config = f"{opening.setting('prefix') or 'homeassistant'}/device/{self.device}/config"
        self.page = opening.setting("page")
        self.client = MqttClient(
            opening.setting("url"),
            self.device,
            opening.setting("username"),
            opening.password,
            self.availability,
            reach=opening.reach,
        )

    def begin(self, held: Held) -> None:
        """Nothing has to be checked before."""

    def push(self, since: str, until: str, held: Held) -> Pushed:
        """Send nothing: only what is newest goes out, by `finish`."""
        return Pushed()

    def finish(self, held: Held) -> Pushed:
        """Publish the sensors, then their values."""
        latest = held.latest()
        config = discovery(self.device, self.user, self.state, self.availability, latest, self.page)
        state = state_of(latest)
        self.client.publish(
            {
                self.config: json.dumps(config, ensure_ascii=False),
                self.state: json.dumps(state, ensure_ascii=False),
                self.availability: "online",
            }
        )
        return Pushed(len(latest.whole) + len(latest.today))

    def check(self, held: Held) -> Comparison:
        """Compare the retained values with ours."""
        ours, there = _flat(state_of(held.latest())), _flat(_parsed(self.client.retained(self.state)))
        keys = sorted(key for key in ours.keys() | there.keys() if ours.get(key) != there.get(key))
        rows = (
            Difference(
                f"{self.state} {key}", int(key in ours), int(key in there), int(key in ours and key not in there)
            )
            for key in keys
        )
        return Comparison(len(ours), len(there), tuple(rows))


def state_of(latest: Latest) -> Document:
    """Return the values of the newest whole day by kind, with its day, and those of today within `today`."""
    state: Document = {**_values(latest.whole)}
    return {**state, "today": _values(latest.today)}


def _values(samples: Sequence[Sample]) -> Document:
    values: Document = {_key(sample): round(sample.value, DECIMALS) for sample in samples}
    return {"day": samples[0].day, **values} if samples else values


def _key(sample: Sample) -> str:
    return sample.kind if sample.stage in ("", "asleep") else f"sleep_{sample.stage}_s"


def discovery(device: str, user: str, state: str, availability: str, latest: Latest, page: str = "") -> Document:
    """Return the discovery message of a device with its sensors (Home Assistant, MQTT device discovery)."""
    sensors: dict[str, Document] = {}
    for sample in latest.whole:
        kind = KINDS[sample.kind]
        name = kind.name if sample.stage in ("", "asleep") else f"Sleep, {sample.stage}"
        sensors[_key(sample)] = _sensor(device, _key(sample), name, f"value_json.get('{_key(sample)}')", kind)
    for sample in latest.today:
        kind = KINDS[sample.kind]
        key = f"today_{_key(sample)}"
        template = f"value_json.today.get('{_key(sample)}')"
        sensors[key] = _sensor(device, key, f"{kind.name} today", template, kind, growing=kind.combine == "union")
    return {
        "dev": {
            "ids": [device],
            "name": f"Homestretch {user}",
            "mf": "Homestretch",
            **({"configuration_url": page} if page else {}),
        },
        "o": {"name": "Homestretch"},
        "cmps": sensors,
        "state_topic": state,
        "availability_topic": availability,
        "qos": 1,
    }


def _sensor(device: str, key: str, name: str, template: str, kind: Kind, *, growing: bool = False) -> Document:
    sensor: Document = {
        "p": "sensor",
        "unique_id": f"{device}_{key}",
        "name": name,
        "value_template": f"{{{{ {template} }}}}",
    }
    if not kind.choices:
        sensor["state_class"] = "total_increasing" if growing else "measurement"
    if kind.unit:
        sensor["unit_of_measurement"] = UNITS.get(kind.unit, kind.unit)
    if kind.unit in DEVICE_CLASSES and not kind.key.endswith("_change_c"):
        sensor["device_class"] = DEVICE_CLASSES[kind.unit]
    return sensor


def _parsed(message: bytes | None) -> Document:
    document = json.loads(message) if message else {}
    return document if isinstance(document, dict) else {}


def _flat(state: Document) -> dict[str, object]:
    today = state.get("today")
    within = {f"today {key}": value for key, value in today.items()} if isinstance(today, dict) else {}
    return {**{key: value for key, value in state.items() if key != "today"}, **within}


SINK = Sink(
    "mqtt",
    NAME,
    (
        Field("url", "Address", required=True, help="Such as mqtt://broker:1883, or mqtts:// for an encrypted one."),
        USER,
        PASSWORD,
        Field("prefix", "Prefix of discovery", help="As in Home Assistant's settings.", default="homeassistant"),
        Field("page", "Address of Homestretch", help="Which Home Assistant shows with the device."),
    ),
    Mqtt,
    sends_today=True,
)
