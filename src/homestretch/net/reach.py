"""Which addresses a person may send the server to: its private network only where that is allowed.

An address is checked when a name is looked up to connect, so that a name which changes where it leads gains nothing.
"""

import ipaddress
import socket
from typing import Literal

import httpx

from homestretch.errors import HomestretchError

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: How far a connection may go: to public addresses only, or into the private network of the server as well.
type Reach = Literal["public", "private"]

#: Where clouds tell a machine its own keys, as far as these are not link-local.
METADATA = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)
#: IPv4 addresses behind a translator (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(HomestretchError):
    """{host} is in the server's own network ({address}). Ask an administrator to add it, or to set private_sinks to
    everyone.
    """

    status = 403


class ReservedAddress(HomestretchError):
    """{host} is at {address}, where no server of yours can be. Use the address of your server."""

    status = 400


def addresses(host: str, port: int, reach: Reach) -> list[str]:
    """Return the addresses of a host that may be reached, in the order of the look-up.

    Raises OSError for a host that is not found, PrivateAddress, ReservedAddress.
    """
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    texts = list(dict.fromkeys(str(row[4][0]) for row in found))
    kinds = {text: kind_of(text) for text in texts}
    allowed = [text for text in texts if kinds[text] == "public" or kinds[text] == reach]
    if not allowed:
        refused = PrivateAddress if "private" in kinds.values() else ReservedAddress
        raise refused(host=host, address=texts[0])
    return allowed


def kind_of(text: str) -> Literal["public", "private", "reserved"]:
    """Return where an address is; what IPv6 wraps of IPv4 counts as that."""
    address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    if address in METADATA or address.is_link_local or address.is_multicast or address.is_unspecified:
        return "reserved"
    if address.is_loopback or not address.is_global:
        return "reserved" if address.version == 4 and address.is_reserved else "private"
    return "public"


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def connect(host: str, port: int, reach: Reach, timeout_s: float) -> socket.socket:
    """Return a connection to the first address of a host that answers. Raises what `addresses` raises."""
    *others, last = addresses(host, port, reach)
    for address in others:
        try:
            return socket.create_connection((address, port), timeout_s)
        except OSError:
            continue
    return socket.create_connection((last, port), timeout_s)


class ReachTransport(httpx.HTTPTransport):
    """Connects to addresses that were checked; certificates are still those of the host's name."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach: Reach = reach

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Make a request; raises what `addresses` raises, but ConnectError for a host that is not found."""
        url = request.url
        try:
            *others, last = addresses(url.host, url.port or (443 if url.scheme == "https" else 80), self._reach)
        except OSError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        for address in others:
            try:
                return super().handle_request(_at(request, address))
            except httpx.ConnectError:
                continue
        return super().handle_request(_at(request, last))


def _at(request: httpx.Request, address: str) -> httpx.Request:
    host = f"[{address}]" if ":" in address else address
    return httpx.Request(
        request.method,
        request.url.copy_with(host=host),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )
