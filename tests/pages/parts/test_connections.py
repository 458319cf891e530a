"""The server's connections: no answer waits for the browser to confirm the one before."""

import asyncio
import socket

import pytest

from pages.parts.connections import _give_deadlines


class Told(asyncio.Protocol):
    """What the server's own protocol is told of a connection."""

    def __init__(self, told: "asyncio.Future[socket.socket]") -> None:
        self._told = told

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._told.set_result(transport.get_extra_info("socket"))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_no_answer_waits_for_the_one_before_to_be_confirmed(family: socket.AddressFamily) -> None:
    """The listening socket is made as Streamlit makes it, without the name of its protocol."""

    async def connected() -> int:
        loop = asyncio.get_running_loop()
        _give_deadlines(loop)
        told: asyncio.Future[socket.socket] = loop.create_future()
        listening = socket.socket(family=family)
        listening.bind(("127.0.0.1" if family is socket.AF_INET else "::1", 0))
        async with await loop.create_server(lambda: Told(told), sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname()[:2])
            line = await told
            has_no_delay = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            return has_no_delay

    assert asyncio.run(connected()) == 1
