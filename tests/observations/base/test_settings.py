"""The settings."""

import errno
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


@pytest.mark.parametrize("content", [b"", b"\n" * 64, b"0" * 31], ids=["empty", "blank", "31"])
def test_a_short_file_of_the_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(UnsafeSetting, match="at least 32 characters"):
        load_settings({"LUJI_HOME": str(tmp_path)})


def test_a_disk_that_fills_up_leaves_no_part_of_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        load_settings({"LUJI_HOME": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


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


MAIL = {"LUJI_PUBLIC_URL": "https://luji.example", "LUJI_SMTP_FROM": "luji@example.cn"}


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtps://luji:s%40c@mail.example.cn", 465, "tls"),
        ("smtp://luji:s%40c@mail.example.cn", 587, "starttls"),
        ("smtp://luji:s%40c@127.0.0.1:2525", 2525, "none"),
    ],
)
def test_a_mail_server_elsewhere_is_spoken_to_encrypted_alone(
    tmp_path: Path, url: str, port: int, security: str
) -> None:
    mail = load_settings({"LUJI_HOME": str(tmp_path), "LUJI_SMTP_URL": url, **MAIL}).mail
    assert mail is not None
    assert (mail.port, mail.security, mail.user, mail.password) == (port, security, "luji", "s@c")


@pytest.mark.parametrize(
    "changes",
    [
        {"LUJI_SMTP_URL": "mail.example.cn"},
        {"LUJI_SMTP_URL": "http://mail.example.cn"},
        {"LUJI_SMTP_URL": "smtp://mail.example.cn:port"},
        {"LUJI_SMTP_URL": "smtps://luji:%E7%A7%98@mail.example.cn"},
        {"LUJI_SMTP_URL": "smtp://mail.example.cn/?tls=no"},
        {"LUJI_SMTP_FROM": ""},
        {"LUJI_SMTP_FROM": "luji@example.cn\nBcc: all@example.cn"},
        {"LUJI_PUBLIC_URL": ""},
    ],
)
def test_half_a_mail_server_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    whole = {"LUJI_HOME": str(tmp_path), "LUJI_SMTP_URL": "smtps://mail.example.cn", **MAIL}
    assert load_settings(whole).mail is not None
    with pytest.raises(UnsafeSetting, match="LUJI_SMTP_URL"):
        load_settings({**whole, **changes})


@pytest.mark.parametrize(
    "url", ["memory://", "redis://", "http://redis:6379", "redis://h:port", "redis://:pass@:6379"]
)
def test_limits_are_counted_at_a_redis_or_nowhere(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnsafeSetting, match="LUJI_LIMITS_URL") as refused:
        load_settings({"LUJI_HOME": str(tmp_path), "LUJI_LIMITS_URL": url})
    assert "pass@" not in str(refused.value)
    one = {"LUJI_HOME": str(tmp_path), "LUJI_LIMITS_URL": " rediss://:pass@h:6379/1 "}
    assert load_settings(one).limits_url == "rediss://:pass@h:6379/1"
