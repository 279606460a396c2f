"""通知渠道的设置: nothing goes anywhere without an address; an address that cannot work is refused, never repeated."""

import os
from datetime import time, timedelta
from pathlib import Path

import pytest

from biye.project.gateways import FORM, mailers
from tests.unit.project.test_installation import production, refusal


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BIYE_")]:
        monkeypatch.delenv(name)


def test_without_addresses_there_is_no_way_out(tmp_path: Path) -> None:
    found = production(tmp_path)
    assert (found.mailers(), found.gateway_urls()) == ({}, {})


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtps://mail.example:2465", 2465, False, True),
    ],
)
def test_a_mail_server_is_an_address(address: str, port: int, tls: bool, ssl: bool) -> None:
    options = mailers(address)["default"]["OPTIONS"]
    found = tuple(options[name] for name in ("host", "port", "use_tls", "use_ssl", "username", "password"))
    assert found == ("mail.example", port, tls, ssl, "", "")


def test_user_and_password_are_as_in_any_address() -> None:
    options = mailers("smtp+tls://office%40example.edu:p%3Aw%40d@mail.example:587")["default"]["OPTIONS"]
    assert (options["username"], options["password"]) == ("office@example.edu", "p:w@d")


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://", "smtp:mail.example"])
def test_what_is_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="neither smtp"):
        mailers(address)


def test_every_mistake_is_named_and_no_secret_repeated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = refusal(
        monkeypatch,
        SCHOOL="tju-online",
        DATA_DIR=str(tmp_path),
        DEMO="true",
        EMAIL_URL="ftp://office:open-sesame@mail.example",
        SMS_URL="json://sms.example/open-sesame",
        WECOM_URL="pigeon://open-sesame/{to}",
        QUIET_HOURS="夜里",
    )
    plug = "not an address that apprise knows with {to} where the recipient stands"
    assert lines == [
        f"BIYE_EMAIL_URL: {FORM}",
        "BIYE_EMAIL_FROM: needed with BIYE_EMAIL_URL: the address that e-mails come from",
        f"BIYE_SMS_URL: {plug}",
        f"BIYE_WECOM_URL: {plug}",
        "BIYE_QUIET_HOURS: not two times of day as in 22:00-08:00",
    ]


def test_addresses_that_work_become_channels(tmp_path: Path) -> None:
    found = production(tmp_path, sms_url="json://sms.example/?:to={to}", wecom_url="json://wecom.example/?:to={to}")
    assert found.gateway_urls() == {"sms": "json://sms.example/?:to={to}", "wecom": "json://wecom.example/?:to={to}"}


def test_manners_have_a_default_and_a_setting(tmp_path: Path) -> None:
    plain, given = (
        one.manners()
        for one in (production(tmp_path), production(tmp_path, quiet_hours="", remind_again_after_hours=1))
    )
    assert (plain.quiet_from, plain.quiet_until, plain.again_after) == (time(22), time(8), timedelta(hours=20))
    assert (given.quiet_from, given.quiet_until, given.again_after) == (time(), time(), timedelta(hours=1))


@pytest.mark.parametrize(
    ("hosts", "https", "address"),
    [("a.example,b.example", True, "https://a.example"), ("a.example", False, "http://a.example")],
)
def test_letters_lead_to_the_first_name_of_the_site(tmp_path: Path, hosts: str, https: bool, address: str) -> None:
    assert production(tmp_path, hosts=hosts, https=https).site_address == address


def test_a_demonstration_has_no_address_for_letters(tmp_path: Path) -> None:
    assert production(tmp_path, hosts="", demo=True).site_address == ""
