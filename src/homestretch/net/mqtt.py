"""MQTT 3.1.1: publishes retained messages, and reads one."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from homestretch.net.budget import Unreachable, WrongCredentials
from homestretch.net.reach import Reach, connect

if TYPE_CHECKING:
    from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
    from paho.mqtt.properties import Properties
    from paho.mqtt.reasoncodes import ReasonCode

NAME = "MQTT broker"
WAIT_S = 20.0
#: A retained message comes right after the subscription; without one nothing comes.
RETAINED_S = 2.0
PORTS: Mapping[str, int] = {"mqtt": 1883, "mqtts": 8883}


class MqttClient:
    """A client of one broker, by an address such as `mqtt://broker:1883`; while connected its will is "offline".

    Every method raises PrivateAddress and ReservedAddress for what is out of its reach.
    """

    def __init__(
        self, url: str, client_id: str, user: str, password: str, availability: str, *, reach: Reach = "public"
    ) -> None:
        self.url, self.client_id, self.availability = url, client_id, availability
        self.user, self.password = user, password
        self.reach: Reach = reach

    def publish(self, messages: Mapping[str, str]) -> None:
        """Publish retained messages by topic, each acknowledged. Raises Unreachable, WrongCredentials."""
        with self._connected() as client:
            for topic, payload in messages.items():
                sent = client.publish(topic, payload, qos=1, retain=True)
                try:
                    sent.wait_for_publish(WAIT_S)
                except (RuntimeError, ValueError) as error:
                    raise Unreachable(name=NAME, reason=str(error)) from error
                if not sent.is_published():
                    raise Unreachable(name=NAME, reason=f"{topic} was not acknowledged")

    def retained(self, topic: str) -> bytes | None:
        """Return the retained message of a topic, or None. Raises Unreachable, WrongCredentials."""
        arrived = threading.Event()
        payloads: list[bytes] = []

        def receive(_client: "Client", _data: object, message: "MQTTMessage") -> None:
            payloads.append(bytes(message.payload))
            arrived.set()

        with self._connected() as client:
            client.on_message = receive
            client.subscribe(topic, qos=1)
            arrived.wait(RETAINED_S)
        return payloads[0] if payloads else None

    @contextmanager
    def _connected(self) -> Iterator["Client"]:
        """Connect for the block."""
        from paho.mqtt.client import Client, MQTTv311
        from paho.mqtt.enums import CallbackAPIVersion

        parts = urlsplit(self.url if "//" in self.url else f"mqtt://{self.url}")

        reach = self.reach

        class Within(Client):
            """A client that connects to addresses which were checked."""

            def _create_socket_connection(self) -> socket.socket:
                return connect(self._host, self._port, reach, WAIT_S)

        client = Within(CallbackAPIVersion.VERSION2, self.client_id, protocol=MQTTv311)
        client.will_set(self.availability, "offline", qos=1, retain=True)
        if self.user:
            client.username_pw_set(self.user, self.password)
        if parts.scheme == "mqtts":
            client.tls_set()
        answered = threading.Event()
        refusals: list[str] = []

        def connected(
            _client: "Client", _data: object, _flags: "ConnectFlags", code: "ReasonCode", _more: "Properties | None"
        ) -> None:
            if code.is_failure:
                refusals.append(str(code))
            answered.set()

        client.on_connect = connected
        try:
            client.connect(parts.hostname or "", parts.port or PORTS.get(parts.scheme, 1883))
        except (OSError, ValueError) as error:
            raise Unreachable(name=NAME, reason=f"{type(error).__name__} at {parts.hostname}") from error
        client.loop_start()
        try:
            if not answered.wait(WAIT_S):
                raise Unreachable(name=NAME, reason="no answer")
            if refusals:
                raise WrongCredentials(name=NAME)
            yield client
        finally:
            client.disconnect()
            client.loop_stop()
