"""An admin sees in one look what waits, whether all is well, and how it is set."""

from observations.base.roles import Role
from pages.desk.overview.settings_list import _place
from pages.parts import runtime
from tests.support.sightings import phone, record
from tests.support.site import Site

PAGE = "desk/overview/page.py"


def text_of(page) -> str:
    return " ".join(element.body for element in page.get("html"))


def test_what_waits_is_counted_and_led_to(site: Site) -> None:
    store = runtime.store()
    device_id = phone(store)
    for _ in range(3):
        record(store, device_id)
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    assert not page.exception
    text = text_of(page)
    assert 'href="/verify">等核实的</a></span><b class="g-num">3<' in text
    assert "读写正常" in text and "照片文件上次比对时都好" in text
    assert "LUJI_IDLE_MINUTES" in text and "120" in text


def test_a_store_that_cannot_write_is_told(site: Site) -> None:
    site.sign_in(Role.ADMIN)
    runtime.store().is_write_failing = True
    assert "写不进" in text_of(site.open(PAGE))


def test_no_secret_is_shown(site: Site, monkeypatch) -> None:
    monkeypatch.setenv("LUJI_SECRET", "very-secret-letters-of-this-very-server")
    monkeypatch.setenv("LUJI_BASEMAP", "https://t0.example/{z}/{x}/{y}?tk=map-key-17")
    runtime.close()
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    assert not page.exception
    assert "very-secret" not in text_of(page)
    assert "map-key-17" not in text_of(page)
    assert _place("postgresql://luji:pass-17@db.example:5433/luji") == (
        "postgresql://db.example:5433/luji"
    )
    assert _place("https://host.example/key-17/{z}") == "https://host.example"
