"""The device that wrote a wellness file, by a key that never changes."""

from homestretch.formats.fit.part import Part
from homestretch.formats.fit.summary import DEVICE_INFO, devices_of, writer_of
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wire.profile import slug
from homestretch.model.health.measurement import HealthDevice
from homestretch.model.recording import Device
from homestretch.vendors.device_names import device_name

#: The key of a device of which a file says nothing.
UNNAMED = "fit"


def device_of(part: Part) -> HealthDevice:
    """Return the writer of a file: its serial number is its key, else its maker and product, never empty."""
    writers = [writer_of(message) for message in part.messages(FILE_ID)]
    recorders = [device for device in devices_of(part.messages(DEVICE_INFO)) if device.role == "recorder"]
    known = [*writers, *recorders]
    serial = next((device.serial for device in known if device.serial), None)
    named = next((device for device in known if device.product or device.manufacturer), None)
    return HealthDevice(serial or _worded(named), None if named is None else _name(named))


def _worded(device: Device | None) -> str:
    return UNNAMED if device is None else slug(" ".join(filter(None, (device.manufacturer, device.product))))


def _name(device: Device) -> str | None:
    return device_name(device.manufacturer, device.product)
