"""登录: who may come in by which door. Accounts are made by the college, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.http import HttpRequest


class SignInAdapter(DefaultAccountAdapter):
    """登录适配: local sign-in by user name, no self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def client_address(request: HttpRequest) -> str:
    """The visitor's address, counted past the installation's trusted proxies; one reading for every limit."""
    address: str = get_adapter(request).get_client_ip(request)
    return address
