"""What stands in `deploy/` is what the programs that read it take."""

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.architecture import ROOT
from tests.support.layers import NO_NGINX
from tests.support.ports import free_port
from tests.support.provision import find_nginx

NGINX = ROOT / "deploy" / "nginx.conf"
UNIT = ROOT / "deploy" / "luji.service"


def test_nginx_takes_the_site(tmp_path: Path) -> None:
    nginx = find_nginx()
    if nginx is None:
        pytest.skip(NO_NGINX)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-days", "1", "-subj", "/CN=luji.example"]
        + ["-keyout", f"{tmp_path}/privkey.pem", "-out", f"{tmp_path}/fullchain.pem"],
        check=True,
        capture_output=True,
    )
    site = NGINX.read_text().replace("/etc/letsencrypt/live/luji.example", str(tmp_path))
    site = re.sub(r"listen (80|443)", lambda _: f"listen {free_port()}", site)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}\n}}\n")

    done = subprocess.run(
        [nginx, "-t", "-q", "-c", str(whole), "-e", f"{tmp_path}/error.log"],
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


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
