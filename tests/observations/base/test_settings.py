"""The settings."""

from pathlib import Path

import pytest

from observations.base.settings import UnsafeSetting, load_settings


def test_with_nothing_set_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"LUJI_HOME": str(tmp_path / "data")})
    assert settings.database_url == f"duckdb:///{tmp_path / 'data' / 'luji.duckdb'}"
    assert settings.media_url == f"file://{tmp_path / 'data' / 'photos'}"
    assert not settings.is_demo


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = load_settings({"LUJI_HOME": str(tmp_path)}).secret
    assert load_settings({"LUJI_HOME": str(tmp_path)}).secret == first
    assert len(first) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSetting, match="LUJI_SECRET"):
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_SECRET": "short"})


def test_a_public_url_has_a_scheme(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSetting, match="LUJI_PUBLIC_URL"):
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_PUBLIC_URL": "luji.example"})


@pytest.mark.parametrize(
    "template",
    ["ftp://t/{z}/{x}/{y}", "https://tiles.example/{z}/{x}", "https://{x}.example/{z}/{x}/{y}"],
)
def test_a_basemap_is_an_address_whose_host_is_fixed(tmp_path: Path, template: str) -> None:
    with pytest.raises(UnsafeSetting, match="LUJI_BASEMAP"):
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_BASEMAP": template})
