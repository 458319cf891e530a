"""Visitors without a browser: Streamlit's websocket, a page drawn by the server, and leaving."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol


class Visit:
    """A visitor with one page open."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def open_page(self, path: str = "", query: str = "") -> list[ForwardMsg]:
        """Have the page drawn; all that came of it, when it is."""
        request = BackMsg()
        request.rerun_script.page_name = path
        request.rerun_script.query_string = query
        self._socket.send(request.SerializeToString())
        messages: list[ForwardMsg] = []
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            messages.append(ForwardMsg.FromString(self._socket.recv(timeout=60)))
        return messages


@contextmanager
def visit(url: str, cookies: Mapping[str, str] | None = None) -> Iterator[Visit]:
    """Come with the cookies of a browser and leave at the end, as by closing the tab."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    crumbs = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        open_timeout=60,
        additional_headers={"Cookie": crumbs} if crumbs else None,
    ) as socket:
        yield Visit(socket)
