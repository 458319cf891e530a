"""Hostile photos over the wire: each gets a sentence, and a good one beside them is taken."""

from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.hostile import KINDS, PAYLOAD, hostile_photos


def test_24_hostile_photos_each_get_a_sentence_and_good_ones_go_through(
    api_url: str, api_server: Server
) -> None:
    phone, neighbour = Phone(api_url), Phone(api_url)
    incoming = api_server.home / "incoming"
    before = set(incoming.glob("*"))  # photos that others began and did not end
    for number, hostile in enumerate(hostile_photos(24, seed=24, most_bytes=2**21)):
        answer = phone.upload(hostile.data)
        body = answer.json()
        if answer.status_code == 201:
            public = phone.get(f"/photos/{body['sha256']}/large.webp")
            assert public.headers["Content-Type"] == "image/webp"
            assert public.headers["X-Content-Type-Options"] == "nosniff"
            assert PAYLOAD not in public.content
        else:
            assert answer.status_code in (413, 415, 422), hostile.kind
            assert any("\u4e00" <= letter <= "\u9fff" for letter in body["error"]["message"])
        if number % len(KINDS) == 0:
            assert neighbour.upload(noise_jpeg(200 + number)).status_code == 201
    assert set(incoming.iterdir()) - before == set()
    assert phone.get("/healthz").status_code == 200
