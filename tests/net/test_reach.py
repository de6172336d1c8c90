"""Where a person may send the server to: checked at the moment of connecting, whatever a name says then."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from homestretch.net.budget import Unreachable
from homestretch.net.deliver import Delivery
from homestretch.net.mqtt import MqttClient
from homestretch.net.reach import PrivateAddress, Reach, ReservedAddress, addresses, kind_of

NAME = "metrics.test"


class Server(ThreadingHTTPServer):
    """Notes the hosts that it was asked as."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str | None] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.headers["Host"])
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Server]:
    server = Server()
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def leads(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """Where names lead, one look-up after another; the last one holds."""
    names: dict[str, list[str]] = {}
    really = socket.getaddrinfo

    def find(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        known = names.get(host)
        if known is None:
            return really(host, port, *args, **options)
        at = known.pop(0) if len(known) > 1 else known[0]
        return [row for one in at.split() for row in really(one, port, *args, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    yield names


@pytest.mark.parametrize(("address", "kind"), [
    ("127.0.0.1", "private"), ("::1", "private"), ("10.1.2.3", "private"), ("192.168.1.9", "private"),
    ("172.16.0.1", "private"), ("100.64.0.1", "private"), ("fd12::1", "private"), ("::ffff:10.0.0.1", "private"),
    ("169.254.169.254", "reserved"), ("fe80::1", "reserved"), ("fd00:ec2::254", "reserved"), ("0.0.0.0", "reserved"),
    ("::", "reserved"), ("224.0.0.1", "reserved"), ("255.255.255.255", "reserved"), ("100.100.100.200", "reserved"),
    ("168.63.129.16", "reserved"), ("::ffff:169.254.169.254", "reserved"), ("64:ff9b::a9fe:a9fe", "reserved"),
    ("2002:a9fe:a9fe::1", "reserved"), ("::ffff:0.0.0.0", "reserved"), ("fe80::1%eth0", "reserved"),
    ("1.1.1.1", "public"), ("2606:4700::1111", "public"), ("64:ff9b::101:101", "public"),
])  # fmt: skip
def test_where_addresses_are(address: str, kind: str) -> None:
    assert kind_of(address) == kind


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_moves_it_nowhere(plain: ipaddress.IPv4Address) -> None:
    number = int(plain)
    wrapped = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80)
    assert {kind_of(str(ipaddress.IPv6Address(one))) for one in wrapped} == {kind_of(str(plain))}


@pytest.mark.parametrize("text", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::1]"])
def test_however_an_address_is_written(text: str) -> None:
    with pytest.raises(PrivateAddress):
        addresses(text, 80, "public")


def test_of_several_addresses_the_allowed_ones_are_left(leads: dict[str, list[str]]) -> None:
    """A name of a home network has a link-local address too."""
    leads["nas.local"] = ["fe80::2 192.168.1.2 1.1.1.1"]
    assert addresses("nas.local", 80, "private") == ["192.168.1.2", "1.1.1.1"]
    assert addresses("nas.local", 80, "public") == ["1.1.1.1"]
    leads["cloud.test"] = ["169.254.169.254"]
    for reach in ("private", "public"):
        with pytest.raises(ReservedAddress):
            addresses("cloud.test", 80, reach)


def test_a_name_that_leads_elsewhere_later_gains_nothing(leads: dict[str, list[str]]) -> None:
    with serving() as server:
        leads[NAME] = ["1.1.1.1", "127.0.0.1"]
        assert addresses(NAME, 80, "public") == ["1.1.1.1"], "it looked well when it was added"
        with pytest.raises(PrivateAddress):
            Delivery("Metrics", f"http://{NAME}:{server.server_port}").ask("GET", "/")
        with pytest.raises(PrivateAddress):
            MqttClient(f"mqtt://{NAME}:{server.server_port}", "id", "", "", "gone").publish({"a": "b"})
        assert server.asked == []
        Delivery("Metrics", f"http://{NAME}:{server.server_port}", reach="private").ask("GET", "/")
        assert server.asked == [f"{NAME}:{server.server_port}"]


def test_the_next_address_is_tried(leads: dict[str, list[str]]) -> None:
    with serving() as server:
        leads[NAME] = ["::1 127.0.0.1"]
        reply = Delivery("Metrics", f"http://{NAME}:{server.server_port}", reach="private").ask("GET", "/")
        assert reply.status == 204


@pytest.mark.parametrize(("reach", "error"), [("private", Unreachable), ("public", PrivateAddress)])
def test_a_certificate_is_of_the_name(
    leads: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reach: Reach, error: type[Exception]
) -> None:
    certificate = certified(tmp_path / "one.pem", NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    leads[NAME] = leads["other.test"] = ["127.0.0.1"]
    with serving(certificate) as server:
        if reach == "private":
            good = Delivery("Metrics", f"https://{NAME}:{server.server_port}", reach=reach)
            assert good.ask("GET", "/").status == 204
        with pytest.raises(error):
            Delivery("Metrics", f"https://other.test:{server.server_port}", reach=reach).ask("GET", "/")


def certified(path: Path, name: str) -> Path:
    """Write a key and a certificate of a name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    issued = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issued, issued, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
