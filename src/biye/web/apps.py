"""三个门户: registration with Django."""

from biye.machinery.apps import PackageConfig


class WebConfig(PackageConfig):
    name = "biye.web"
    label = "web"
