"""账户与权限: registration with Django."""

from biye.machinery.apps import PackageConfig


class AccountsConfig(PackageConfig):
    name = "biye.accounts"
    label = "accounts"
