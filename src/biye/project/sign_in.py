"""登录: who may come in by which door. Accounts are made by the college, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from biye.accounts.actions.accounts import note_changed_password
from biye.foundation.actor import Actor
from biye.machinery import clock


class SignInAdapter(DefaultAccountAdapter):
    """登录适配: local sign-in by user name, no self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """修改密码: the person's own act, which ends an initial password and leaves its trace."""
        with transaction.atomic():
            super().set_password(user, password)
            note_changed_password(user_id=user.pk, by=Actor(user.pk, str(user), ""), at=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address, counted past the installation's trusted proxies; None where a session has no visitor."""
    if not request.META.get("REMOTE_ADDR"):
        return None
    address: str = get_adapter(request).get_client_ip(request)
    return address


def client_username(request: HttpRequest, credentials: dict[str, str] | None) -> str | None:
    """The user name tried: as the form names it, or as the authentication does; one reading, or a lock would never hold."""
    return (credentials or {}).get("username") or request.POST.get("login")
