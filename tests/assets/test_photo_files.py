"""The phone reads odd photographs as the server does: both are asked about the same files."""

import json
from base64 import b64decode
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from observations.base.errors import Refused
from observations.media.decoding import decode
from observations.media.exif import exif_of, orientation_of
from observations.media.wholeness import closed_jpeg, is_cut_off
from pages.parts.assets import ASSETS
from tests.assets.test_modules import node
from tests.support import photographs
from tests.support.damaged import VIDEO, Damaged, Told, damaged, in_every_format, told, turned

READ = """
import { openAsBlob } from "node:fs";
const [folder, count, ...modules] = process.argv.slice(-6);
const [whole, exif, jpeg, heif] = await Promise.all(modules.map((address) => import(address)));
const read = async (file) => {
  const stripped = await jpeg.bareJpeg(file) ?? await heif.bareHeif(file);
  const [state, facts] = await Promise.all([whole.stateOf(file), exif.readFacts(file)]);
  const left = stripped && {
    state: await whole.stateOf(stripped), facts: await exif.readFacts(stripped),
    orientation: await exif.readOrientation(stripped), size: stripped.size,
    base64: Buffer.from(await stripped.arrayBuffer()).toString("base64") };
  return { state, ...facts, orientation: await exif.readOrientation(file), left };
};
const files = Array.from({ length: Number(count) }, (_, at) => `${folder}/${at}`);
const answers = await Promise.all(files.map(async (path) => read(await openAsBlob(path))));
console.log(JSON.stringify(answers));
"""
DAMAGED = tuple(damaged())
TOLD = tuple(told())
TURNED = tuple(
    (kind, orientation)
    for kind in ("JPEG", "PNG", "WEBP")
    for orientation in photographs.ORIENTATIONS
)


def on_the_phone(folder: Path, files: Sequence[bytes]) -> list[dict[str, Any]]:
    """What the phone reads from each of the files."""
    for at, data in enumerate(files):
        (folder / str(at)).write_bytes(data)
    modules = [
        (ASSETS / "recorder" / name).as_uri()
        for name in ("wholeness.js", "exif.js", "bare_jpeg.js", "bare_heif.js")
    ]
    run = node("--input-type=module", "--eval", READ, str(folder), str(len(files)), *modules)
    assert run.returncode == 0, run.stderr
    read: list[dict[str, Any]] = json.loads(run.stdout)
    return read


@pytest.fixture(scope="module")
def damaged_on_the_phone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the phone reads from the damaged ones, by name."""
    folder = tmp_path_factory.mktemp("damaged")
    read = on_the_phone(folder, [each.data for each in DAMAGED])
    return {each.name: answer for each, answer in zip(DAMAGED, read, strict=True)}


@pytest.fixture(scope="module")
def told_on_the_phone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the phone reads from the ones with odd tags, by name."""
    read = on_the_phone(tmp_path_factory.mktemp("told"), [each.data for each in TOLD])
    return {each.name: answer for each, answer in zip(TOLD, read, strict=True)}


def test_the_phone_tells_what_is_whole_from_what_was_cut(
    damaged_on_the_phone: dict[str, Any],
) -> None:
    states = {name: answer["state"] for name, answer in damaged_on_the_phone.items()}

    assert states == {each.name: each.state for each in DAMAGED}


# AVIF is drawn by the phone alone.
@pytest.mark.parametrize(
    "each", [each for each in DAMAGED if "avif" not in each.name], ids=lambda each: each.name
)
def test_the_server_takes_what_is_there_and_says_of_the_rest_that_it_was_cut(each: Damaged) -> None:
    if each.is_there:
        assert decode(each.data).width > 0
        return
    with pytest.raises(Refused) as refused:
        decode(each.data)
    is_broken = each.state == "broken"
    assert refused.value.code == ("photo.undecodable" if is_broken else "photo.truncated")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about broken tags
@pytest.mark.parametrize("each", TOLD, ids=lambda each: each.name)
def test_phone_and_server_read_the_same_place_and_time(
    each: Told, told_on_the_phone: dict[str, Any]
) -> None:
    phone = told_on_the_phone[each.name]
    place = phone["place"]
    with Image.open(BytesIO(each.data)) as image:
        image.load()
        server = exif_of(image)

    assert phone["taken"] == each.taken
    assert server.taken_at == (datetime.fromisoformat(each.taken) if each.taken else None)
    if each.place is None:
        assert (place, server.latitude, server.longitude) == (None, None, None)
        return
    assert (place["latitude"], place["longitude"]) == pytest.approx(each.place, abs=1e-5)
    assert (server.latitude, server.longitude) == pytest.approx(each.place, abs=1e-5)
    assert place["uncertainty_m"] == each.uncertainty_m


