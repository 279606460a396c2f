"""安装配置: an installation that cannot run is refused with the names of what is wrong."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from biye.foundation.moments import moment
from biye.project import installation
from biye.project.installation import SQLITE_OPTIONS, Installation

SECRET = "s" * 50


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BIYE_")]:
        monkeypatch.delenv(name)


def production(folder: Path, **values: object) -> Installation:
    given = {"school": "tju-online", "data_dir": folder, "secret_key": SECRET, "hosts": "graduation.example.edu.cn"}
    return Installation.model_validate(given | values)


def refusal(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    """The lines after the heading."""
    for name, value in variables.items():
        monkeypatch.setenv(f"BIYE_{name}", value)
    with pytest.raises(ImproperlyConfigured) as refused:
        installation.read()
    return [line.strip() for line in str(refused.value).splitlines()[1:]]


def test_what_is_missing_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(monkeypatch) == ["BIYE_SCHOOL: Field required", "BIYE_DATA_DIR: Field required"]


def test_production_needs_a_secret_key_and_hosts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert refusal(monkeypatch, SCHOOL="tju-online", DATA_DIR=str(tmp_path)) == [
        "BIYE_SECRET_KEY: needed: a long random text, kept secret and never changed",
        "BIYE_HOSTS: needed: the names this site is reached by, separated by commas",
    ]


def test_no_refusal_repeats_a_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = refusal(
        monkeypatch,
        SCHOOL="tju-online",
        DATA_DIR=str(tmp_path),
        DEMO="true",
        DATABASE_URL="mysql://biye:open-sesame@db/biye",
    )
    assert lines == ["BIYE_DATABASE_URL: neither postgresql://user:password@host:port/name nor sqlite:///path"]


@pytest.mark.parametrize(("length", "accepted"), [(49, False), (50, True), (51, True)])
def test_a_secret_key_has_fifty_characters(tmp_path: Path, length: int, accepted: bool) -> None:
    if accepted:
        assert production(tmp_path, secret_key="s" * length).secret() == "s" * length
    else:
        with pytest.raises(ValueError, match="BIYE_SECRET_KEY: too short"):
            production(tmp_path, secret_key="s" * length)


def test_a_school_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"BIYE_SCHOOL: .*tju-online"):
        production(tmp_path, school="no-such-school")


def test_a_school_may_be_any_folder(tmp_path: Path) -> None:
    (tmp_path / "school.yaml").write_text("name: x\n")
    assert production(tmp_path, school=str(tmp_path)).school_folder == tmp_path


def test_trying_out_keeps_the_secret_key_it_made(tmp_path: Path) -> None:
    first = Installation(school="tju-online", data_dir=tmp_path / "data", demo=True).secret()
    again = Installation(school="tju-online", data_dir=tmp_path / "data", demo=True).secret()
    assert (len(first) >= 50, again) == (True, first)
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("now", "offset"),
    [
        ("2022-06-13 19:59", timedelta(minutes=1)),
        ("2022-06-13 20:00", timedelta()),
        ("2022-06-13 20:01", -timedelta(minutes=1)),
    ],
)
def test_a_demonstration_plays_at_its_own_time(tmp_path: Path, now: str, offset: timedelta) -> None:
    site = Installation(school="tju-online", data_dir=tmp_path, demo=True, demo_moment="2022-06-13 20:00")
    assert site.clock_offset(moment(now)) == offset


def test_nothing_but_a_demonstration_has_another_clock(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="BIYE_DEMO_MOMENT: only for a demonstration"):
        production(tmp_path, demo_moment="2022-06-13 20:00")
    assert production(tmp_path).clock_offset(moment("2022-06-13 20:00")) == timedelta()


def test_hosts_are_separated_by_commas(tmp_path: Path) -> None:
    assert production(tmp_path, hosts="a.example.edu.cn, b.example.edu.cn,").hosts == [
        "a.example.edu.cn",
        "b.example.edu.cn",
    ]


def test_the_default_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert production(tmp_path).database() == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "biye.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS,
        "TEST": {"NAME": str(tmp_path / "test.sqlite3")},
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://biye:p%40ss@db.example:5433/graduation?sslmode=require",
            {"NAME": "graduation", "USER": "biye", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"},
        ),
        (
            "postgresql://biye@/graduation?host=/var/run/postgresql",
            {"NAME": "graduation", "USER": "biye", "PASSWORD": "", "HOST": "/var/run/postgresql", "PORT": ""},
        ),
    ],
)
def test_a_postgresql_address_is_taken_apart(tmp_path: Path, url: str, expected: dict[str, str]) -> None:
    database = production(tmp_path, database_url=url).database()
    assert {name: database[name] for name in expected} == expected
    assert database["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 10}
    assert database["OPTIONS"].get("sslmode") == ("require" if "sslmode" in url else None)


def test_files_go_to_an_object_store_by_setting(tmp_path: Path) -> None:
    given = production(tmp_path, s3_bucket="graduation", s3_endpoint="https://store.example").storages(collected=True)
    assert given["default"] == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": "graduation", "endpoint_url": "https://store.example", "file_overwrite": False},
    }


def test_a_production_installation_passes_the_deployment_check(tmp_path: Path) -> None:
    """Django's own list of what a site on the open network must have set."""
    environment = {
        "PATH": os.environ["PATH"],
        "BIYE_SCHOOL": "tju-online",
        "BIYE_DATA_DIR": str(tmp_path),
        "BIYE_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "BIYE_HOSTS": "graduation.example.edu.cn",
        "DJANGO_SETTINGS_MODULE": "biye.project.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "ERROR"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "security." in line]
    assert (done.returncode, said) == (0, [])
