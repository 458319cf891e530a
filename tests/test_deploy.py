"""What stands in `deploy/` is what the programs that read it take."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pages.shell.doors import DOORS
from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.architecture import ROOT
from tests.support.layers import NO_NGINX
from tests.support.nginx import SITE, site_text, written
from tests.support.provision import find_nginx
from tests.support.visits import visit

UNIT = ROOT / "deploy" / "luji.service"


def test_nginx_takes_the_site(tmp_path: Path) -> None:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip(NO_NGINX)
    site, _port = site_text(tmp_path)

    done = subprocess.run(
        [nginx, "-t", "-q", "-c", str(written(tmp_path, site)), "-e", f"{tmp_path}/error.log"],
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_nginx_lets_through_what_each_door_takes_and_not_much_more() -> None:
    """Where nginx would cut a body short, its visitor would get a page of nginx instead."""
    site = SITE.read_text()
    sizes = dict(re.findall(r"location (?:= )?(\S+) \{\s*client_max_body_size +(\d+)m;", site))
    usual = re.search(r"^    client_max_body_size +(\d+)k;", site, re.MULTILINE)
    assert usual is not None
    for door in DOORS:
        least = next(
            (int(size) * 2**20 for start, size in sizes.items() if door.path.startswith(start)),
            int(usual[1]) * 1024,
        )
        largest = max(other.largest for other in DOORS if other.path == door.path)
        assert largest <= least <= max(1.2 * largest, 64 * 1024), door.path


def test_the_unit_has_what_the_papers_say_of_it() -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read(UNIT)

    service = unit["Service"]
    assert service["LimitNOFILE"] == "65536"
    assert service["Restart"] == "always"
    assert "streamlit run app.py" in service["ExecStart"]
    for paper in ("operations.md", "operations.en.md"):
        assert "LimitNOFILE=65536" in (ROOT / "docs" / paper).read_text("utf-8")


def test_the_unit_of_several_processes_gives_each_a_port_and_a_folder_of_its_own() -> None:
    one, several = (path.read_text("utf-8") for path in (UNIT, UNIT.with_name("luji@.service")))
    assert "--server.port=%i" in several
    assert "Environment=LUJI_HOME=/var/lib/luji-%i\n" in several
    assert "StateDirectory=luji-%i\n" in several
    ours, theirs = ({*text.splitlines()} for text in (one, several))
    changed = ("#", "Description=", "Environment=LUJI_HOME", "ExecStart=", "StateDirectory=")
    assert all(line.startswith(changed) for line in ours - theirs)


def test_the_files_that_the_image_has_are_enough_to_serve(tmp_path: Path) -> None:
    """Without Docker: its files alone, in a folder, and the command of the image."""
    recipe = (ROOT / "deploy" / "Dockerfile").read_text()
    copied = re.findall(r"^COPY ([\w./-]+) ([\w./-]+)$", recipe, re.MULTILINE)
    assert len(copied) > 5
    for source, target in copied:
        place = tmp_path / "image" / target
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place)
    server = Server(tmp_path / "home", app=tmp_path / "image" / "app.py").start()
    try:
        phone = Phone(server.url)
        assert phone.upload(noise_jpeg()).status_code == 201
        assert phone.record().status_code == 201
        for path in ("/", "/map", "/field/", "/healthz", "/api/v1/taxa?q=yl"):
            assert phone.get(path, headers={"Accept": "*/*"}).status_code == 200
        with visit(server.url) as visitor:
            assert not any(one.delta.new_element.exception.message for one in visitor.open_page())
    finally:
        server.stop()
    assert server.failures() == []
