"""A real nginx before a server, with the file of `deploy/` and nothing but its names changed."""

import re
import ssl
import subprocess
from pathlib import Path

import requests
import urllib3
from requests.adapters import HTTPAdapter

from tests.support.architecture import ROOT
from tests.support.ports import free_port
from tests.support.provision import find_nginx
from tests.support.waits import eventually

SITE = ROOT / "deploy" / "nginx.conf"
NAME = "luji.example"
SERVER = "server 127.0.0.1:8501;\n"
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def site_text(folder: Path, *upstreams: str) -> tuple[str, int]:
    """The site of `deploy/` with a certificate of its own on free ports; the port of HTTPS.

    Its servers are `upstreams`, or the one that the file names.
    """
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
        + ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"],
        check=True,
        capture_output=True,
    )
    ports = {"80": free_port(), "443": free_port()}
    site = SITE.read_text().replace(f"/etc/letsencrypt/live/{NAME}", str(folder))
    site = re.sub(r"listen (80|443)", lambda at: f"listen 127.0.0.1:{ports[at[1]]}", site)
    site = re.sub(r"listen \[::\]:(80|443)", lambda at: f"listen [::1]:{ports[at[1]]}", site)
    servers = "".join(f"server {one};\n" for one in upstreams)
    return site.replace(SERVER, servers or SERVER), ports["443"]


def written(folder: Path, site: str) -> Path:
    """A whole configuration that needs no folder but this one."""
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in FOLDERS)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/pid;\ndaemon off;\nmaster_process off;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}\n}}\n"
    )
    return whole


CACHE = "proxy_cache all;\n        add_header X-Cache $upstream_cache_status always;\n        "


class Nginx:
    """It runs while the block does, before `upstreams` (`127.0.0.1:8501`, `[::1]:8501`).

    One that `caches` keeps every answer that allows it.
    """

    def __init__(self, folder: Path, *upstreams: str, caches: bool = False) -> None:
        self._folder = folder
        folder.mkdir()
        site, self.port = site_text(folder, *upstreams)
        if caches:
            site = f"proxy_cache_path {folder}/cache keys_zone=all:1m;\n" + site.replace(
                "location / {\n        ", "location / {\n        " + CACHE
            )
        self._configuration = written(folder, site)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Nginx":
        program = find_nginx()
        assert program is not None
        log = f"{self._folder}/error.log"
        self._process = subprocess.Popen([program, "-c", str(self._configuration), "-e", log])
        eventually(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            return browser("127.0.0.1").get(f"{self.url()}/healthz", timeout=9).ok
        except requests.ConnectionError:
            return False

    def url(self, address: str = "127.0.0.1") -> str:
        """Where it answers at one of its addresses."""
        return f"https://{address}:{self.port}"


class _From(HTTPAdapter):
    """Connections that come from one address of this machine."""

    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *args: object, **options: object) -> None:  # type: ignore[override]
        super().init_poolmanager(*args, source_address=(self._source, 0), **options)  # type: ignore[arg-type]


def browser(source: str) -> requests.Session:
    """A browser at an address of this machine that asks for `luji.example`, whoever answers."""
    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    session = requests.Session()
    session.trust_env, session.verify = False, False  # else a bundle of the machine is asked
    session.headers["Host"] = NAME
    for scheme in ("https://", "http://"):
        session.mount(scheme, _From(source))
    return session


def unverified() -> ssl.SSLContext:
    """For a websocket to a certificate that nobody signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
