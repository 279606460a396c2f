"""网址: the portals' pages and the sign-in pages; nothing else answers."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("", include("biye.web.urls")),
]