def test_phone_and_server_turn_every_format_the_same_way(tmp_path: Path) -> None:
    files = [turned(kind, orientation) for kind, orientation in TURNED]
    phone = [answer["orientation"] for answer in on_the_phone(tmp_path, files)]

    assert phone == [orientation for _, orientation in TURNED]
    for data, (kind, orientation) in zip(files, TURNED, strict=True):
        with Image.open(BytesIO(data)) as image:
            image.load()
            assert orientation_of(image) == orientation, kind
        large = Image.open(BytesIO(decode(data).large)).convert("RGB")
        red, _, blue = large.getpixel((10, 10))  # type: ignore[misc]
        assert large.size == (80, 60)
        assert red > 150 > 90 > blue


def test_a_jpeg_that_cannot_be_drawn_is_stripped_and_stays_upright(
    damaged_on_the_phone: dict[str, Any], tmp_path: Path
) -> None:
    """Nothing of place and time is left, nor what lay behind its end."""
    made = [photographs.turned_jpeg(at, photographs.XIXI, photographs.MORNING) for at in (1, 6)]
    for answer, orientation in zip(on_the_phone(tmp_path, made), (1, 6), strict=True):
        assert answer["place"] is not None
        assert answer["left"]["facts"] == {"place": None, "taken": None}
        assert (answer["left"]["state"], answer["left"]["orientation"]) == ("whole", orientation)
    motion = damaged_on_the_phone["jpeg with a video behind it"]
    assert motion["left"]["size"] < len(photographs.plain_jpeg()) + 200
    assert damaged_on_the_phone["png"]["left"] is None
    assert damaged_on_the_phone["panorama without an end"]["left"]["state"] == "open"


def test_a_heic_is_stripped_where_it_lies(tmp_path: Path) -> None:
    """The server opens what is left: the same picture, without place, time and video."""
    made = photographs.heic()
    answer = on_the_phone(tmp_path, [made + VIDEO])[0]
    left = b64decode(answer["left"]["base64"])

    assert answer["place"] is not None
    assert answer["left"]["facts"] == {"place": None, "taken": None}
    assert answer["left"]["state"] == "whole"
    assert len(left) <= len(made)
    assert not [secret for secret in (b"Luji", b"2026:05:09", b"ftypmp42") if secret in left]
    assert decode(left).large == decode(made).large


@pytest.mark.needs_shared
def test_an_iphone_s_heic_is_stripped_too(shared: Path, tmp_path: Path) -> None:
    made = (shared / "photos" / "iphone_13_pro_max.HEIC").read_bytes()
    answer = on_the_phone(tmp_path, [made])[0]
    left = b64decode(answer["left"]["base64"])

    assert answer["taken"] is not None
    assert answer["left"]["facts"] == {"place": None, "taken": None}
    assert b"iPhone" in made
    assert b"iPhone" not in left
    assert decode(left).large == decode(made).large


def test_a_jpeg_is_closed_only_where_its_rows_are_all_there() -> None:
    for each in DAMAGED:
        if each.state == "open":
            assert (closed_jpeg(each.data) is not None) == each.is_there, each.name


def test_what_is_whole_is_never_called_cut_off() -> None:
    for each in DAMAGED:
        assert is_cut_off(each.data) == (each.state in ("cut", "open")), each.name


@pytest.mark.needs_shared
def test_real_photographs_are_whole_and_their_halves_are_not(shared: Path, tmp_path: Path) -> None:
    names = [path for path in sorted((shared / "photos").iterdir()) if path.suffix != ".md"]
    files = [path.read_bytes() for path in names]
    halves = [data[: len(data) // 2] for data in files]
    states = [answer["state"] for answer in on_the_phone(tmp_path, files + halves)]

    assert set(states[: len(files)]) == {"whole"}
    assert set(states[len(files) :]) <= {"open", "cut"}
    for data in halves:
        with pytest.raises(Refused) as refused:
            decode(data)
        assert refused.value.code == "photo.truncated"


def test_every_format_is_read_although_the_order_of_bytes_is_the_other(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.endian = ">"
    exif[0x0112] = 3
    files = [data for name, data in in_every_format(exif.tobytes()) if name in ("JPEG", "PNG")]

    assert [answer["orientation"] for answer in on_the_phone(tmp_path, files)] == [3, 3]
