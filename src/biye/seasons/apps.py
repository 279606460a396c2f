"""毕业批次: registration with Django."""

from biye.machinery.apps import PackageConfig


class SeasonsConfig(PackageConfig):
    name = "biye.seasons"
    label = "seasons"
