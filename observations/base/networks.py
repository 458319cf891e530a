"""Addresses and networks of the internet, as they are compared.

A server that listens on IPv4 and IPv6 at once gets an IPv4 visitor as `::ffff:a.b.c.d`; here that
is `a.b.c.d`, and a network of such addresses is the IPv4 network.
"""

import ipaddress
import re
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64: an IPv4 visitor of an IPv6 server
ONE_HOME = 64  # bits of an IPv6 address that name a network; one phone owns all behind them
# What proxies write of a visitor: 203.0.113.7:50123, [2001:db8::7]:443, [2001:db8::7]
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d*)?|(?P<four>[\d.]+):\d*")


def read_address(text: str) -> Address | None:
    """The address in `text`, with or without a port; None where there is none."""
    text = text.strip().strip('"')
    parts = _WITH_PORT.fullmatch(text)
    bare = (parts["six"] or parts["four"] or "") if parts else text
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])  # a zone means nothing elsewhere
    except ValueError:
        return None
    if address.version == 6 and (address in MAPPED or address in TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def read_networks(text: str) -> list[Network]:
    """An address, a network (`10.0.0.0/8`) or a range (`10.0.0.1-10.0.0.9`) as networks.

    Raises `ValueError` for anything else.
    """
    first, dash, last = text.partition("-")
    if not dash:
        return [_unmapped(ipaddress.ip_network(text.strip(), strict=False))]
    ends = [read_address(end) for end in (first, last)]
    if None in ends or type(ends[0]) is not type(ends[1]):
        raise ValueError(f"{text} is no range of addresses")
    return list(ipaddress.summarize_address_range(*ends))  # type: ignore[arg-type]


def is_everyone(networks: Iterable[Network]) -> bool:
    """Whether they hold every address of IPv4 or of IPv6."""
    together = list(networks)
    four = [network for network in together if isinstance(network, ipaddress.IPv4Network)]
    six = [network for network in together if isinstance(network, ipaddress.IPv6Network)]
    collapsed: list[Network] = [*ipaddress.collapse_addresses(four)]
    collapsed += ipaddress.collapse_addresses(six)
    return any(network.prefixlen == 0 for network in collapsed)


def network_around(address: Address | None) -> str:
    """The network that counts as one visitor: an IPv4 address, or the /64 of an IPv6 one."""
    if address is None:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, ONE_HOME), strict=False))
    return str(address)


def _unmapped(network: Network) -> Network:
    if network.version == 6 and network.subnet_of(MAPPED):
        four = network.network_address.ipv4_mapped
        return ipaddress.ip_network((four or 0, network.prefixlen - MAPPED.prefixlen))
    return network
