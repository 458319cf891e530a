"""A TCP proxy between a browser and a server that can be cut: what a lost network is to a phone.

Playwright's own offline switch leaves open sockets open; this resets them, as a tunnel does.
"""

import contextlib
import random
import socket
import struct
import threading
import time

CHUNK = 4096
RESET = struct.pack("ii", 1, 0)  # linger on, for no time: closing sends RST


class Proxy:
    """Forwards `port` to `target` on this machine; what goes up passes at `up` bytes a second."""

    def __init__(self, target: int, up: int) -> None:
        self._target, self._up = target, up
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self.loses = 0.0  # the share of answers that are cut off before they arrive
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where a browser finds the server through this proxy."""
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Reset every open socket, and each new one at once."""
        with self._lock:
            self._is_cut = True
            for each in self._open:
                _reset(each)
            self._open.clear()

    def mend(self) -> None:
        """Forward again."""
        self._is_cut = False

    def close(self) -> None:
        """Cut, and listen no more."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            return _reset(client)
        server.settimeout(None)
        with self._lock:
            if self._is_cut:
                return [_reset(each) for each in (client, server)][0]
            self._open |= {client, server}
        threading.Thread(target=self._pipe, args=(client, server, self._up), daemon=True).start()
        return self._pipe(server, client, 0)

    def _pipe(self, source: socket.socket, sink: socket.socket, rate: int) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if not rate and random.random() < self.loses:
                    _reset(sink)
                    break
                sink.sendall(data)
                if rate and len(data) == CHUNK:
                    time.sleep(CHUNK / rate)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _reset(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        # without this a thread that waits in recv keeps the socket open
        each.shutdown(socket.SHUT_RD)
        each.close()
