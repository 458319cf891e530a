"""Addresses and networks as servers, proxies and operators write them."""

import pytest

from observations.base.networks import is_everyone, network_around, read_address, read_networks
from observations.base.settings import UnsafeSetting, load_settings


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("::FFFF:cb00:7107", "203.0.113.7"),
        ("64:ff9b::203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:50123", "203.0.113.7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("[::ffff:203.0.113.7]", "203.0.113.7"),
        (' "203.0.113.7" ', "203.0.113.7"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_address_is_read_in_any_dress(text: str, address: str) -> None:
    assert str(read_address(text)) == address


@pytest.mark.parametrize(
    "text", ["", "unknown", "_hidden", "1.2.3", "01.2.3.4", "1.2.3.4, 5.6.7.8", "9" * 5000, "[]"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) is None
    assert network_around(read_address(text)) == "unknown"


def test_a_home_behind_ipv6_is_one_network_and_an_ipv4_address_another() -> None:
    home = {network_around(read_address(f"2001:db8:1:2::{n}")) for n in (1, 9, "a:b:c")}
    assert home == {"2001:db8:1:2::/64"}
    assert network_around(read_address("::ffff:203.0.113.7")) == "203.0.113.7"


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.2"),
        ("::ffff:127.0.0.1", "127.0.0.1", "127.0.0.2"),
        ("10.1.2.3/8", "10.255.0.1", "11.0.0.1"),
        ("10.0.0.0/255.0.0.0", "10.255.0.1", "11.0.0.1"),
        ("::ffff:10.0.0.0/104", "10.255.0.1", "11.0.0.1"),
        ("10.0.0.3-10.0.0.9", "10.0.0.9", "10.0.0.10"),
        ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
        ("2001:db8::1-2001:db8::ff", "2001:db8::ff", "2001:db8::100"),
    ],
)
def test_a_network_holds_its_addresses_alone(text: str, inside: str, outside: str) -> None:
    networks = read_networks(text)
    assert any(read_address(inside) in network for network in networks)
    assert not any(read_address(outside) in network for network in networks)


@pytest.mark.parametrize("text", ["localhost", "10.0.0.0/33", "10.0.0.9-10.0.0.1", "10.0.0.1-::9"])
def test_a_proxy_that_cannot_be_read_refuses_the_start(text: str, tmp_path: object) -> None:
    with pytest.raises(UnsafeSetting, match="LUJI_TRUSTED_PROXIES"):
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_TRUSTED_PROXIES": f"127.0.0.1 {text}"})


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "0.0.0.0/1,128.0.0.0/1", "::ffff:0:0/96"])
def test_to_trust_everyone_refuses_the_start(text: str, tmp_path: object) -> None:
    assert is_everyone(network for word in text.split(",") for network in read_networks(word))
    with pytest.raises(UnsafeSetting, match="every address"):
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_TRUSTED_PROXIES": text})


def test_proxies_are_separated_as_one_likes(tmp_path: object) -> None:
    text = "127.0.0.1, ::1;10.0.0.1 - 10.0.0.9  192.168.0.0/16"
    read = load_settings({"LUJI_HOME": str(tmp_path), "LUJI_TRUSTED_PROXIES": text})
    assert read.trusted_proxies == ("127.0.0.1", "::1", "10.0.0.1-10.0.0.9", "192.168.0.0/16")
