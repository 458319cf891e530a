"""Photos decoded in processes of their own: the same photo, and no way to fell the server."""

import io
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from observations.base.errors import Refused, StorageError
from observations.media.decoders import Broken, Budget, Decoders, Worker
from observations.media.decoding import decode
from tests.support import photographs
from tests.support.hostile import KINDS, hostile_photos


@pytest.fixture(scope="module")
def decoders() -> Iterator[Decoders]:
    opened = Decoders()
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def single() -> Iterator[Decoders]:
    """With one worker, for a test that ends it."""
    opened = Decoders(workers=1)
    yield opened
    opened.close()


def file_of(folder: Path, data: bytes) -> Path:
    return photographs.write(folder, "图 片.bin", data)


def refusal(decoders: Decoders, path: Path) -> str:
    with pytest.raises(Refused) as refused:
        decoders.decode(path)
    return refused.value.code


def process_of(worker: Worker) -> int:
    assert worker._process is not None
    return worker._process.pid


@pytest.mark.parametrize(
    "make",
    [photographs.hangzhou_jpeg, photographs.png, photographs.webp, photographs.heic],
    ids=["jpeg", "png", "webp", "heic"],
)
def test_what_comes_back_is_what_decoding_here_gives(
    decoders: Decoders, tmp_path: Path, make: object
) -> None:
    data = make()  # type: ignore[operator]
    assert decoders.decode(file_of(tmp_path, data)) == decode(data)


@pytest.mark.parametrize(
    "size", [(16_000, 5_000), (4_000, 12_000), (9_000, 3_700), (26_000, 3_000)]
)
def test_a_panorama_of_up_to_80_megapixels_is_taken(
    decoders: Decoders, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Within the memory of a worker, with its rows in their order, with and without an end mark."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    whole = photographs.saved(picture, "JPEG", quality=50)

    for data in (whole, whole[:-2]):
        photo = decoders.decode(file_of(tmp_path, data))
        with Image.open(io.BytesIO(photo.large)) as large:
            red, _, blue = large.convert("RGB").getpixel((20, 20))  # type: ignore[misc]
            assert ((photo.width, photo.height), max(large.size)) == (size, 2048)
        assert red > 150 > 90 > blue


def test_a_refusal_comes_back_with_its_code(decoders: Decoders, tmp_path: Path) -> None:
    assert refusal(decoders, file_of(tmp_path, b"")) == "photo.not_an_image"
    bomb = file_of(tmp_path, photographs.bomb_jpeg())
    assert refusal(decoders, bomb) == "photo.too_many_pixels"


def test_a_worker_that_was_killed_is_replaced(single: Decoders, tmp_path: Path) -> None:
    path = file_of(tmp_path, photographs.plain_jpeg())
    first = single.decode(path)
    os.kill(process_of(single._all[0]), signal.SIGKILL)
    assert single.decode(path) == first


def test_a_photo_that_breaks_its_worker_is_refused_and_the_next_is_taken(
    single: Decoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path, photographs.plain_jpeg())

    def die(worker: Worker) -> None:
        os.kill(process_of(worker), signal.SIGKILL)
        raise Broken

    single.decode(path)
    with monkeypatch.context() as broken:
        broken.setattr(Worker, "_hear", die)
        assert refusal(single, path) == "photo.undecodable"
    assert single.decode(path).format == "JPEG"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_asked_to_stop_decodes_what_it_has(
    single: Decoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """The signal goes to the whole group: to the workers too."""
    path = file_of(tmp_path, photographs.plain_jpeg())
    hear = Worker._hear

    def asked(worker: Worker) -> object:
        os.kill(process_of(worker), number)
        return hear(worker)

    first = single.decode(path)
    process = process_of(single._all[0])
    monkeypatch.setattr(Worker, "_hear", asked)
    assert single.decode(path) == first
    assert process_of(single._all[0]) == process


def test_a_photo_that_a_stopping_server_leaves_is_not_called_broken(
    single: Decoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(tmp_path, photographs.plain_jpeg())
    hear = Worker._hear

    def stopping(worker: Worker) -> object:
        single.close()
        return hear(worker)

    monkeypatch.setattr(Worker, "_hear", stopping)
    with pytest.raises(StorageError):
        single.decode(path)


def test_more_memory_than_was_granted_is_not_taken(
    single: Decoders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A HEIC whose header promises little and whose picture is large."""
    data = bytearray(photographs.saved(photographs.drawn((7000, 6900)), "HEIF", quality=10))
    at = data.index(b"ispe") + 8
    data[at : at + 8] = (64).to_bytes(4, "big") * 2
    code = refusal(single, file_of(tmp_path, bytes(data)))
    assert code in ("photo.undecodable", "photo.too_many_pixels")
    assert single.decode(file_of(tmp_path, photographs.plain_jpeg())).width == 1200


def test_no_secret_goes_along(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUJI_SECRET", "of the server alone")
    worker = Worker()
    worker.start()
    try:
        environment = Path(f"/proc/{process_of(worker)}/environ").read_bytes()
        assert b"LUJI" not in environment
    finally:
        worker.end()


def test_many_at_once_all_come_through(decoders: Decoders, tmp_path: Path) -> None:
    paths = [
        photographs.write(tmp_path, f"{size}.jpg", photographs.plain_jpeg((size, 300)))
        for size in range(300, 420, 10)
    ]
    with ThreadPoolExecutor(6) as hands:
        widths = [photo.width for photo in hands.map(decoders.decode, paths)]
    assert widths == list(range(300, 420, 10))


def test_the_whole_budget_is_there_again_after_shares_of_two_at_once() -> None:
    budget, got_all = Budget(400), threading.Event()
    first, second = budget.reserve(128.6), budget.reserve(76.3)  # as floats, a trillionth is lost
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)

    def take_all() -> None:
        with budget.reserve(400):
            got_all.set()

    threading.Thread(target=take_all, daemon=True).start()
    assert got_all.wait(10)


def test_the_budget_is_given_out_first_come_first_served() -> None:
    budget, order = Budget(100), []
    held, waiting = threading.Event(), [threading.Event() for _ in range(3)]

    def take(number: int, amount: float) -> None:
        waiting[number].set()
        with budget.reserve(amount):
            order.append(number)

    hands = [threading.Thread(target=take, args=(n, a)) for n, a in enumerate((500, 10, 10))]
    with budget.reserve(40):
        held.set()
        for number, hand in enumerate(hands):
            hand.start()
            waiting[number].wait()
            while len(budget._queue) <= number:
                pass
    for hand in hands:
        hand.join()
    assert order[0] == 0
    assert budget._free == 100


def test_each_kind_of_hostile_photo_is_answered_with_a_photo_or_a_reason(
    decoders: Decoders, tmp_path: Path
) -> None:
    kinds = set()
    for hostile in hostile_photos(3 * len(KINDS), most_bytes=2**21):
        kinds.add(hostile.kind)
        try:
            photo = decoders.decode(file_of(tmp_path, hostile.data))
        except Refused as refused:
            assert refused.code.startswith("photo."), hostile.kind
        else:
            assert b"<script>" not in photo.large + photo.thumb, hostile.kind
            assert photo.width * photo.height <= 80_000_000
    assert kinds == set(KINDS)
    assert decoders.decode(file_of(tmp_path, photographs.plain_jpeg())).format == "JPEG"
