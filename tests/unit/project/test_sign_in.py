"""登录: nobody makes an account of their own, and a visitor's address is counted past trusted proxies only."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from biye.project.sign_in import SignInAdapter, client_address


def test_nobody_signs_up() -> None:
    assert SignInAdapter().is_open_for_signup(RequestFactory().get("/")) is False
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


@pytest.mark.parametrize(("proxies", "expected"), [(0, "10.0.0.1"), (1, "192.0.2.8"), (2, "192.0.2.7")])
def test_the_address_is_what_the_last_trusted_proxy_saw(settings, proxies: int, expected: str) -> None:  # noqa: ANN001
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    forwarded = "192.0.2.7, 192.0.2.8"
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == expected


def test_a_session_opened_without_a_visitor_has_no_address() -> None:
    assert client_address(HttpRequest()) is None
