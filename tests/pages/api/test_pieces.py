"""An upload that breaks off goes on where it was, and is one photo in the end."""

import hashlib
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from observations.base.ids import new_id
from pages.api import pieces
from pages.api.bodies import IN_MEMORY
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support import photographs
from tests.support.waits import PATIENCE_S, eventually

PHOTO = noise_jpeg(77)
LARGE = photographs.as_jpeg(Image.effect_noise((1400, 1000), 60).convert("RGB"))
HALF = len(PHOTO) // 2


def came(browser: Phone, upload_id: str) -> int:
    return int(browser.get(f"/api/v1/media?upload_id={upload_id}").json()["offset"])


def send(browser: Phone, upload_id: str, body: bytes, offset: int, length: int = len(PHOTO)):
    headers = {
        "X-Upload-Id": upload_id,
        "Upload-Offset": str(offset),
        "Upload-Length": str(length),
    }
    return browser.post("/api/v1/media", headers, data=body)


def break_off(browser: Phone, upload_id: str) -> None:
    """An upload of the large photo whose connection breaks in the middle."""
    host, port = browser.url.removeprefix("http://").split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.session.cookies.items())
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as line:
        line.sendall(
            f"POST /api/v1/media HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {browser.url}\r\n"
            f"Cookie: {cookies}\r\nX-CSRF-Token: {browser.csrf}\r\nX-Upload-Id: {upload_id}\r\n"
            f"Upload-Offset: 0\r\nUpload-Length: {len(LARGE)}\r\n"
            f"Content-Type: image/jpeg\r\nContent-Length: {len(LARGE)}\r\n\r\n".encode()
            + LARGE[: IN_MEMORY * 3 // 2]
        )
        eventually(lambda: came(browser, upload_id) >= IN_MEMORY)


def test_what_came_before_the_connection_broke_is_not_sent_again(api_url: str) -> None:
    browser, upload_id = Phone(api_url), str(new_id())
    break_off(browser, upload_id)
    offset = came(browser, upload_id)
    assert IN_MEMORY <= offset < len(LARGE)

    answer = send(browser, upload_id, LARGE[offset:], offset, len(LARGE))
    assert answer.status_code == 201
    assert answer.json()["sha256"] == hashlib.sha256(LARGE).hexdigest()
    assert came(browser, upload_id) == 0
    assert send(browser, upload_id, LARGE, 0, len(LARGE)).status_code == 200


def test_a_piece_that_comes_again_changes_nothing(api_url: str) -> None:
    browser, upload_id = Phone(api_url), str(new_id())
    thirds = [PHOTO[:HALF], PHOTO[HALF // 2 :]]
    assert send(browser, upload_id, thirds[0], 0).status_code == 409
    assert came(browser, upload_id) == HALF
    answer = send(browser, upload_id, thirds[1], HALF // 2)
    assert answer.json()["sha256"] == hashlib.sha256(PHOTO).hexdigest()


@pytest.mark.parametrize(
    ("offset", "length", "status", "code"),
    [
        (HALF, len(PHOTO), 409, "photo.piece_missing"),
        (0, 41 * 2**20, 413, "photo.too_large"),
        (0, 10, 409, "photo.piece_missing"),
    ],
)
def test_a_piece_that_fits_nowhere_is_refused(
    api_url: str, offset: int, length: int, status: int, code: str
) -> None:
    browser = Phone(api_url)
    answer = send(browser, str(new_id()), PHOTO, offset, length)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    "said",
    [
        {"Upload-Offset": "-1", "Upload-Length": "1_0"},
        {"Upload-Offset": "0"},
        {"Upload-Offset": "", "Upload-Length": "9"},
    ],
)
def test_what_is_said_of_a_piece_in_no_numbers_is_refused(
    api_url: str, said: dict[str, str]
) -> None:
    headers = {"X-Upload-Id": str(new_id())} | said
    answer = Phone(api_url).post("/api/v1/media", headers, data=PHOTO)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "filter.malformed")


def test_one_photo_sent_by_several_at_once_is_never_called_a_broken_one(api_url: str) -> None:
    """A page that was opened again, and the worker, may send what another still sends."""
    browser, upload_id = Phone(api_url), str(new_id())
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _: send(browser, upload_id, LARGE, 0, len(LARGE)), range(12))
        )
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 201, 409, 429} and statuses & {200, 201}
    assert send(browser, upload_id, LARGE, 0, len(LARGE)).json()["sha256"] == (
        hashlib.sha256(LARGE).hexdigest()
    )


def test_nobody_learns_or_changes_anything_of_another_s_upload(api_url: str) -> None:
    browser, other, upload_id = Phone(api_url), Phone(api_url), str(new_id())
    assert send(browser, upload_id, PHOTO[:HALF], 0).status_code == 409
    assert came(other, upload_id) == 0
    assert send(other, upload_id, PHOTO[HALF:], HALF).status_code == 409
    assert send(other, upload_id, b"x" * 9, 0).status_code == 409
    assert send(browser, upload_id, PHOTO[HALF:], HALF).status_code == 201


def test_pieces_of_yesterday_are_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pieces, "incoming", lambda: tmp_path)
    old, fresh = tmp_path / "a.part", tmp_path / "b.part"
    for path in (old, fresh):
        path.write_bytes(b"xy")
    long_ago = old.stat().st_mtime - pieces.KEPT_S - 1
    os.utime(old, (long_ago, long_ago))

    pieces._begin(fresh, pieces.Piece(1, 9))
    assert not old.exists()
    assert fresh.read_bytes() == b"x"
