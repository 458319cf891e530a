"""Visitors without a browser: Streamlit's websocket, a page drawn by the server, and leaving."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class Visit:
    """A visitor with one page open."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def open_page(self, query: str = "") -> None:
        """Have the page drawn, and wait until it is."""
        request = BackMsg()
        request.rerun_script.query_string = query
        self._socket.send(request.SerializeToString())
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=60))
            if message.WhichOneof("type") == "script_finished":
                return


@contextmanager
def visit(url: str) -> Iterator[Visit]:
    """Come, and leave at the end: closing the websocket, as closing the tab does."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=60) as socket:
        yield Visit(socket)
