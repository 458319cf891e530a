"""A real S3 API on loopback: moto's server, spoken to over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import requests
from moto.server import ThreadedMotoServer

BUCKET = "luji-photos"
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "cn-east-1"}


class ObjectStore:
    """One bucket; what is in it stays while the server is away."""

    url = f"s3://{BUCKET}/照片 of luji"

    def __init__(self) -> None:
        self._server = self._started(0)
        _host, self._port = self._server.get_host_and_port()
        # moto keeps what is in a bucket in the process, also of a server before this one
        address = self.environment["AWS_ENDPOINT_URL"]
        requests.post(f"{address}/moto-api/reset", timeout=10).raise_for_status()
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        client.create_bucket(Bucket=BUCKET)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to know to reach it."""
        return {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}"}

    def go_away(self) -> None:
        """Refuse connections."""
        self._server.stop()

    def come_back(self) -> None:
        """Answer again on the same port, with what was there."""
        self._server = self._started(self._port)

    @staticmethod
    def _started(port: int) -> ThreadedMotoServer:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
        server.start()
        return server


@contextmanager
def object_store() -> Iterator[ObjectStore]:
    """An object store for as long as the block lasts."""
    store = ObjectStore()
    try:
        yield store
    finally:
        store.go_away()
